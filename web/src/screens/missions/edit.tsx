import './missions.css';
import { useState } from 'preact/hooks';
import { ProblemError } from '../../../../client/problem-error.ts';
import { changed, useAnew, useAnswer } from '../../app/cache.ts';
import { group, type OwnGroup } from '../../app/data/groups.ts';
import { type Mission, mission } from '../../app/data/missions.ts';
import { navigate } from '../../app/router.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Form, Submit, type Values } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { type Chosen, changeOf, chosenOf, type Draft, differences, draftIn, draftOf, hasNoDay } from './draft.ts';
import { Fields } from './fields.tsx';
import { isLive, whenOf } from './words.tsx';

/** Changing a mission, ending it, deleting it. A change of somebody else is never overwritten unseen. */
export function Screen({ groupId, missionId }: { readonly groupId: string; readonly missionId: string }) {
  const say = useTexts('missions').editor;
  const view = useAnswer(group(groupId));
  const found = useAnew(mission(groupId, missionId));
  const now = session.use();
  const frame = { className: 'missions', title: say.editTitle, back: `/groups/${groupId}/missions/${missionId}` };
  if (!view.data || !found.data) return <Unready {...frame} of={[view, found]} />;
  const { group: about, role } = view.data;
  const it = found.data;
  const leads = role === 'LEADER';
  const isOwn = now.status === 'in' && it.makerId === now.accountId && it.kind === 'ONCE';
  return (
    <Page {...frame} sub={about.title}>
      {isLive(it) && (leads || isOwn) ? (
        <Editing about={about} of={it} leads={leads} />
      ) : (
        <Empty title={isLive(it) ? say.notMine : say.isOver} />
      )}
    </Page>
  );
}

interface EditingProps {
  readonly about: OwnGroup['group'];
  readonly of: Mission;
  readonly leads: boolean;
}

const isOvertaken = (error: unknown) => error instanceof ProblemError && error.code === 'PRECONDITION_FAILED';

function Editing({ about, of, leads }: EditingProps) {
  const say = useTexts('missions').editor;
  // What was there when the person began: an answer that comes meanwhile changes no field under their hands.
  const [first] = useState(of);
  const began = draftOf(first);
  const [chosen, choose] = useState<Chosen>(() => chosenOf(began));
  const [clash, show] = useState<{ readonly now: Mission; readonly mine: Draft }>();
  const { groupId, id: missionId } = first;
  const params = { groupId, missionId };

  const write = async (mine: Draft, version: number) => {
    const body = changeOf(mine, differences(began, mine));
    if (Object.keys(body).length > 0) {
      await api.missions.editMission({ params, body, ifMatch: version });
      void changed('group', groupId);
      void changed('today');
      tell(say.saved);
    }
    navigate(`/groups/${groupId}/missions/${missionId}`, { replace: true });
  };
  /** Somebody was faster: what is there now is shown, and the person decides. */
  const tryTo = async (mine: Draft, version: number) => {
    try {
      await write(mine, version);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      show({ now: await api.missions.getMission({ params }), mine });
    }
  };
  return (
    <>
      <Form onSubmit={(values: Values) => tryTo(draftIn(began, chosen, values, about.timeZone), first.version)}>
        <Fields
          group={about}
          leads={leads}
          began={began}
          chosen={chosen}
          choose={(more) => choose((now) => ({ ...now, ...more }))}
          kinds={leads ? ['ONCE', 'REPEAT'] : ['ONCE']}
          isFixed={first.begun}
          implied={first.implied}
          hasBegun={first.status !== 'WAIT'}
        />
        <Ending of={of} />
        <Dock>
          <Submit disabled={hasNoDay(chosen)}>{say.save}</Submit>
        </Dock>
      </Form>
      {clash && (
        <Clash
          key={clash.now.version}
          now={clash.now}
          timeZone={about.timeZone}
          onSave={() => tryTo(clash.mine, clash.now.version)}
          onLeave={() => {
            void changed('group', groupId);
            navigate(`/groups/${groupId}/missions/${missionId}`, { replace: true });
          }}
          onClose={() => show(undefined)}
        />
      )}
    </>
  );
}

interface ClashProps {
  readonly now: Mission;
  readonly timeZone: string;
  readonly onSave: () => Promise<unknown>;
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

function Clash({ now, timeZone, onSave, onLeave, onClose }: ClashProps) {
  const say = useTexts('missions');
  const language = locale.use();
  return (
    <Sheet title={say.editor.conflict.title} onClose={onClose}>
      <p className="soft">{say.editor.conflict.lead}</p>
      <div className="card mission-head">
        <b>{now.title}</b>
        <p className="soft">{whenOf(now, timeZone, say, language)}</p>
        {now.content && <p>{now.content}</p>}
        {now.checklist.length > 0 && <p>{now.checklist.map(({ text }) => text).join(', ')}</p>}
        {now.rule && <p>{now.rule}</p>}
      </div>
      <Form onSubmit={onSave}>
        <Submit>{say.editor.conflict.mine}</Submit>
        <Button kind="plain" onClick={onLeave}>
          {say.editor.conflict.theirs}
        </Button>
      </Form>
    </Sheet>
  );
}

/** Both ask first; what cannot be deleted any more says what can be done instead. */
function Ending({ of }: { readonly of: Mission }) {
  const say = useTexts('missions').editor;
  const [asked, ask] = useState<'end' | 'remove'>();
  const { groupId, id: missionId } = of;
  const params = { groupId, missionId };
  const done = (text: string) => {
    void changed('group', groupId);
    void changed('today');
    tell(text);
    navigate(`/groups/${groupId}/missions`, { replace: true });
  };
  return (
    <div className="editor-end">
      {of.status === 'ONGOING' && (
        <Button kind="quiet" icon="flag" onClick={() => ask('end')}>
          {say.end}
        </Button>
      )}
      {of.begun || of.implied ? (
        of.begun && <p className="hint center">{say.noRemove}</p>
      ) : (
        <Button kind="danger" onClick={() => ask('remove')}>
          {say.remove}
        </Button>
      )}
      {asked && (
        <Asking
          asked={asked}
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            if (asked === 'end') await api.missions.endMission({ params, ifMatch: of.version });
            else await api.missions.deleteMission({ params });
            done(asked === 'end' ? say.ended : say.removed);
          }}
        />
      )}
    </div>
  );
}

interface AskingProps {
  readonly asked: 'end' | 'remove';
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}
function Asking({ asked, ...rest }: AskingProps) {
  const say = useTexts('missions').editor;
  return asked === 'end' ? (
    <Confirm title={say.endTitle} lead={say.endLead} action={say.end} danger {...rest} />
  ) : (
    <Confirm title={say.removeTitle} lead={say.removeLead} action={say.remove} danger {...rest} />
  );
}
