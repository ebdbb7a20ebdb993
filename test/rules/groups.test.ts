import fc from 'fast-check';
import {
  deadlineError,
  entryRefusal,
  extensionError,
  type GroupTerms,
  isOffered,
  isOver,
  joinRefusal,
  kinds,
  lastDayToJoin,
  mayAskFrom,
  mostSeats,
  nextChange,
  noEnd,
  periodErrors,
  restartErrors,
  silenceDue,
  statusOn,
} from '../../functions/groups/core/rules.ts';
import type { GroupStatus, JoinPolicy, Kind } from '../../functions/groups/core/values.ts';
import { isPublic } from '../../shared/access/access.ts';
import { addDays } from '../../shared/core/time.ts';
import { limits } from '../../shared/product/limits.ts';

const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
const [first, second, third, fourth] = days as [string, string, string, string];
const allKinds = Object.keys(kinds) as Kind[];

test('row 20: every kind has seats for at least two, its usual number within its bounds', () => {
  for (const { seats } of Object.values(kinds)) {
    const [least, most, usual] = seats;
    expect(least).toBe(2);
    expect(usual).toBeGreaterThanOrEqual(least);
    expect(usual).toBeLessThanOrEqual(most);
  }
});

test('row 25: only a team that has paid has more seats than its kind', () => {
  const more = allKinds.flatMap((kind) =>
    [true, false].filter((paid) => mostSeats(kind, paid) > kinds[kind].seats[1]).map((paid) => [kind, paid]),
  );

  expect(more).toEqual([['TEAM', true]]);
  expect(mostSeats('TEAM', true)).toBe(200);
});

test.each([
  ['CHALLENGE', second, third, undefined, []],
  ['CHALLENGE', second, second, undefined, []],
  ['STUDY', second, second, undefined, ['/endDate endBeforeStart']],
  ['TEAM', second, undefined, undefined, []],
  ['STUDY', second, undefined, undefined, ['/endDate endNeeded']],
  ['CHALLENGE', first, third, undefined, ['/startDate startInPast']],
  ['CHALLENGE', fourth, third, undefined, ['/endDate endBeforeStart']],
  ['CHALLENGE', third, fourth, third, []],
  ['CHALLENGE', third, fourth, fourth, ['/recruitUntil deadlineAfterStart']],
  ['CHALLENGE', third, fourth, first, ['/recruitUntil deadlineInPast']],
  ['CHALLENGE', first, '2026-11-19', undefined, ['/startDate startInPast', '/endDate endBeforeStart']],
] as const)(
  'row 23: on the second day a %s from %s to %s, recruiting until %s',
  (kind, startDate, endDate, until, expected) => {
    const errors = periodErrors(kind, { startDate, endDate, recruitUntil: until }, second);

    expect(errors.map(({ pointer, reason }) => `${pointer} ${reason}`)).toEqual(expected);
  },
);

const terms = (memberCount: number, more: Partial<GroupTerms> = {}): GroupTerms => ({
  startDate: second,
  endDate: third,
  capacity: 3,
  memberCount,
  status: 'RECRUITING',
  ...more,
});

test.each([
  [first, 1, 'RECRUITING'],
  [first, 2, 'RECRUITING'],
  [first, 3, 'IN_PROGRESS'],
  [second, 1, 'IN_PROGRESS'],
  [second, 3, 'IN_PROGRESS'],
  [third, 1, 'IN_PROGRESS'],
  [third, 3, 'IN_PROGRESS'],
  [fourth, 1, 'FINISHED'],
  [fourth, 3, 'FINISHED'],
])('row 41: on %s with %i of 3 seats taken a group is %s', (today, taken, status) => {
  expect(statusOn(today, terms(taken))).toBe(status);
});

test('row 41: what was set stands, but for the end, which comes anyway; what is over stays over', () => {
  const statuses: GroupStatus[] = ['RECRUITING', 'IN_PROGRESS', 'FINISHED', 'COMPLETED'];
  const seen = statuses.flatMap((status) =>
    [first, second, fourth].map((today) => [status, today, statusOn(today, terms(1, { status, statusPinned: true }))]),
  );

  expect(seen).toEqual([
    ['RECRUITING', first, 'RECRUITING'],
    ['RECRUITING', second, 'RECRUITING'],
    ['RECRUITING', fourth, 'FINISHED'],
    ['IN_PROGRESS', first, 'IN_PROGRESS'],
    ['IN_PROGRESS', second, 'IN_PROGRESS'],
    ['IN_PROGRESS', fourth, 'FINISHED'],
    ...['FINISHED', 'COMPLETED'].flatMap((status) => [first, second, fourth].map((today) => [status, today, status])),
  ]);
});

