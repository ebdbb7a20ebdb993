import { useRef } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed } from '../../app/cache.ts';
import type { Recruit } from '../../app/data/finding.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { ProfileFields, profileIn } from '../../ui/club.tsx';
import { Field, Form, Submit, type Values } from '../../ui/form.tsx';
import { Sheet } from '../../ui/sheet.tsx';

/** Where the profile stands in the request. */
const at = 'profile/';

/** The application: a few words, and what a club asks for. */
export function ApplySheet({ group, onClose }: { readonly group: Recruit; readonly onClose: () => void }) {
  const say = useTexts('find').application;
  const once = useOnce();
  const place = useRef<HTMLDivElement>(null);
  const { id: groupId, asks } = group;
  const send = async (values: Values) => {
    const profile = asks.length > 0 ? { profile: profileIn(values, at) } : {};
    const body = { message: values.message ?? '', ...profile };
    try {
      await once(body, (idempotencyKey) => api.applications.apply({ params: { groupId }, body, idempotencyKey }));
      onClose();
      tell(say.sent);
      void changed('applications');
    } finally {
      void changed('recruit', groupId);
    }
  };
  /** Begins a sentence for those who do not know how. */
  const begin = (words: string) => {
    const field = place.current!.querySelector('textarea')!;
    field.value = `${field.value.trimEnd()}${field.value.trim() ? '\n' : ''}${words}`;
    field.focus();
  };
  return (
    <Sheet title={say.title} onClose={onClose}>
      <p className="soft">{say.lead}</p>
      <div className="chips apply-starts">
        {say.starts.map((words) => (
          <button key={words} type="button" className="chip" onClick={() => begin(words)}>
            {words.replace(/: $/, '')}
          </button>
        ))}
      </div>
      <Form onSubmit={send}>
        <div ref={place}>
          <Field label={say.label} name="message" rows={5} maxLength={limits.application} hint={say.optional} />
        </div>
        <ProfileFields parts={asks} asks={asks} at={at} />
        <Submit>{say.send}</Submit>
      </Form>
    </Sheet>
  );
}
