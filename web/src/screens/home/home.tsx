import './home.css';
import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { person, type TodayInGroup, today } from '../../app/data/account.ts';
import { daysBetween, longDay, shortDay, weekOf } from '../../app/days.ts';
import { online } from '../../app/live.ts';
import { outbox, type Waiting } from '../../app/outbox.ts';
import { push } from '../../app/push.ts';
import { locale } from '../../app/settings.ts';
import { type Texts, useTexts } from '../../messages/index.ts';
import { type DayState, hue, Week } from '../../ui/bricks.tsx';
import { Button, cx } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Section, Title, Wordmark } from '../../ui/page.tsx';
import { Row, Rows, Tag, Tile } from '../../ui/rows.tsx';
import { Empty, Unanswered } from '../../ui/states.tsx';
import { WaitingRow } from '../../ui/waiting.tsx';
import { awayFrom, Back } from './back.tsx';
import { ComingUp, comingOf } from './coming.tsx';

type Mission = TodayInGroup['missions'][number];
type State = keyof Texts<'home'>['state'];

const isDue = ({ left, closed }: Mission) => left > 0 && !closed;
const isLaid = ({ days }: Mission, day: string) => days.some((each) => each.day === day);

/** What a group asks for today. */
function stateOf({ missions, day, excused }: TodayInGroup): State {
  const isLaidToday = missions.some((mission) => isLaid(mission, day));
  // Days off ask for nothing; one may certify all the same, from within the group.
  if (excused && !isLaidToday) return 'excused';
  if (missions.some(isDue)) return 'todo';
  if (isLaidToday) return 'done';
  if (missions.some(({ mine }) => mine === 'SKIPPED')) return 'skipped';
  const [first] = missions;
  return first ? (first.closed ?? 'week') : 'none';
}

/** What waits for a decision of the person in a group, each with the screen on which it is made. */
const waitingIn = ({ group, waiting }: TodayInGroup) =>
  (
    [
      { what: 'certifications', count: waiting?.certifications ?? 0, screen: 'review', icon: 'camera' },
      { what: 'applications', count: waiting?.applications ?? 0, screen: 'applications', icon: 'door' },
      { what: 'excuses', count: waiting?.excuses ?? 0, screen: 'excused', icon: 'moon' },
      { what: 'reports', count: waiting?.reports ?? 0, screen: 'reports', icon: 'flag' },
    ] as const
  )
    .filter(({ count }) => count > 0)
    .map(({ screen, ...each }) => ({ ...each, href: `/groups/${group.id}/${screen}`, title: group.title }));

/** Home: what is due today, first what is left; then what waits for the person's decision. */
export function Screen() {
  const say = useTexts('home');
  const common = useTexts('common');
  const language = locale.use();
  const me = useAnswer(person());
  const list = useAnswer(today());
  const onTheWay = outbox.use();
  const silent = push.use().device?.silentSince;
  const [isPutOff, putOff] = useState(false);
  if (!me.data || !list.data)
    return (
      <Page className="home" split>
        <div className="home-head">
          <Wordmark />
        </div>
        <Unanswered of={[me, list]} />
      </Page>
    );
  const { items } = list.data;
  const states = items.map(stateOf);
  const done = states.filter((state) => state === 'done').length;
  const left = states.filter((state) => state === 'todo').length;
  const hello = left > 0 ? say.hello : done > 0 ? say.done : say.quiet;
  /** Of groups that are not in the list any more. */
  const others = onTheWay.filter(({ groupId }) => items.every(({ group }) => group.id !== groupId));
  const waiting = items.flatMap(waitingIn);
  const coming = comingOf(items, language);
  const away = awayFrom(items);
  return (
    <Page className="home" split>
      <header className="home-head">
        <div className="home-line">
          <Wordmark />
          <span className="soft">{longDay(language)}</span>
        </div>
        <Title>{hello(me.data.nickname)}</Title>
        <div className="score">
          {done + left > 0 && <Stack done={done} of={done + left} />}
          <p>
            {done + left > 0 && <span>{say.progress(done, done + left)}</span>}
            <span className="soft">
              {say.total} <b>{common.bricks(me.data.bricks)}</b>
            </span>
          </p>
        </div>
      </header>
      <section className="due split-main" aria-labelledby="due">
        {silent && (
          <Rows>
            <Row href="/me/devices" lead={<Tile icon="bell" tone="wait" />} title={say.silent} text={say.silentDo} />
          </Rows>
        )}
        {others.length > 0 && (
          <Rows>
            {others.map((each) => (
              <OnTheWay key={each.id} entry={each} title={each.groupTitle} />
            ))}
          </Rows>
        )}
        {away && <Back key={away.group.id} of={away} onLater={() => putOff(!isPutOff)} />}
        <div className="line">
          <h2 id="due">{say.due}</h2>
          {left > 0 && <span className="soft">{say.left(left)}</span>}
        </div>
        {items.length === 0 ? (
          <Empty title={say.empty} lead={say.emptyLead}>
            <Button href="/find">{say.find}</Button>
            <Button kind="plain" href="/new">
              {say.make}
            </Button>
            <Button kind="plain" href="/invitations">
              {say.code}
            </Button>
          </Empty>
        ) : (
          items.map((item, at) => (
            <Card
              key={item.group.id}
              item={item}
              state={states[at]!}
              at={at}
              onTheWay={onTheWay.filter(({ groupId }) => groupId === item.group.id)}
            />
          ))
        )}
      </section>
      <aside className="split-side" aria-label={say.aside} hidden={waiting.length + coming.length === 0}>
        {waiting.length > 0 && (
          <Section title={say.waiting}>
            <Rows>
              {waiting.map(({ what, count, href, icon, title }) => (
                <Row
                  key={href}
                  href={href}
                  lead={<Tile icon={icon} tone="new" />}
                  title={say[what](count)}
                  text={title}
                />
              ))}
            </Rows>
          </Section>
        )}
        {coming.length > 0 && <ComingUp of={coming} />}
      </aside>
    </Page>
  );
}

