import './records.css';
import { wholeTop } from '../../../../shared/charts/geometry.ts';
import { useAnswer } from '../../app/cache.ts';
import { useUnreadTalk } from '../../app/data/chat.ts';
import { type Board, type RankingPage, rankingPage, useMinutes } from '../../app/data/climbs.ts';
import { group } from '../../app/data/groups.ts';
import { shortDay } from '../../app/days.ts';
import { navigate, usePath } from '../../app/router.ts';
import { session } from '../../app/session.ts';
import { locale } from '../../app/settings.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, Round } from '../../ui/button.tsx';
import { Numbers, WeekBars } from '../../ui/charts.tsx';
import { Select } from '../../ui/form.tsx';
import { OwnCard } from '../../ui/own-card.tsx';
import { Dock, Page, Segments } from '../../ui/page.tsx';
import { Places } from '../../ui/places.tsx';
import { ProgressPlaces } from '../../ui/progress-places.tsx';
import { Note, Tag } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Unready } from '../../ui/unready.tsx';
import { Standings } from './standings.tsx';

/** The ranking of a week or a season, with the person in view. */
export function Screen({ groupId }: { readonly groupId: string }) {
  const query = new URLSearchParams(usePath().split('?')[1]);
  const asked = {
    seasonId: query.get('season') ?? undefined,
    week: query.has('week') ? Number(query.get('week')) : undefined,
  };
  const view = useAnswer(group(groupId));
  const known = useAnswer(rankingPage(groupId, asked));
  const now = session.use();
  const board = known.data?.board;
  useMinutes(groupId, !!board && board.closedAt === null);
  const unread = useUnreadTalk(groupId);
  const places = (
    <>
      <Places groupId={groupId} now="progress" unread={unread} />
      <ProgressPlaces groupId={groupId} now="ranking" isClub />
    </>
  );
  const frame = { className: 'climbs', split: true, places };
  if (!view.data || !known.data) return <Unready {...frame} title={view.data?.group.title} of={[view, known]} />;
  const { group: about, role } = view.data;
  const ownId = now.status === 'in' ? now.accountId : '';
  return (
    <Page {...frame} title={about.title}>
      {known.data.board ? (
        <Shown groupId={groupId} ownId={ownId} page={known.data} board={known.data.board} />
      ) : (
        <NoSeason groupId={groupId} page={known.data} leads={role !== 'MEMBER'} />
      )}
    </Page>
  );
}

interface NoSeasonProps {
  readonly groupId: string;
  readonly page: RankingPage;
  readonly leads: boolean;
}

/** No season has begun: says when the next one does, or who makes one. */
function NoSeason({ groupId, page: { seasons }, leads }: NoSeasonProps) {
  const say = useTexts('records').ranking;
  const language = locale.use();
  const next = seasons.find(({ state }) => state === 'UPCOMING');
  if (next)
    return <Empty title={say.upcoming(next.name, shortDay(next.startDate, language))} lead={say.upcomingLead} />;
  return (
    <>
      <Empty title={say.noSeason} lead={say.noSeasonLead} />
      {leads && (
        <Dock>
          <Button href={`/groups/${groupId}/seasons`} icon="calendar">
            {say.noSeasonDo}
          </Button>
        </Dock>
      )}
    </>
  );
}

interface ShownProps {
  readonly groupId: string;
  readonly ownId: string;
  readonly page: RankingPage;
  readonly board: Board;
}

function Shown({ groupId, ownId, page, board }: ShownProps) {
  const say = useTexts('records').ranking;
  const doing = (
    <Button href={`/groups/${groupId}/records`} icon="edit">
      {say.toRecords}
    </Button>
  );
  return (
    <>
      <div className="split-side">
        <Which groupId={groupId} page={page} board={board} />
        <Mine board={board} />
        {board.until >= page.day && <div className="side-do">{doing}</div>}
      </div>
      <div className="split-main">
        <Standings key={`${board.seasonId} ${board.week}`} groupId={groupId} ownId={ownId} board={board} />
        {board.weeks.length > 0 && <Weeks weeks={board.weeks} />}
      </div>
      {/* What one does today is no matter of a board of the past. */}
      {board.until >= page.day && <Dock>{doing}</Dock>}
    </>
  );
}

