/** Row 95: what a record adds to boards while it is edited, struck and restored, against what the words of the rule say. */
import * as fc from 'fast-check';
import { boardsOpenFor, countedNow, countingOf } from '../../functions/activity/records/rules.ts';
import {
  type Counted,
  movedStandings,
  restoredStandings,
  standingsIn,
  standingsOn,
} from '../../functions/activity/records/standing-rules.ts';
import { closesAt, counts, weekIn } from '../../functions/activity/seasons/rules.ts';
import { groupDay } from '../../functions/groups/core/day-rules.ts';
import { addDays, dayMs, fromIso, iso } from '../../shared/core/time.ts';

const days = { timeZone: 'Asia/Seoul' };
const act = fc.record({
  wait: fc.integer({ min: 0, max: 4 * dayMs }),
  what: fc.constantFrom('edit' as const, 'strike' as const, 'restore' as const),
  points: fc.integer({ min: 1, max: 50 }),
});

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
interface State extends Counted {
  readonly struckAt?: string;
  readonly struckOff?: readonly number[];
  readonly struckFrom?: string;
}

/** A record of a day and what its member has on boards, as the services change them. */
function model(day: string, season: { seasonId: string; startDate: string; endDate: string }, begin: number) {
  let record: State = countedNow({}, { day, points: 8 }, [season], day);
  let all = movedStandings({}, {}, record, begin) ?? {};
  const moved = (...[from, to, now, on]: [Counted, Counted, number, ((board: number) => boolean)?]) => {
    all = movedStandings(all, from, to, now, on) ?? all;
  };
  const edit = (points: number, now: number) => {
    const after = { ...record, ...countedNow(record, { day, points }, [season], groupDay(now, days)) };
    moved(countingOf(record), countingOf(after), now);
    record = after;
  };
  const strike = (now: number) => {
    const open = boardsOpenFor(record, [season], days, now);
    const struckFrom = standingsOn(all, record, open);
    moved(record, {}, now, (board) => open.includes(board));
    record = { ...record, struckAt: iso(now), struckOff: open, struckFrom };
  };
  const restore = (now: number) => {
    const open = boardsOpenFor(record, [season], days, now);
    const { struckAt: _at, struckOff = [], struckFrom: _from, ...kept } = record;
    const isBack = (board: number) => struckOff.includes(board) && open.includes(board);
    all = restoredStandings(all, record, now, isBack) ?? all;
    record = kept;
  };
  const act = ({ what, points }: Act, now: number) => {
    if (what === 'edit') edit(points, now);
    else if (what === 'strike' && record.struckAt === undefined) strike(now);
    else if (what === 'restore' && record.struckAt !== undefined) restore(now);
  };
  return { act, points: (board: number) => standingsIn(all.one).get(board)?.points ?? 0 };
}

test('row 95: an open board has what counts unless it is struck, a closed one has what it had when it closed', () => {
  const from0to20 = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(from0to20, from0to20, fc.array(act, { maxLength: 14 }), (offset, rest, acts) => {
      const day = addDays('2026-03-02', offset);
      const season = { seasonId: 'one', startDate: '2026-03-02', endDate: addDays(day, rest) };
      const boards = [0, weekIn(season, day)];
      let now = fromIso(`${day}T03:00:00.000Z`);
      const real = model(day, season, now);
      let [counted, struck] = [8, false];
      const said = new Map(boards.map((board) => [board, counted]));

      for (const each of acts) {
        now += each.wait;
        real.act(each, now);
        if (each.what !== 'edit') struck = each.what === 'strike';
        else if (counts(day, groupDay(now, days))) counted = each.points;
        for (const board of boards) if (now < closesAt(season, board, days)) said.set(board, struck ? 0 : counted);
        expect(boards.map(real.points)).toEqual(boards.map((board) => said.get(board)));
      }
    }),
    { numRuns: 300 },
  );
});
