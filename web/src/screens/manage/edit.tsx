import './manage.css';
import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { cache, changed, useAnew } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { navigate } from '../../app/router.ts';
import { api } from '../../app/session.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Form, Submit, type Values } from '../../ui/form.tsx';
import { type Audience, type Category, frequencyOf } from '../../ui/group-fields.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Conflict } from './conflict.tsx';
import { changeOf, conflicts, type Draft, differences, draftOf, type Name } from './draft.ts';
import { About, type Chosen, Dates, Entry, MissionOptions, Post } from './edit-fields.tsx';

/** What a group says of itself, when it meets, and who may come in. A change of somebody else is never overwritten unseen. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('manage').edit;
  const view = useAnew(group(groupId));
  const frame = { className: 'manage wide', title: say.title, back: `/groups/${groupId}/manage` };
  if (!view.data) return <Unready {...frame} of={[view]} />;
  return (
    <Page {...frame} sub={view.data.group.title}>
      <Fields of={view.data} />
    </Page>
  );
}

const texts = [
  ...(['title', 'description', 'promise', 'notice', 'customCategory', 'certificationRule'] as const),
  ...(['recruit/title', 'recruit/target', 'recruit/process', 'recruit/info'] as const),
  ...(['startDate', 'endDate', 'recruitUntil'] as const),
] satisfies readonly Name[];

/** What the form holds now: fields that are not on the screen are as they were. */
const draftIn = (began: Draft, values: Values, chosen: Chosen): Draft => ({
  ...began,
  ...chosen,
  ...(Object.fromEntries(texts.map((name) => [name, values[name] ?? began[name]])) as Pick<
    Draft,
    (typeof texts)[number]
  >),
  category: (values.category as Category | undefined) ?? began.category,
  audience: (values.audience as Audience | '' | undefined) ?? began.audience,
  frequency: values.frequency ? frequencyOf(values.frequency) : began.frequency,
  capacity: Number(values.capacity),
  dayStart: values.dayStart ?? began.dayStart,
  makeUps: values.makeUps === undefined ? began.makeUps : Number(values.makeUps),
});

const isOvertaken = (error: unknown) => error instanceof ProblemError && error.code === 'PRECONDITION_FAILED';

interface Clash {
  readonly names: readonly Name[];
  readonly now: OwnGroup;
  readonly mine: Draft;
}

function Fields({ of }: { readonly of: OwnGroup }) {
  const say = useTexts('manage').edit;
  // What was there when the person began: an answer that comes meanwhile changes no field under their hands.
  const [began] = useState(of);
  const first = draftOf(began);
  const [chosen, choose] = useState<Chosen>(first);
  const [clash, show] = useState<Clash>();
  const groupId = began.group.id;

  const write = async (mine: Draft, names: readonly Name[], version: number): Promise<void> => {
    const body = changeOf(mine, names);
    if (Object.keys(body).length > 0) {
      await api.groups.editGroup({ params: { groupId }, body, ifMatch: version });
      void changed('group', groupId);
      void changed('recruit', groupId);
      void changed('today');
      tell(say.saved);
    }
    navigate(`/groups/${groupId}/manage`);
  };
  /** Somebody was faster: what both have changed is shown, and the rest goes together. */
  const meet = async (mine: Draft): Promise<void> => {
    const now = await api.groups.getOwnGroup({ params: { groupId } });
    cache.setQueryData(group(groupId).key, now);
    const names = conflicts(first, draftOf(now), mine);
    if (names.length === 0) return write(mine, differences(first, mine), now.group.version);
    show({ names, now, mine });
  };
  const save = async (values: Values) => {
    const mine = draftIn(first, values, chosen);
    try {
      await write(mine, differences(first, mine), began.group.version);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await meet(mine);
    }
  };
  const settle = async ({ names, now, mine }: Clash, kept: readonly Name[]) => {
    const wanted = differences(first, mine).filter((name) => !names.includes(name) || kept.includes(name));
    try {
      await write(mine, wanted, now.group.version);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await meet(mine);
    }
  };
  const given = {
    group: began.group,
    began: first,
    chosen,
    choose: (more: Partial<Chosen>) => choose({ ...chosen, ...more }),
  };
  return (
    <>
      <Form onSubmit={save} className="edit-group">
        <div className="edit-part">
          <About {...given} />
          <Post {...given} onFiles={(change) => choose((now) => ({ ...now, files: change(now.files) }))} />
        </div>
        <div className="edit-part">
          <Dates {...given} />
          <Entry {...given} />
          <MissionOptions {...given} />
        </div>
        <Dock>
          <Submit>{say.save}</Submit>
        </Dock>
      </Form>
      {clash && (
        <Conflict
          key={clash.now.group.version}
          names={clash.names}
          theirs={draftOf(clash.now)}
          mine={clash.mine}
          onSave={(kept) => settle(clash, kept)}
          onClose={() => show(undefined)}
        />
      )}
    </>
  );
}