/** The board that is shown, and the way to the others: week or season, earlier weeks, earlier seasons. */
function Which({ groupId, page, board }: Omit<ShownProps, 'ownId'>) {
  const say = useTexts('records').ranking;
  const language = locale.use();
  const { seasonId, week, from, until, closedAt } = board;
  const season = page.seasons.find(({ id }) => id === seasonId)!;
  const begun = page.seasons.filter(({ state }) => state !== 'UPCOMING').toReversed();
  const pathOf = (toWeek: number, of = seasonId) => `/groups/${groupId}/ranking?season=${of}&week=${toWeek}`;
  const last = board.weeks.at(-1)?.week ?? 0;
  const weekly = week ?? last;
  const state = closedAt !== null ? 'closed' : until < page.day ? 'closing' : 'open';
  return (
    <section className="which" aria-label={say.which}>
      <Segments
        label={say.which}
        items={[
          { text: say.weekly, href: pathOf(Math.max(1, weekly)) },
          { text: say.season, href: pathOf(0) },
        ]}
        now={pathOf(week ?? 0)}
      />
      {week === null && begun.length > 1 && (
        <Select
          label={say.seasonPick}
          name="season"
          options={begun.map(({ id, name }) => [id, name] as const)}
          value={seasonId}
          onChange={(id) => navigate(pathOf(0, id))}
        />
      )}
      <div className="climbs-head">
        {week !== null && week > 1 ? (
          <Round icon="back" label={say.before} href={pathOf(week - 1)} />
        ) : (
          <span className="climbs-room" />
        )}
        <div className="which-name">
          <h2 aria-live="polite">{week === null ? say.seasonOf(season.name) : say.week(week)}</h2>
          <span className="soft">
            {week !== null && `${say.seasonOf(season.name)} · `}
            {say.range(shortDay(from, language), shortDay(until, language))}
          </span>
        </div>
        {week !== null && week < last ? (
          <Round icon="next" label={say.after} href={pathOf(week + 1)} />
        ) : (
          <span className="climbs-room" />
        )}
      </div>
      <p className="which-state">
        <Tag icon={state === 'closed' ? 'lock' : 'clock'} tone={state === 'open' ? 'good' : 'wait'}>
          {say[state]}
        </Tag>
        {state !== 'open' && <span className="soft">{state === 'closed' ? say.closedSays : say.closingSays}</span>}
      </p>
    </section>
  );
}

/** One's own place, and what is on its way to it. Nobody is told that they are behind. */
function Mine({ board }: { readonly board: Board }) {
  const say = useTexts('records').ranking;
  const { points } = useTexts('records');
  const { me, members, closedAt, top, around } = board;
  const comes = closedAt === null && me.coming !== me.points;
  const above = [...top, ...around].filter((each) => each.points > me.points).at(-1);
  const tied = top.filter((each) => each.rank === 1).length > 1;
  const word =
    me.rank === null
      ? closedAt === null
        ? say.noneYet
        : say.noneThen
      : me.rank === 1
        ? tied
          ? say.firstTied
          : say.first
        : closedAt === null && above
          ? say.toNext(points(above.points - me.points))
          : say.keep;
  return (
    <OwnCard className="climbs-card" labelledBy="mine">
      <h2 id="mine">{say.mine}</h2>
      {me.rank !== null && (
        <p className="climbs-place">
          <b>{say.place(me.rank)}</b>
          <span className="soft">{say.among(members)}</span>
          <b className="climbs-worth">{points(me.points)}</b>
        </p>
      )}
      {!(comes && me.rank === null) && <p className="soft">{word}</p>}
      {comes && <Note icon="clock">{say.coming(points(me.coming))}</Note>}
    </OwnCard>
  );
}

/** Points by week against the average of those who climbed. */
function Weeks({ weeks }: { readonly weeks: Board['weeks'] }) {
  const say = useTexts('records').ranking;
  const { points } = useTexts('records');
  const top = wholeTop(weeks.flatMap((week) => [week.points, week.average ?? 0]));
  const last = weeks.slice(-4).map((week) => points(week.points));
  return (
    <section className="card climbs-card" aria-labelledby="weeks">
      <h2 id="weeks">{say.weeks}</h2>
      <WeekBars
        says={say.weeksSays(last.join(', '))}
        weeks={weeks.map(({ from, points: mine, average }) => ({
          ...{ from, mine: mine / top, others: average === null ? null : average / top },
        }))}
        scaled={(share) => String(share * top)}
        names={[say.me, say.average]}
      />
      <Numbers
        title={say.weeks}
        head={[say.me, say.average]}
        rows={weeks.map(({ from, points: mine, average }) => ({
          from,
          cells: [points(mine), average === null ? say.noPlace : points(average)],
        }))}
      />
    </section>
  );
}
