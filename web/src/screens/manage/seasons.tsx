import './manage.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer } from '../../app/cache.ts';
import { type Season, type Seasons, seasons } from '../../app/data/climbs.ts';
import { group } from '../../app/data/groups.ts';
import { plusDays, shortDay } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note, Row, Rows, Tag } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';

/** The seasons of a club: those who lead make them and change them. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').seasons;
  const language = locale.use();
  const view = useAnswer(group(groupId));
  const known = useAnswer(seasons(groupId));
  const [editing, edit] = useState<Season | 'new'>();
  const frame = { className: 'manage', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data || !known.data) return <Unready {...frame} of={[view, known]} />;
  const { items, day } = known.data;
  const leads = view.data.role !== 'MEMBER';
  return (
    <Page {...frame} sub={view.data.group.title}>
      {items.length === 0 ? (
        <Empty title={say.none} lead={say.noneLead} />
      ) : (
        <>
          <Note icon="calendar">{say.lead}</Note>
          <div className="seasons">
            <Rows>
              {items.toReversed().map((each) => (
                <Row
                  key={each.id}
                  title={each.name}
                  text={say.span(shortDay(each.startDate, language), shortDay(each.endDate, language), each.weeks)}
                  end={
                    <Tag {...(each.state === 'CURRENT' ? { tone: 'good', icon: 'clock' } : {})}>
                      {say.states[each.state]}
                    </Tag>
                  }
                  {...(leads && each.state !== 'OVER' ? { onClick: () => edit(each) } : {})}
                />
              ))}
            </Rows>
          </div>
        </>
      )}
      {leads && (
        <Dock>
          <Button icon="add" onClick={() => edit('new')}>
            {say.make}
          </Button>
        </Dock>
      )}
      {editing && (
        <Editing
          groupId={groupId}
          of={editing === 'new' ? undefined : editing}
          known={known.data}
          day={day}
          onClose={() => edit(undefined)}
        />
      )}
    </Page>
  );
}

/** A season of twelve weeks, as most clubs have them. */
const usualDays = 84;

interface EditingProps {
  readonly groupId: string;
  /** Undefined for a new one. */
  readonly of: Season | undefined;
  readonly known: Seasons;
  /** Today in the group. */
  readonly day: string;
  readonly onClose: () => void;
}

function Editing({ groupId, of, known, day, onClose }: EditingProps) {
  const say = useTexts('manage').seasons;
  const once = useOnce();
  const last = known.items.at(-1)?.endDate;
  const first = last && last >= day ? plusDays(last, 1) : day;
  // From the day before it on, the first day is fixed.
  const isFixed = of !== undefined && of.startDate <= plusDays(day, limits.season.fixedDays);
  return (
    <Sheet title={of ? say.edit : say.make} onClose={onClose}>
      <Form
        onSubmit={async ({ name = '', startDate = '', endDate = '' }) => {
          const params = { groupId };
          const body = { name, startDate, endDate };
          if (of) {
            const { startDate: _, ...rest } = body;
            await api.seasons.editSeason({ params: { groupId, seasonId: of.id }, body: isFixed ? rest : body });
          } else await once(body, (idempotencyKey) => api.seasons.createSeason({ params, body, idempotencyKey }));
          void changed('group', groupId);
          tell(of ? say.edited : say.made(name));
          onClose();
        }}
      >
        <Field
          label={say.name}
          name="name"
          hint={say.nameHint}
          required
          maxLength={limits.season.name}
          value={of?.name}
        />
        <div className="two-fields">
          {!isFixed && (
            <Field label={say.from} name="startDate" type="date" required min={day} value={of?.startDate ?? first} />
          )}
          <Field
            label={say.until}
            name="endDate"
            type="date"
            required
            min={day}
            value={of?.endDate ?? plusDays(first, usualDays - 1)}
          />
        </div>
        <p className="hint">{isFixed ? say.fixed : say.weeksLead}</p>
        <Submit>{of ? say.save : say.makeDo}</Submit>
      </Form>
    </Sheet>
  );
}
