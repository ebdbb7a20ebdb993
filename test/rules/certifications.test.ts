import {
  brickChange,
  closedOn,
  initialStatus,
  isOnItsDay,
  mayDecide,
  mayDelete,
  mayList,
  missingEvidence,
} from '../../functions/activity/certifications/rules.ts';
import type { Status } from '../../functions/activity/certifications/values.ts';
import { mayView } from '../../functions/activity/written/rules.ts';
import { may } from '../../shared/access/powers.ts';

const statuses: readonly Status[] = ['WAITING', 'APPROVED', 'DENIED'];
const yesNo = [true, false];
const allOf = <A, B, C>(as: readonly A[], bs: readonly B[], cs: readonly C[]) =>
  as.flatMap((a) => bs.flatMap((b) => cs.map((c) => [a, b, c] as const)));

test.each([
  ['LEADER', 'LEADER', 'APPROVED'],
  ['LEADER', 'MANAGER', 'WAITING'],
  ['LEADER', 'MEMBER', 'WAITING'],
  ['AUTO', 'LEADER', 'APPROVED'],
  ['AUTO', 'MANAGER', 'APPROVED'],
  ['AUTO', 'MEMBER', 'APPROVED'],
] as const)('row 54: under the policy %s the certification of a %s starts %s', (approval, role, status) => {
  expect(initialStatus(approval, role)).toBe(status);
});

test('row 55: a list may be asked for exactly what may be seen in it', () => {
  const different = allOf(statuses, yesNo, yesNo).filter(
    ([status, judges, own]) =>
      mayList(status, own, judges) !== mayView({ status, accountId: own ? 'me' : 'other' }, 'me', judges),
  );

  expect(different).toEqual([]);
});

test.each([
  ['WAITING', 'APPROVED', true],
  ['WAITING', 'DENIED', true],
  ['APPROVED', 'APPROVED', false],
  ['APPROVED', 'DENIED', false],
  ['DENIED', 'APPROVED', true],
  ['DENIED', 'DENIED', false],
] as const)('row 54: from %s to %s may be decided: %s', (from, to, allowed) => {
  expect(mayDecide(from, to)).toBe(allowed);
});

test.each([
  ['LEADER', true, true],
  ['LEADER', false, true],
  ['MANAGER', true, true],
  ['MANAGER', false, false],
  ['MEMBER', true, true],
  ['MEMBER', false, false],
] as const)('row 57: a %s may delete (own: %s): %s', (role, own, allowed) => {
  expect(mayDelete({ accountId: own ? 'me' : 'other' }, 'me', may(role, 'removeCertifications'))).toBe(allowed);
});

describe('row 67: a certification is worth one brick while it is approved', () => {
  const states = [undefined, ...statuses];

  test.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const worth = (status: Status | undefined) => (status === 'APPROVED' ? 1 : 0);

    expect(brickChange(from, to)).toBe(worth(to) - worth(from));
  });

  test('and a whole life from nothing to nothing leaves none', () => {
    const life = [undefined, 'WAITING', 'DENIED', 'APPROVED', 'WAITING', 'APPROVED', undefined] as const;

    const changes = life.slice(1).map((to, i) => brickChange(life[i], to));

    expect(changes).toEqual([0, 0, 1, -1, 1, -1]);
  });
});

// 2026-11-20 is a Friday.
const group = { startDate: '2026-11-20', endDate: '2026-11-25', closes: true, over: false };
const everyDay = { weekdays: [1, 2, 3, 4, 5, 6, 7] };

test.each([
  ['2026-11-19', false, 'the day before'],
  ['2026-11-20', true, 'the first day'],
  ['2026-11-25', true, 'the last day'],
  ['2026-11-26', true, 'a day after the last'],
  ['2026-11-27', false, 'two days after the last'],
])('row 42: certifications are taken on %s: %s (%s)', (today, open) => {
  expect(closedOn(today, group, everyDay)).toBe(open ? undefined : 'NOT_IN_PERIOD');
});

test('row 42: a kind that does not close takes them until it is finished, also before its first day', () => {
  const days = ['2026-11-01', '2026-11-19', '2026-11-20', '2026-11-25', '2026-11-26'];

  expect(days.filter((today) => !closedOn(today, { ...group, closes: false }, everyDay))).toEqual(days.slice(0, 4));
});

test('row 42: what its leader has completed or disbanded takes none, whatever the day', () => {
  const over = [true, false].flatMap((closes) =>
    ['2026-11-20', '2026-11-26'].map((today) => closedOn(today, { ...group, closes, over: true }, everyDay)),
  );

  expect(over).toEqual(Array(4).fill('NOT_IN_PERIOD'));
});

test('row 51: certifications are taken on the weekdays of the mission alone', () => {
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
  const openOn = (weekdays: number[]) => days.filter((today) => !closedOn(today, group, { weekdays }));

  expect(openOn([1, 2, 3, 4, 5])).toEqual(days.filter((today) => !['2026-11-21', '2026-11-22'].includes(today)));
  expect(openOn([6, 7])).toEqual(['2026-11-21', '2026-11-22']);
  expect(openOn([])).toEqual([]);
  // Report 14: outside the period the day of the week does not matter.
  expect(closedOn('2026-11-21', group, { weekdays: [1] })).toBe('NOT_ON_WEEKDAY');
  expect(closedOn('2026-11-28', group, { weekdays: [1] })).toBe('NOT_IN_PERIOD');
});

test('row 51: each way asks for its own evidence', () => {
  const enough = allOf(['TEXT', 'LINK', 'PHOTO', 'CHECKLIST'] as const, ['', 'done'], [undefined, 'https://a.kr'])
    .flatMap(([way, text, link]) => [0, 1].map((images) => ({ way, text, link, images })))
    .flatMap((each) => [[], [0], [0, 1], [0, 2], [0, 0]].map((checked) => ({ ...each, checked })))
    .filter(({ way, ...given }) => missingEvidence({ way, items: 2, itemPhotos: 1 }, given) === undefined);

  const by = (way: string) => enough.filter((each) => each.way === way);
  expect(by('TEXT').every(({ text }) => text === 'done')).toBe(true);
  expect(by('CHECKLIST').every(({ checked, images }) => `${checked}` === '0,1' && images === 1)).toBe(true);
  expect(by('LINK').every(({ link }) => link !== undefined)).toBe(true);
  expect(by('PHOTO').every(({ images }) => images === 1)).toBe(true);
  expect(['TEXT', 'CHECKLIST', 'LINK', 'PHOTO'].map((way) => by(way).length)).toEqual([20, 4, 20, 20]);
});

test.each([
  ['AUTO', '2026-03-02', true],
  ['AUTO', '2026-03-03', false],
  ['AUTO', '2026-03-01', false],
  ['LEADER', '2026-03-02', true],
  ['LEADER', '2027-01-01', true],
] as const)('rows 56, 57: approved by %s, counted for 2026-03-02, changed on %s: %s', (approval, today, expected) => {
  expect(isOnItsDay({ approval, day: '2026-03-02' }, today)).toBe(expected);
});
