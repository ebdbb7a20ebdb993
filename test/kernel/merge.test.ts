import { absent, allOf, anyOf, is } from '../../shared/data/conditions.ts';
import { merged } from '../../shared/data/merge.ts';
import { check, patch, type Update } from '../../shared/data/writes.ts';

const key = { groupId: 'g', accountId: 'a' };
const mergedOf = (...writes: Parameters<typeof merged>[0]): Update => {
  const [only, ...others] = merged(writes);
  expect(others).toEqual([]);
  return only!.write as Update;
};

test('updates of one item set, add and remove what each of them does', () => {
  const { changes } = mergedOf(
    patch('Membership', key, { set: { role: 'MANAGER' }, add: { warnings: 1 }, remove: ['readmitted'] }),
    patch('Membership', key, { set: { state: 'LEFT' }, add: { warnings: 2 }, remove: ['readmitted', 'founded'] }),
  );

  expect(changes).toEqual({
    set: { role: 'MANAGER', state: 'LEFT' },
    add: { warnings: 3 },
    remove: ['readmitted', 'founded'],
  });
});

test('the conditions of both must hold; alternatives stay alternatives', () => {
  const either = anyOf(is('role', 'LEADER'), is('role', 'MANAGER'));
  const { when } = mergedOf(
    check('Membership', key, either),
    patch('Membership', key, { add: { warnings: 1 } }, absent('leftAt')),
  );

  expect(when).toEqual(allOf<string>({ kind: 'exists', path: 'pk' }, either, absent('leftAt')));
});

test('a condition that is an alternative by itself is not taken apart', () => {
  const either = anyOf<string>(absent('pk'), is('state', 'LEFT'));
  const there = check('Membership', key);
  const { when } = mergedOf({ ...there, when: either }, patch('Membership', key, { add: { warnings: 1 } }));

  expect(when).toEqual(allOf<string>(either, { kind: 'exists', path: 'pk' }));
});
