import { kinds } from '../../functions/groups/core/rules.ts';
import { contract as reconciliation } from '../../functions/operations/reconciliation/contract.ts';
import { sighting } from '../../functions/operations/reconciliation/rules.ts';
import { countings, keyOfSubject, subjectOf, subjectText, touched } from '../../shared/data/counters.ts';
import { keyOf } from '../../shared/data/keys.ts';
import { entities, patterns } from '../../shared/data/registry.ts';

const ids = { groupId: 'g', accountId: 'a', certificationId: 'c', seasonId: 's' };
const at = (type: string, before: object | undefined, after: object | undefined) =>
  touched(after && { type, ...ids, ...after }, before && { type, ...ids, ...before }).map(subjectText);

test.each([
  ['Group', { memberCount: 1 }, { memberCount: 2 }, ['membersOfGroup:g']],
  ['Group', { memberCount: 1, title: 'a' }, { memberCount: 1, title: 'b' }, []],
  ['Group', { likes: 1 }, { likes: 2 }, ['likesOfGroup:g']],
  ['Group', { likes: 1, memberCount: 1 }, { likes: 0, memberCount: 2 }, ['membersOfGroup:g', 'likesOfGroup:g']],
  ['Group', undefined, { memberCount: 1 }, []],
  ['Group', { memberCount: 1 }, undefined, []],
  ['Like', undefined, {}, ['likesOfGroup:g']],
  ['Like', {}, undefined, ['likesOfGroup:g']],
  ['Membership', undefined, { state: 'ACTIVE' }, ['groupsOfAccount:a', 'membersOfGroup:g']],
  ['Membership', { state: 'ACTIVE' }, { state: 'LEFT' }, ['groupsOfAccount:a', 'membersOfGroup:g']],
  ['Membership', { state: 'ACTIVE' }, undefined, ['groupsOfAccount:a', 'membersOfGroup:g']],
  ['Membership', { state: 'ACTIVE', role: 'MEMBER' }, { state: 'ACTIVE', role: 'MANAGER' }, []],
  ['Account', { bricks: 1 }, { bricks: 2 }, ['bricksOfAccount:a']],
  ['Account', {}, { groupsTEAM: 1 }, ['groupsOfAccount:a']],
  ['Account', { groupsTEAM: 1 }, {}, ['groupsOfAccount:a']],
  ['Account', { bricks: 1, groupsTEAM: 1 }, { bricks: 2, groupsTEAM: 2 }, ['bricksOfAccount:a', 'groupsOfAccount:a']],
  ['Account', { bricks: 1, nickname: 'a' }, { bricks: 1, nickname: 'b' }, []],
  ['Account', undefined, { bricks: 0 }, []],
  ['Account', { bricks: 0 }, undefined, []],
  ['Brick', undefined, {}, ['bricksOfAccount:a']],
  ['Brick', {}, undefined, ['bricksOfAccount:a']],
  ['Review', undefined, { score: 5 }, ['reviewsOf:a']],
  ['Review', { score: 5, text: 'a' }, { score: 5, text: 'b' }, []],
  ['Review', { score: 5 }, { score: 6 }, ['reviewsOf:a']],
  ['Review', { score: 5 }, undefined, ['reviewsOf:a']],
  ['ReviewScore', undefined, { sum: 5, count: 1 }, []],
  ['ReviewScore', { sum: 5, count: 1 }, { sum: 7, count: 1 }, ['reviewsOf:a']],
  ['ReviewScore', { sum: 5, count: 1 }, { sum: 5, count: 1 }, []],
  ['ReviewScore', { sum: 5, count: 1 }, undefined, []],
  ['Cheerer', undefined, { 'kind HEART': 1 }, ['cheersOfCertification:g#c']],
  ['Cheerer', { 'kind HEART': 1 }, { 'kind HEART': 1, 'kind STAR': 1 }, ['cheersOfCertification:g#c']],
  ['Cheerer', { 'kind HEART': 1, cheeredAt: 'a' }, { 'kind HEART': 1, cheeredAt: 'b' }, []],
  ['CheerCount', { HEART: 1 }, { HEART: 2 }, ['cheersOfCertification:g#c']],
  ['CheerCount', { HEART: 1 }, { HEART: 1, toldAt: 'a' }, []],
  ['Comment', undefined, { subject: 'post:p' }, ['commentsOn:g#post:p']],
  ['CommentCount', { comments: 1, subject: 'post:p' }, { comments: 2, subject: 'post:p' }, ['commentsOn:g#post:p']],
  ['Attendance', undefined, { state: 'PENDING' }, ['attendancesOfMember:g#s#a']],
  ['Attendance', { state: 'PENDING' }, { state: 'LATE' }, ['attendancesOfMember:g#s#a']],
  ['Attendance', { state: 'LATE' }, { state: 'LATE', late: true }, []],
  ['Attendance', { alternate: 'ASKED' }, { alternate: 'COUNTED' }, ['attendancesOfMember:g#s#a']],
  ['AttendanceCount', { late: 1 }, { late: 2 }, ['attendancesOfMember:g#s#a']],
  ['Mission', {}, {}, []],
] as const)('row 129: of a %s from %j to %j, marked are %j', (type, before, after, expected) => {
  expect(at(type, before, after)).toEqual(expected);
});

