import './group.css';
import { useEffect } from 'preact/hooks';
import { useAnswer, useList } from '../../app/cache.ts';
import { type TodayInGroup, today } from '../../app/data/account.ts';
import {
  type Certification,
  type Columns,
  feed,
  group,
  type Member,
  members,
  own,
  wall,
} from '../../app/data/groups.ts';
import { daysBetween, weekOf } from '../../app/days.ts';
import { faultOf } from '../../app/problem.ts';
import { navigate } from '../../app/router.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { type DayState, Week } from '../../ui/bricks.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Dock, Page } from '../../ui/page.tsx';
import { Note } from '../../ui/rows.tsx';
import { Empty, More } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Wall } from '../../ui/wall.tsx';
import { Places } from './places.tsx';
import { Proof } from './proof.tsx';

/** A group from inside: its wall, what is due, and what the others have done. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const say = useTexts('group');
  const view = useAnswer(group(groupId));
  const company = useAnswer(members(groupId));
  const columns = useAnswer(wall(groupId));
  const mine = useAnswer(own(groupId));
  const agenda = useAnswer(today());
  const approved = useList(feed(groupId));
  const asked = [view, company, columns, mine, agenda, approved];
  // One address for everybody: who is not in the group sees how it presents itself.
  const isElsewhere = !view.data && view.error && faultOf(view.error).kind === 'gone';
  useEffect(() => {
    if (isElsewhere) navigate(`/recruits/${groupId}`, { replace: true });
  }, [isElsewhere]);
  // All or nothing: a page that grows under the thumb is pressed in the wrong place.
  if (!view.data || !company.data || !columns.data || !mine.data || !agenda.data || !approved.items)
    return <Unready className="group" of={asked} />;
  const { group: about, notice } = view.data;
  const entry = agenda.data.items.find((each) => each.group.id === groupId);
  const people = company.data.items;
  const rhythm = about.frequency && rhythmOf(about.frequency, say);
  const placeOf = new Map(people.map(({ accountId }, at) => [accountId, at]));
  const queue = entry?.waiting?.certifications ?? 0;
  return (
    <Page
      className="group"
      split
      title={about.title}
      sub={[rhythm, say.members(about.memberCount, about.capacity)].filter(Boolean).join(' · ')}
      places={<Places groupId={groupId} now="wall" />}
      end={about.endDate && entry && <span className="chip">{say.dday(daysBetween(entry.day, about.endDate))}</span>}
    >
      {entry && <Due entry={entry} mine={mine.data.items} />}
      <div className="split-main">
        {queue > 0 && (
          <a className="card review-call" href={`/groups/${groupId}/review`}>
            <span className="count" aria-hidden="true">
              {queue > 99 ? '99+' : queue}
            </span>
            <span>{say.waiting(queue)}</span>
            <b>{say.look}</b>
          </a>
        )}
        <OurWall columns={columns.data} people={people} day={entry?.day} />
        {notice && (
          <Note>
            <b>{say.notice}</b> {notice}
          </Note>
        )}
        <section className="feed" aria-labelledby="feed">
          <h2 id="feed">{say.feed}</h2>
          {approved.items.length === 0 ? (
            <Empty title={say.feedEmpty} lead={say.feedEmptyLead} />
          ) : (
            approved.items.map((each) => <Proof key={each.id} proof={each} at={placeOf.get(each.author.id) ?? 7} />)
          )}
          <More of={approved} />
        </section>
      </div>
    </Page>
  );
}

type Frequency = { readonly every: 'DAY' | 'WEEKDAY' | 'WEEKEND' } | { readonly every: 'WEEK'; readonly times: number };
const rhythmOf = (frequency: Frequency, say: Texts<'group'>) =>
  frequency.every === 'WEEK' ? say.times(frequency.times) : say.every[frequency.every];

interface OurWallProps {
  readonly columns: Columns;
  readonly people: readonly Member[];
  readonly day: string | undefined;
}

/** The bricks of this month, those of each day beside each other. */
function OurWall({ columns, people, day }: OurWallProps) {
  const say = useTexts('group');
  const common = useTexts('common');
  const laid = columns.items
    .flatMap(({ accountId, days }) => days.map((each) => ({ accountId, ...each })))
    .toSorted((a, b) => a.day.localeCompare(b.day));
  const bricks = laid.flatMap(({ accountId, bricks }) => Array.from({ length: bricks }, () => accountId));
  const counts = new Map(columns.items.map(({ accountId, bricks }) => [accountId, bricks]));
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
  readonly entry: TodayInGroup;
  readonly mine: readonly Certification[];
}

/** The person's own week, and the one thing to do: beside the wall in a wide window, under the thumb on a phone. */
function Due({ entry: { day, missions, group: about }, mine }: DueProps) {
  const say = useTexts('group');
  const [mission] = missions;
  const latest = (of: string) => mine.find((each) => each.day === of);
  const now = latest(day);
  const due = missions.find(({ way, left, closed }) => way === 'PHOTO' && left > 0 && !closed);
  const onDay = (of: string): DayState | undefined => {
    const status = latest(of)?.status;
    return status === 'SKIPPED' ? 'rest' : status;
  };
  const stateOf = (of: string, weekday: number): DayState =>
    onDay(of) ?? (!mission?.weekdays.includes(weekday) ? 'rest' : of > day ? 'later' : of === day ? 'now' : 'none');
  const path = `/groups/${about.id}/certify`;
  const state = now?.status === 'DENIED' ? undefined : (now?.status ?? mission?.closed ?? 'week');
  const action = due ? (
    <Button href={path} icon="camera">
      {now?.status === 'DENIED' ? say.dock.again : say.dock.todo}
    </Button>
  ) : state ? (
    <p className={`state-bar ${state}`}>
      <Icon name={state === 'WAITING' ? 'clock' : state === 'APPROVED' ? 'check' : 'moon'} /> {say.dock[state]}
    </p>
  ) : null;
  return (
    <>
      <aside className="split-side" aria-label={say.mission}>
        <section className="card due-card">
          <h2>{say.mission}</h2>
          {mission && <p>{mission.title}</p>}
          <Week days={weekOf(day).map((of, at) => ({ day: of, state: stateOf(of, at + 1), isToday: of === day }))} />
          {now?.status === 'DENIED' && now.reason && <p className="error">{say.denied(now.reason)}</p>}
          <div className="due-do">{mission && action}</div>
        </section>
      </aside>
      {mission && action && <Dock>{action}</Dock>}
    </>
  );
}