test.each([
  [first, 2, true],
  [first, 3, false],
  [second, 2, true],
  [third, 2, true],
  [third, 3, false],
  [fourth, 1, false],
])('row 32: on %s with %i of 3 seats taken a group is offered: %s', (today, taken, offered) => {
  expect(isOffered(today, terms(taken))).toBe(offered);
});

test('rows 28, 32: after its deadline, and once it is completed, a group is not offered', () => {
  expect(lastDayToJoin(terms(1, { recruitUntil: first }))).toBe(first);
  expect(isOffered(first, terms(1, { recruitUntil: first }))).toBe(true);
  expect(isOffered(second, terms(1, { recruitUntil: first }))).toBe(false);
  expect(isOffered(first, terms(1, { status: 'COMPLETED' }))).toBe(false);
});

const state = { joinPolicy: 'INSTANT' as JoinPolicy, allowRejoin: true, approvalStatus: 'APPROVED' as const };

describe('rows 27, 31: why one may not join', () => {
  const states = [undefined, 'ACTIVE', 'LEFT', 'KICKED'] as const;
  const cases = states.flatMap((member) =>
    [third, fourth].flatMap((today) =>
      (['INSTANT', 'APPLY'] as const).flatMap((joinPolicy) =>
        [2, 3].map((taken) => ({ member, today, joinPolicy, taken })),
      ),
    ),
  );

  test.each(cases)(
    '$member on $today by $joinPolicy with $taken of 3 seats taken',
    ({ member, today, joinPolicy, taken }) => {
      // What one is to the group weighs more than what the group is, and that more than its seats.
      const reasons = [
        [member === 'ACTIVE', 'ALREADY_MEMBER'],
        [member === 'KICKED', 'KICKED'],
        [today === fourth, 'GROUP_CLOSED'],
        [joinPolicy !== 'INSTANT', 'JOIN_BY_OTHER_WAY'],
        [taken === 3, 'GROUP_FULL'],
      ] as const;

      const refusal = joinRefusal(today, { ...terms(taken), ...state, joinPolicy }, member);

      expect(refusal).toBe(reasons.find(([holds]) => holds)?.[1]);
    },
  );

  test('row 31: whoever left may come back where the group allows it, whoever was removed may not', () => {
    const group = { ...terms(2), ...state };

    expect(joinRefusal(third, group, 'LEFT')).toBeUndefined();
    expect(joinRefusal(third, { ...group, allowRejoin: false }, 'LEFT')).toBe('REJOIN_REFUSED');
    expect(joinRefusal(third, group, 'KICKED')).toBe('KICKED');
  });

  test('rows 38, 39: nobody comes into a group that is being disbanded, or that nobody has approved', () => {
    const group = { ...terms(2), ...state };

    expect(joinRefusal(third, { ...group, disbandsAt: '2026-11-25T00:00:00Z' }, undefined)).toBe('GROUP_CLOSED');
    expect(joinRefusal(third, { ...group, approvalStatus: 'PENDING' }, undefined)).toBe('GROUP_CLOSED');
  });
});

test('rows 37, 38: strangers see what is public, approved and there', () => {
  const all = (['PUBLIC', 'PRIVATE'] as const).flatMap((visibility) =>
    (['PENDING', 'APPROVED', 'REJECTED'] as const).flatMap((approvalStatus) =>
      [undefined, '2026-11-21T00:00:00Z'].map((deletedAt) => ({ visibility, approvalStatus, deletedAt })),
    ),
  );

  expect(all.filter(isPublic)).toEqual([{ visibility: 'PUBLIC', approvalStatus: 'APPROVED', deletedAt: undefined }]);
});

test('row 41: the day of the next change is the first after today on which the dates say something else', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays(first, n));
  fc.assert(
    fc.property(day, day, day, fc.option(day, { nil: undefined }), (today, start, end, until) => {
      const group = terms(1, { startDate: start, endDate: end < start ? start : end, recruitUntil: until });
      const next = nextChange(today, group);
      const at = (on: string) => `${statusOn(on, group)} ${on <= lastDayToJoin(group)}`;
      for (let on = today; on < (next ?? addDays(today, 60)); on = addDays(on, 1)) expect(at(on)).toBe(at(today));
    }),
    { numRuns: 300 },
  );
  expect(nextChange(first, terms(1, { status: 'COMPLETED' }))).toBeUndefined();
  expect(nextChange(fourth, terms(1, { endDate: noEnd }))).toBeUndefined();
});