/** Up to four bricks of today, the laid ones below. */
const Stack = ({ done, of }: { readonly done: number; readonly of: number }) => {
  const shown = Math.min(of, 4);
  const laid = of > 4 ? Math.floor((done / of) * shown) : done;
  return (
    <span className="stack" aria-hidden="true">
      {Array.from({ length: shown }, (_, at) => (
        <i key={at} className={at < laid ? cx('brick', hue(at)) : 'hole'} />
      ))}
    </span>
  );
};

function dayStateOf(missions: readonly Mission[], day: string, today: string, weekday: number): DayState {
  if (missions.some((mission) => isLaid(mission, day))) return 'laid';
  if (!missions.some(({ weekdays }) => weekdays.includes(weekday))) return 'rest';
  return day > today ? 'later' : day === today ? 'now' : 'none';
}

/** What the person has certified and moim does not have yet, or has just got. */
function OnTheWay({ entry, title }: { readonly entry: Waiting; readonly title: string }) {
  const { state, shots, groupId } = entry;
  const href = state === 'SENT' ? `/groups/${groupId}` : `/groups/${groupId}/certify`;
  return <WaitingRow state={state} isOnline={online.use()} title={title} photo={shots[0]?.blob} href={href} />;
}

interface CardProps {
  readonly item: TodayInGroup;
  readonly state: State;
  readonly at: number;
  readonly onTheWay: readonly Waiting[];
}

function Card({ item, state, at, onTheWay }: CardProps) {
  const say = useTexts('home');
  const language = locale.use();
  const { group, missions, day, streak } = item;
  const begins = state === 'NOT_IN_PERIOD' && group.startDate > day && say.begins(shortDay(group.startDate, language));
  const [due, ...others] = missions.filter(isDue);
  const dueLine = due && (others.length > 0 ? say.others(due.title, others.length) : due.title);
  const days = weekOf(day).map((each, i) => ({
    day: each,
    state: dayStateOf(missions, each, day, i + 1),
    isToday: each === day,
  }));
  return (
    <article className={cx('card today', hue(at), state !== 'todo' && 'laid')}>
      <a className="today-head" href={`/groups/${group.id}`}>
        <span className={cx('today-brick', state === 'done' ? 'brick' : 'hole')} aria-hidden="true" />
        <span className="row-text">
          <b>{group.title}</b>
          <span className="today-line">
            {due && state === 'todo' && due.title !== group.title && <span className="soft">{dueLine}</span>}
            {state !== 'todo' && <span className={cx('state', state)}>{begins || say.state[state]}</span>}
            {streak && streak.current > 0 && (
              <span className="today-streak">
                <Icon name="flame" size={18} full />
                <span aria-hidden="true">{say.streak[streak.unit](streak.current)}</span>
                <span className="unseen">{say.streakSays[streak.unit](streak.current)}</span>
              </span>
            )}
          </span>
        </span>
        {group.endDate && <span className="chip">{say.dday(daysBetween(day, group.endDate))}</span>}
      </a>
      {state === 'todo' && (
        <>
          <Week days={days} />
          {onTheWay.length === 0 && (
            <div className="today-foot">
              <Tag icon="clock" tone="wait">
                {say.state.todo}
              </Tag>
              <Button small href={`/groups/${group.id}/certify`} icon="camera">
                {say.certify}
              </Button>
            </div>
          )}
        </>
      )}
      {group.kind === 'CLUB' && state === 'none' && (
        <div className="today-foot">
          <a className="link" href={`/groups/${group.id}/ranking`}>
            {say.ranking}
          </a>
          <Button small kind="quiet" href={`/groups/${group.id}/records`} icon="edit">
            {say.climb}
          </Button>
        </div>
      )}
      {group.kind !== 'CLUB' && state === 'none' && item.role === 'LEADER' && (
        <div className="today-foot end">
          <Button small kind="quiet" href={`/groups/${group.id}/missions/new`} icon="plus">
            {say.makeMission}
          </Button>
        </div>
      )}
      {onTheWay.map((each) => (
        <OnTheWay key={each.id} entry={each} title={say.onTheWay} />
      ))}
    </article>
  );
}