test('what is nothing concerns nobody', () => {
  expect(touched(undefined, undefined)).toEqual([]);
});

test('a subject is read as it was written; a text that names none is told apart', () => {
  for (const counting of countings.values())
    expect(subjectOf(subjectText({ counting, id: '1' }))).toEqual({ counting, id: '1' });
  const counting = countings.get('cheersOfCertification')!;
  expect(keyOfSubject(subjectOf('cheersOfCertification:g#c')!)).toEqual({ groupId: 'g', certificationId: 'c' });
  expect(keyOfSubject(subjectOf('commentsOn:g#post:p')!)).toEqual({ groupId: 'g', subject: 'post:p' });
  expect(keyOfSubject({ counting, id: 'g' })).toEqual({ groupId: 'g', certificationId: '' });
  expect([subjectOf('weather:1'), subjectOf('')]).toEqual([undefined, undefined]);
  expect(sighting('bricks', 1, 2, 3)).not.toBe(sighting('bricks', 1, 2, 4));
});

test('row 26: each kind of group that has a limit for each account is counted', () => {
  const limited = Object.entries(kinds).flatMap(([kind, { perAccount }]) =>
    perAccount === undefined ? [] : [[`groups${kind}`, { state: 'ACTIVE', 'group.kind': kind }]],
  );
  const counters = Object.entries(countings.get('groupsOfAccount')!.counters);

  expect(counters.map(([counter, { where }]) => [counter, where]).toSorted()).toEqual(limited.toSorted());
});

test('what counts is found by its own attributes, and every kind whose changes mark something has a consumer', () => {
  const listens = (entity: string, event: 'INSERT' | 'MODIFY' | 'REMOVE') =>
    Object.entries(reconciliation.consumers).some(
      ([name, consumer]) =>
        name.startsWith('mark') && consumer.entity === entity && consumer.on.some((each) => each === event),
    );
  for (const { entity, pattern, own, counters } of countings.values()) {
    expect(keyOf(entity, Object.fromEntries(own.map((name) => [name, '1'])) as never)).toEqual({
      pk: expect.any(String),
      sk: expect.any(String),
    });
    const counted = patterns[pattern].entity;
    expect([entity, listens(entity, 'MODIFY')]).toEqual([entity, true]);
    expect([counted, listens(counted, 'INSERT') && listens(counted, 'REMOVE')]).toEqual([counted, true]);
    const depends = Object.values(counters).some(({ where, sums }) => where !== undefined || sums !== undefined);
    expect([counted, !depends || listens(counted, 'MODIFY')]).toEqual([counted, true]);
  }
  const kept = Object.entries(entities).flatMap(([name, { counters = {} }]) =>
    Object.keys(counters).length ? [name] : [],
  );
  expect(kept).toEqual(['Account', 'Group', 'CheerCount', 'ReviewScore', 'AttendanceCount', 'CommentCount']);
});

test('withdrawn accounts and deleted groups keep no counters', () => {
  const ends = [...countings.values()].map(({ entity, countsUntil }) => `${entity} ${countsUntil}`);

  expect(new Set(ends)).toEqual(
    new Set([
      'Account withdrawnAt',
      'Group deletedAt',
      'CheerCount gone',
      'ReviewScore undefined',
      'CommentCount gone',
      'AttendanceCount undefined',
    ]),
  );
});
