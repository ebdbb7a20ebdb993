import './missions.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { changed, useAnswer, useList } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { type Mission, missions } from '../../app/data/missions.ts';
import { useOnce } from '../../app/once.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Form, Submit } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { type Chosen, chosenOf, created, type Draft, draftIn, hasNoDay, type Kind } from './draft.ts';
import { Fields } from './fields.tsx';
import { isLive } from './words.tsx';

/** A new mission. What the person may make, and what has no room, is said before anything is written. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('missions').editor;
  const view = useAnswer(group(groupId));
  const list = useList(missions(groupId));
  const frame = { className: 'missions', title: say.newTitle, back: `/groups/${groupId}/missions` };
  if (!view.data || !list.items) return <Unready {...frame} of={[view, list]} />;
  const { group: about, role } = view.data;
  return (
    <Page {...frame} sub={about.title}>
      {role === 'LEADER' || about.membersMayCreate ? (
        <Making about={about} leads={role === 'LEADER'} there={list.items} />
      ) : (
        <Empty title={say.noneAllowed} lead={say.noneAllowedLead} />
      )}
    </Page>
  );
}

const blank = (kind: Kind, { approval }: OwnGroup['group']): Draft => ({
  ...{ kind, way: 'PHOTO', approval, title: '', content: '', rule: '', checklist: [] },
  ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], timesPerWeek: 7, perDayLimit: 1, startDate: null, dueAt: null },
});

interface MakingProps {
  readonly about: OwnGroup['group'];
  readonly leads: boolean;
  readonly there: readonly Mission[];
}

function Making({ about, leads, there }: MakingProps) {
  const say = useTexts('missions').editor;
  const once = useOnce();
  const { live } = limits.mission;
  const count = (kind: Kind) => there.filter((each) => each.kind === kind && isLive(each)).length;
  const hasRoom = (kind: Kind) => count(kind) < live[kind];
  const kinds = (['ONCE', 'REPEAT'] as const).filter((kind) => (leads || kind === 'ONCE') && hasRoom(kind));
  const [began] = useState(() => blank(kinds[0] ?? 'ONCE', about));
  const [chosen, choose] = useState<Chosen>(() => chosenOf(began));
  const groupId = about.id;
  return (
    <Form
      onSubmit={async (values) => {
        const body = created(draftIn(began, chosen, values, about.timeZone), leads);
        const { id } = await once(body, (idempotencyKey) =>
          api.missions.createMission({ params: { groupId }, body, idempotencyKey }),
        );
        void changed('group', groupId);
        void changed('today');
        tell(say.created);
        navigate(`/groups/${groupId}/missions/${id}`, { replace: true });
      }}
    >
      {!leads && <Note icon="person">{say.onlyOnce}</Note>}
      {leads && !hasRoom('REPEAT') && <Note icon="lock">{say.full(live.REPEAT)}</Note>}
      {!hasRoom('ONCE') && <Note icon="lock">{say.fullOnce(live.ONCE)}</Note>}
      {kinds.length > 0 && (
        <>
          <Fields
            group={about}
            leads={leads}
            began={began}
            chosen={chosen}
            choose={(more) => choose((now) => ({ ...now, ...more }))}
            kinds={kinds}
          />
          <Dock>
            <Submit disabled={hasNoDay(chosen)}>{say.create}</Submit>
          </Dock>
        </>
      )}
    </Form>
  );
}
