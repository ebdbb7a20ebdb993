import './attendance.css';
import { useState } from 'preact/hooks';
import { limits } from '../../../../shared/product/limits.ts';
import { useAnswer } from '../../app/cache.ts';
import { attendanceChanged, attendancesWaiting, type Told, type Waiting } from '../../app/data/attendance.ts';
import { group } from '../../app/data/groups.ts';
import { dayWithWeekday, timeAt } from '../../app/days.ts';
import { useOnce } from '../../app/once.ts';
import { api, session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { tell } from '../../app/toast.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { Avatar, placeBy } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/form.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Ready } from '../../ui/ready.tsx';
import { Note, Tag } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Correct } from './correct.tsx';
import { Signs, StateTag } from './words.tsx';

/** What waits for a decision: each for itself, or all who came in time at once. What became of each stays until one leaves. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('attendance').queue;
  const view = useAnswer(group(groupId));
  const queue = useAnswer(attendancesWaiting(groupId));
  const [decided, keep] = useState<readonly Waiting[]>([]);
  const [told, hear] = useState<ReadonlyMap<string, Told>>(new Map());
  const frame = { className: 'attendance', title: say.title, back: `/groups/${groupId}/attendance` };
  if (!view.data || !queue.data) return <Unready {...frame} of={[view, queue]} rows={2} />;
  const { items, nextCursor } = queue.data;
  const waiting = items.filter(({ id }) => !told.has(id));
  return (
    <Page
      {...frame}
      sub={view.data.group.title}
      end={waiting.length > 0 && <span className="chip">{say.left(waiting.length, nextCursor !== null)}</span>}
    >
      <Queue
        groupId={groupId}
        timeZone={view.data.group.timeZone}
        waiting={waiting}
        decided={decided}
        told={told}
        onTold={(some, results) => {
          const news = new Map(results.map((each) => [each.id, each]));
          keep([...some, ...decided.filter(({ id }) => !news.has(id))]);
          hear(new Map([...told, ...news]));
        }}
      />
    </Page>
  );
}

interface QueueProps {
  readonly groupId: string;
  readonly timeZone: string;
  readonly waiting: readonly Waiting[];
  readonly decided: readonly Waiting[];
  readonly told: ReadonlyMap<string, Told>;
  readonly onTold: (some: readonly Waiting[], results: readonly Told[]) => void;
}

function Queue({ groupId, timeZone, waiting, decided, told, onTold }: QueueProps) {
  const say = useTexts('attendance').queue;
  const state = session.use();
  const once = useOnce();
  const [isBusy, work] = useState(false);
  const [refused, refuse] = useState<Waiting>();
  const [corrected, correct] = useState<Waiting>();
  const me = state.status === 'in' ? state.accountId : undefined;
  const open = waiting.filter(({ accountId }) => accountId !== me);
  const usual = open.filter(({ late, alternate, sharedDevice }) => !late && !alternate && !sharedDevice);
  const several = (usual.length > 0 ? usual : open).slice(0, limits.attendance.decisions);

  const send = async (some: readonly Waiting[], more: { reason?: string; override?: true }) => {
    const decision = more.reason === undefined ? ('ACCEPTED' as const) : ('REJECTED' as const);
    const body = { ids: some.map(({ id }) => id), decision, ...more };
    const { results } = await once(body, (idempotencyKey) =>
      api.attendance.decideAttendances({ params: { groupId }, body, idempotencyKey }),
    );
    onTold(some, results);
    const left = results.filter(({ problem }) => problem).length;
    tell(left > 0 ? say.some(left) : say.done[decision](results.length));
    void attendanceChanged(groupId);
  };
  const accept = async (some: readonly Waiting[], more: { override?: true } = {}) => {
    work(true);
    await send(some, more).catch(complain);
    work(false);
  };
  if (waiting.length === 0 && decided.length === 0) return <Empty title={say.none} lead={say.noneLead} />;
  return (
    <>
      <ul className="att-queue">
        {waiting.map((each) => (
          <Line key={each.id} of={each} timeZone={timeZone}>
            {each.accountId === me ? (
              <p className="hint">{say.own}</p>
            ) : (
              <div className="att-two">
                <Button small kind="quiet" disabled={isBusy} onClick={() => refuse(each)}>
                  {say.reject}
                  <span className="unseen">: {each.account.nickname}</span>
                </Button>
                <Button small kind="good" icon="check" disabled={isBusy} onClick={() => void accept([each])}>
                  {say.accept}
                  <span className="unseen">: {each.account.nickname}</span>
                </Button>
              </div>
            )}
          </Line>
        ))}
        {decided.map((each) => (
          <Line key={each.id} of={each} timeZone={timeZone}>
            <Became
              told={told.get(each.id)!}
              name={each.account.nickname}
              onOverride={() => void accept([each], { override: true })}
              onCorrect={() => correct(each)}
            />
          </Line>
        ))}
      </ul>
      {several.length > 1 && (
        <Dock>
          <Button icon="check" busy={isBusy} onClick={() => void accept(several)}>
            {usual.length > 0 ? say.acceptUsual(several.length) : say.acceptAll(several.length)}
          </Button>
        </Dock>
      )}
      {refused && (
        <Confirm
          title={say.rejectTitle(refused.account.nickname)}
          lead={say.rejectLead}
          action={say.reject}
          onClose={() => refuse(undefined)}
          onConfirm={({ reason = '' }) => send([refused], { reason })}
        >
          <Ready field="reason" words={say.reasons} />
          <Field label={say.reason} name="reason" rows={3} maxLength={limits.decisionReason} required />
        </Confirm>
      )}
      {corrected && (
        <Correct
          groupId={groupId}
          of={corrected}
          name={corrected.account.nickname}
          onClose={() => correct(undefined)}
          onDone={({ state: next }) => onTold([corrected], [{ id: corrected.id, state: next, problem: null }])}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly of: Waiting;
  readonly timeZone: string;
  readonly children: preact.ComponentChildren;
}

/** Who asks, when and where, the home gym by which it is at another place or not, and what is unusual about it. */
function Line({ of, timeZone, children }: LineProps) {
  const say = useTexts('attendance').queue;
  const language = locale.use();
  const { account, accountId, requestedAt, place, homeGym, day, sharedDevice } = of;
  const when = requestedAt ? say.askedAt(timeAt(requestedAt, timeZone, language)) : undefined;
  return (
    <li className="card att-asks">
      <header>
        <Avatar name={account.nickname} picture={account.picture} at={placeBy(accountId)} size={46} />
        <div>
          <b>{account.nickname}</b>
          <span className="soft">{[dayWithWeekday(day, language), when, place].filter(Boolean).join(' · ')}</span>
          {homeGym && <span className="soft">{say.homeGym(homeGym)}</span>}
        </div>
        <span className="att-tags">
          <Signs of={of} />
        </span>
      </header>
      {sharedDevice && (
        <Note icon="phone" tone="wait">
          {say.flagged}
        </Note>
      )}
      {children}
    </li>
  );
}

interface BecameProps {
  readonly told: Told;
  readonly name: string;
  readonly onOverride: () => void;
  readonly onCorrect: () => void;
}

/** What moim said to it: done, and open to a correction, or why not. */
function Became({ told: { state, problem }, name, onOverride, onCorrect }: BecameProps) {
  const say = useTexts('attendance').queue;
  return (
    <div className="att-became">
      <span role="status">
        {problem ? (
          <Tag icon="warn" tone="bad">
            {problem.title}
          </Tag>
        ) : (
          state && (state === 'REJECTED' ? <Tag icon="undo">{say.sentBack}</Tag> : <StateTag state={state} />)
        )}
      </span>
      {problem?.code === 'ALTERNATES_USED' && (
        <Button small kind="quiet" onClick={onOverride}>
          {say.override}
          <span className="unseen">: {name}</span>
        </Button>
      )}
      {!problem && (
        <Button small kind="quiet" icon="edit" onClick={onCorrect}>
          {say.correct}
          <span className="unseen">: {name}</span>
        </Button>
      )}
    </div>
  );
}
