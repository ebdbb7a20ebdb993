import './group.css';
import { useEffect, useState } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { feed, type GroupPage, type Member, page } from '../../app/data/groups.ts';
import { daysBetween, shortDay, weekOf } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { setLoudness } from '../../app/loudness.ts';
import { outbox, type Waiting } from '../../app/outbox.ts';
import { faultOf } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { type DayState, Week } from '../../ui/bricks.tsx';
import { Button, Round } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoudnessSheet, loudnessIcon, useLoudness } from '../../ui/loudness.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { Note, Rows } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { WaitingRow } from '../../ui/waiting.tsx';
import { Wall } from '../../ui/wall.tsx';
import { DueMissions } from './due-missions.tsx';
import { NoMission } from './no-mission.tsx';
import { Proof } from './proof.tsx';

/** A group from inside: its wall, what is due, and what the others have done. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const common = useTexts('common');
  const view = useAnswer(page(groupId));
  const approved = useList(feed(groupId));
  const unreadTalk = useUnreadTalk(groupId, view.data !== undefined);
  const isOnline = online.use();
  const onTheWay = outbox.use().filter((each) => each.groupId === groupId);
  // One address for everybody: who is not in the group sees how it presents itself.
  const isElsewhere = !view.data && view.error && faultOf(view.error).kind === 'gone';
  useEffect(() => {
    if (isElsewhere) navigate(`/recruits/${groupId}`, { replace: true });
  }, [isElsewhere]);
  // All or nothing: a page that grows under the thumb is pressed in the wrong place.
  if (!view.data || !approved.items) return <Unready className="group" split of={[view, approved]} />;
  const { group: about, notice, day, waiting, wall, missions } = view.data;
  const people = view.data.members.items;
  const rhythm = about.frequency && rhythmOf(about.frequency, common);
  const placeOf = new Map(people.map(({ accountId }, at) => [accountId, at]));
  const calls = (
    [
      ['review', waiting?.certifications ?? 0, say.waiting],
      ['applications', waiting?.applications ?? 0, say.applications],
      ['excused', waiting?.excuses ?? 0, say.excuses],
      ['reports', waiting?.reports ?? 0, say.reports],
    ] as const
  ).filter(([, count]) => count > 0);
  return (
    <Page
      className="group"
      split
      title={about.title}
      sub={[rhythm, say.members(about.memberCount, about.capacity)].filter(Boolean).join(' · ')}
      places={<Places groupId={groupId} now="wall" unread={unreadTalk} />}
      end={
        <>
          {about.endDate && <span className="chip">{say.dday(daysBetween(day, about.endDate))}</span>}
          <Bell of={view.data} />
        </>
      }
    >
      {missions.length > 0 ? (
        <Due of={view.data} waiting={onTheWay.find(({ state }) => state !== 'SENT')} />
      ) : (
        <NoMission group={about} leads={view.data.role === 'LEADER'} excused={view.data.excused} />
      )}
      <div className="split-main">
        {calls.length > 0 && (
          <nav className="card review-calls" aria-label={say.calls}>
            {calls.map(([screen, count, words]) => (
              <a key={screen} className="review-call" href={`/groups/${groupId}/${screen}`}>
                <span className="review-count" aria-hidden="true">
                  {count > 99 ? '99+' : count}
                </span>
                <span>{words(count)}</span>
                <b>{say.look}</b>
              </a>
            ))}
          </nav>
        )}
        {onTheWay.length > 0 && (
          <Rows>
            {onTheWay.map(({ id, state, shots }) => (
              <WaitingRow
                key={id}
                state={state}
                isOnline={isOnline}
                title={say.onTheWay}
                photo={shots[0]?.blob}
                {...(state === 'SENT' ? {} : { href: `/groups/${groupId}/certify` })}
              />
            ))}
          </Rows>
        )}
        <OurWall columns={wall} people={people} day={day} />
        {notice && (
          <Note>
            <b>{say.notice}</b> {notice}
          </Note>
        )}
        <section className="feed" aria-labelledby="feed">
          <h2 id="feed">{say.feed}</h2>
          {approved.items.length === 0 ? (
            <Empty title={say.feedEmpty} lead={missions.length > 0 ? say.feedEmptyLead : undefined} />
          ) : (
            approved.items.map((each, at) => (
              <Proof key={each.id} proof={each} at={placeOf.get(each.author.id) ?? 7} first={at === 0} />
            ))
          )}
          <More of={approved} />
        </section>
      </div>
    </Page>
  );
}

/** How loud the group is, one tap away. */
function Bell({ of: { group: about, loudness } }: { readonly of: GroupPage }) {
  const say = useTexts('common').loudness;
  const stateOf = useLoudness();
  const [isOpen, open] = useState(false);
  return (
    <>
      <Round icon={loudnessIcon(loudness)} label={say.of(stateOf(loudness))} onClick={() => open(true)} />
      {isOpen && (
        <LoudnessSheet
          title={about.title}
          now={loudness}
          onChange={(change) => setLoudness(about.id, change)}
          onClose={() => open(false)}
        />
      )}
    </>
  );
}

type Frequency = { readonly every: 'DAY' | 'WEEKDAY' | 'WEEKEND' } | { readonly every: 'WEEK'; readonly times: number };
const rhythmOf = (frequency: Frequency, { groups }: Texts<'common'>) =>
  frequency.every === 'WEEK' ? groups.times(frequency.times) : groups.every[frequency.every];