test.each([
  ['STUDY', '2026-11-25', '2026-11-26', undefined],
  ['STUDY', '2026-11-25', '2026-11-25', undefined],
  ['STUDY', '2026-11-25', '2026-11-24', 'endOnlyLater'],
  ['STUDY', first, second, 'endOnlyLater'],
  ['TEAM', noEnd, third, undefined],
  ['TEAM', noEnd, second, 'endOnlyLater'],
])('row 24: on the second day a %s that ends on %s may end on %s: %s', (kind, endDate, newEnd, reason) => {
  const group = { kind: kind as Kind, startDate: first, endDate };

  expect(extensionError(group, newEnd, second)?.reason).toBe(reason);
});

test('row 24: a new end lies after the first day; a challenge may end on it', () => {
  const ends = (['TEAM', 'CHALLENGE'] as const).map((kind) =>
    [third, fourth].map((end) => extensionError({ kind, startDate: fourth, endDate: noEnd }, end, first)?.reason),
  );

  expect(ends).toEqual([
    ['endBeforeStart', 'endBeforeStart'],
    ['endBeforeStart', undefined],
  ]);
});

test('row 23: a new deadline lies between today and the first day', () => {
  const reasons = days.map((day) => deadlineError({ startDate: third }, day, second)?.reason);

  expect(reasons).toEqual(['deadlineInPast', undefined, undefined, 'deadlineAfterStart']);
});

test('row 49: a group begins on another day that lies ahead, before its last day and not before its deadline', () => {
  const days = [first, second, third, fourth];
  const reasons = (kind: 'CHALLENGE' | 'STUDY', recruitUntil?: string) =>
    days.map((day) =>
      restartErrors({ kind, endDate: third, recruitUntil }, day, second)
        .map(({ reason }) => reason)
        .join(),
    );

  expect(reasons('CHALLENGE')).toEqual(['startInPast', '', '', 'endBeforeStart']);
  expect(reasons('STUDY')).toEqual(['startInPast', '', 'endBeforeStart', 'endBeforeStart']);
  expect(reasons('CHALLENGE', third)).toEqual([
    'startInPast,deadlineAfterStart',
    'deadlineAfterStart',
    '',
    'endBeforeStart',
  ]);
});

test('row 28, report 2: a deadline ends applying, not deciding; the end of the group ends both', () => {
  const open = { ...terms(2), ...state, recruitUntil: second };

  expect(entryRefusal(third, open, undefined)).toBe('GROUP_CLOSED');
  expect(entryRefusal(third, open, undefined, true)).toBeUndefined();
  expect(entryRefusal(fourth, open, undefined, true)).toBe('GROUP_CLOSED');
  expect(entryRefusal(third, { ...open, status: 'COMPLETED' }, undefined, true)).toBe('GROUP_CLOSED');
  expect(entryRefusal(third, { ...open, memberCount: 3 }, undefined, true)).toBe('GROUP_FULL');
});

test('rows 27, 28: what stands against coming in at all stands against each way of it', () => {
  const group = { ...terms(3), ...state };

  expect(entryRefusal(third, group, undefined)).toBe('GROUP_FULL');
  expect(entryRefusal(fourth, group, undefined)).toBe('GROUP_CLOSED');
  expect(joinRefusal(fourth, group, undefined, 'CODE')).toBe('GROUP_CLOSED');
  expect([third, fourth].map((day) => isOver(day, group))).toEqual([false, true]);
  expect(mostSeats('TEAM', true)).toBe(limits.paidTeamSeats);
});

test('row 125: members may ask after two weeks of silence, the leader is warned after three, and followed a week after that', () => {
  const silence = { accountId: 'a', since: '2026-03-02T03:00:00.000Z' };

  expect(mayAskFrom(silence)).toBe('2026-03-16T03:00:00.000Z');
  expect(silenceDue(silence)).toBe('2026-03-23T03:00:00.000Z');
  // Whenever the warning came.
  expect(silenceDue({ ...silence, warnedAt: '2026-03-25T00:00:00.000Z' })).toBe('2026-04-01T00:00:00.000Z');
});
