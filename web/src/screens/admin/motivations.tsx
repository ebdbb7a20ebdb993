import './admin.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type Motivation, motivations } from '../../app/data/admin.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Form, Select, Submit } from '../../ui/form.tsx';
import { Dock, Page, Section } from '../../ui/page.tsx';
import { Row, Rows, Tag } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty } from '../../ui/states.tsx';
import { AdminUnready } from './unready.tsx';

const { text: longest, most } = limits.motivation;
const variants = ['ANY_DAY', 'MONDAY', 'SUNDAY'] as const satisfies readonly Motivation['variant'][];

/** The texts that encourage people in reminders, in both languages, by the day that they are for. */
export function Screen() {
  const say = useTexts('admin').motivations;
  const known = useAnswer(motivations());
  const [edited, edit] = useState<Motivation | 'new'>();
  const [removed, remove] = useState<Motivation>();
  if (!known.data) return <AdminUnready of={[known]} back="/admin" />;
  const { items } = known.data;
  const done = (text: string) => {
    tell(text);
    return changed('admin', 'motivations');
  };
  return (
    <Page
      className="admin"
      title={say.title}
      back="/admin"
      end={<span className="chip">{say.count(items.length, most)}</span>}
    >
      {items.length === 0 && <Empty title={say.none} lead={say.noneLead} />}
      {variants.map((variant) => {
        const those = items.filter((each) => each.variant === variant);
        return (
          those.length > 0 && (
            <Section key={variant} title={say.variants[variant]}>
              <Rows>
                {those.map((each) => (
                  <Row
                    key={each.id}
                    onClick={() => edit(each)}
                    title={<span lang="ko">{each.ko}</span>}
                    text={
                      <>
                        <span lang="en">{each.en}</span> {!each.shipped && <Tag icon="edit">{say.ours}</Tag>}
                      </>
                    }
                  />
                ))}
              </Rows>
            </Section>
          )
        );
      })}
      <Dock>
        <Button icon="plus" disabled={items.length >= most} onClick={() => edit('new')}>
          {say.add}
        </Button>
      </Dock>
      {edited && (
        <Editor
          of={edited === 'new' ? undefined : edited}
          onClose={() => edit(undefined)}
          onSaved={() => done(say.saved)}
          onRemove={remove}
        />
      )}
      {removed && (
        <Confirm
          title={say.removeTitle}
          lead={removed.shipped ? say.removeShipped : say.removeLead}
          action={say.remove}
          danger
          onClose={() => remove(undefined)}
          onConfirm={async () => {
            await api.motivations.deleteMotivation({ params: { motivationId: removed.id } });
            await done(say.removed);
          }}
        />
      )}
    </Page>
  );
}

interface EditorProps {
  /** Undefined: a new one. */
  readonly of: Motivation | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
  readonly onRemove: (it: Motivation) => void;
}

function Editor({ of, onClose, onSaved, onRemove }: EditorProps) {
  const say = useTexts('admin').motivations;
  const once = useOnce();
  const save = async ({ ko = '', en = '', variant = 'ANY_DAY' }) => {
    const body = { ko, en, variant: variant as Motivation['variant'] };
    if (of) await api.motivations.editMotivation({ params: { motivationId: of.id }, body });
    else await once(body, (idempotencyKey) => api.motivations.addMotivation({ body, idempotencyKey }));
    await onSaved();
    onClose();
  };
  return (
    <Sheet title={of ? say.edit : say.add} onClose={onClose}>
      <Form onSubmit={save}>
        <Select
          label={say.variant}
          name="variant"
          options={variants.map((each) => [each, say.variants[each]] as const)}
          value={of?.variant ?? 'ANY_DAY'}
        />
        <Field label={say.ko} name="ko" rows={2} maxLength={longest} value={of?.ko} required />
        <Field label={say.en} name="en" rows={2} maxLength={longest} value={of?.en} hint={say.both} required />
        <Submit>{say.save}</Submit>
      </Form>
      {of && (
        <Button
          kind="danger"
          onClick={() => {
            onClose();
            onRemove(of);
          }}
        >
          {say.remove}
        </Button>
      )}
    </Sheet>
  );
}