interface OurWallProps {
  readonly columns: GroupPage['wall'];
  readonly people: readonly Member[];
  readonly day: string;
}

/** The bricks of this month, those of each day beside each other. */
function OurWall({ columns, people, day }: OurWallProps) {
  const say = useTexts('group');
  const common = useTexts('common');
  const place = new Map(people.map(({ accountId }, at) => [accountId, at]));
  const placeOf = (accountId: string) => place.get(accountId) ?? people.length;
  // Within a day as the names below the wall: the API has them by their ids, which mean nothing to anybody.
  const laid = columns
    .flatMap(({ accountId, days }) => days.map((each) => ({ accountId, ...each })))
    .toSorted((a, b) => a.day.localeCompare(b.day) || placeOf(a.accountId) - placeOf(b.accountId));
  const bricks = laid.flatMap(({ accountId, bricks }) => Array.from({ length: bricks }, () => accountId));
  const counts = new Map(columns.map(({ accountId, bricks }) => [accountId, bricks]));
  const builtToday = new Set(laid.filter((each) => each.day === day).map(({ accountId }) => accountId)).size;
  return (
    <section className="card wall-card" aria-labelledby="wall">
      <div className="line">
        <h2 id="wall">{say.wall}</h2>
        <span>
          <span className="soft">{say.month}</span> <b>{common.bricks(bricks.length)}</b>
        </span>
      </div>
      <p className="soft">{bricks.length === 0 ? say.wallEmpty : say.built(builtToday, people.length)}</p>
      <Wall
        bricks={bricks}
        people={people.map(({ accountId, nickname }) => ({
          id: accountId,
          name: nickname,
          count: counts.get(accountId) ?? 0,
        }))}
        fresh
      />
    </section>
  );
}

interface DueProps {
  readonly of: GroupPage;
  /** The person's own, which this device has not got to moim yet. */
  readonly waiting: Waiting | undefined;
}

/** The one thing to do today, or why there is nothing; nothing at all without a mission. */
function action(
  { of: { day, missions, week, group: about }, waiting }: DueProps,
  say: Texts<'group'>,
  language: string,
) {
  const [mission] = missions;
  if (!mission) return null;
  const isSkipped = missions.every((each) => each.mine === 'SKIPPED');
  const path = `/groups/${about.id}/certify`;
  if (waiting) return <OnTheWay waiting={waiting} path={path} />;
  const now = week.find((each) => each.day === day);
  if (missions.some(({ left, closed }) => left > 0 && !closed))
    return (
      <Button href={path} icon="camera">
        {now?.status === 'DENIED' ? say.dock.again : say.dock.todo}
      </Button>
    );
  if (now?.status === 'DENIED') return null;
  const state = (isSkipped && 'SKIPPED') || (now?.status ?? mission.closed ?? 'week');
  const begins = state === 'NOT_IN_PERIOD' && about.startDate > day && say.begins(shortDay(about.startDate, language));
  return (
    <p className={`state-bar ${state}`}>
      <Icon name={state === 'WAITING' ? 'clock' : state === 'APPROVED' ? 'check' : 'moon'} />{' '}
      {begins || say.dock[state]}
    </p>
  );
}

function OnTheWay({ waiting: { state }, path }: { readonly waiting: Waiting; readonly path: string }) {
  const say = useTexts('common').waiting;
  const look = state === 'SENDING' && !online.use() ? 'offline' : state;
  return (
    <Button href={path} kind="quiet" icon={state === 'REFUSED' ? 'warn' : 'clock'}>
      {say[look]}
    </Button>
  );
}

/** The person's own week, and the one thing to do: beside the wall in a wide window, under the thumb on a phone. */
function Due(props: DueProps) {
  const say = useTexts('group');
  const {
    of: { day, missions, week, excused, group: about },
  } = props;
  const [mission] = missions;
  const latest = (of: string) => week.find((each) => each.day === of);
  const now = latest(day);
  const onDay = (of: string): DayState | undefined => {
    const status = latest(of)?.status;
    return status === 'SKIPPED' ? 'rest' : status;
  };
  const isFree = (of: string) => excused !== null && excused.from <= of && of <= excused.until;
  const stateOf = (of: string, weekday: number): DayState =>
    onDay(of) ??
    (isFree(of) || !missions.some(({ weekdays }) => weekdays.includes(weekday))
      ? 'rest'
      : of > day
        ? 'later'
        : of === day
          ? 'now'
          : 'none');
  const doing = action(props, say, locale.use());
  return (
    <>
      <aside className="split-side" aria-label={say.mission}>
        <section className="card due-card">
          <h2>{say.mission}</h2>
          {mission && missions.length === 1 && <p>{mission.title}</p>}
          <Week days={weekOf(day).map((of, at) => ({ day: of, state: stateOf(of, at + 1), isToday: of === day }))} />
          {now?.status === 'DENIED' && now.reason && <p className="error">{say.denied(now.reason)}</p>}
          <DueMissions groupId={about.id} timeZone={about.timeZone} missions={missions} excused={excused} />
          <div className="side-do">{doing}</div>
        </section>
      </aside>
      {doing && <Dock>{doing}</Dock>}
    </>
  );
}
