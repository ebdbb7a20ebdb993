import fc from 'fast-check';
import {
  above,
  absent,
  allOf,
  anyOf,
  atLeast,
  atMost,
  attribute,
  below,
  exists,
  is,
} from '../../shared/data/conditions.ts';
import { Expression } from '../../shared/data/expression.ts';
import { indexKeysOf, placeholdersIn } from '../../shared/data/keys.ts';
import { type EntityName, entities } from '../../shared/data/registry.ts';
import { check, checkIfThere, create, drop, patch, remove, revised, upsert } from '../../shared/data/writes.ts';

const conditionOf = (condition: Parameters<Expression['condition']>[0]) => {
  const expression = new Expression();
  return [expression.condition(condition), expression.attributes()] as const;
};

test.each([
  [is('a', 1), '#a = :v1'],
  [below('a', 1), '#a < :v1'],
  [atMost('a', 1), '#a <= :v1'],
  [above('a', 1), '#a > :v1'],
  [atLeast('a', true), '#a >= :v1'],
  [below('a', attribute('b')), '#a < #b'],
  [exists('a'), 'attribute_exists(#a)'],
  [absent('a.b'), 'attribute_not_exists(#a.#b)'],
  [anyOf(absent('a'), is('b', 2)), '(attribute_not_exists(#a)) OR (#b = :v1)'],
  [allOf(is('a', 1), anyOf(is('b', 2), is('c', 3))), '(#a = :v1) AND ((#b = :v2) OR (#c = :v3))'],
])('a condition %j reads %s', (condition, text) => {
  expect(conditionOf(condition)[0]).toBe(text);
});

test('names and values go beside the text, and are absent where there are none', () => {
  expect(conditionOf(is('status', 'OPEN'))[1]).toEqual({
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':v1': 'OPEN' },
  });
  expect(conditionOf(exists('pk'))[1]).toEqual({ ExpressionAttributeNames: { '#pk': 'pk' } });
  expect(new Expression().attributes()).toEqual({});
});

test('each name gets one token of its own, however names are spelt', () => {
  const name = fc.array(fc.constantFrom('a', 'b', '-', '_', '1', ' ', '가'), { minLength: 1, maxLength: 4 });

  fc.assert(
    fc.property(
      fc.array(
        name.map((parts) => parts.join('')),
        { maxLength: 12 },
      ),
      (names) => {
        const expression = new Expression();
        const tokens = names.map((each) => expression.path(each));

        expect(tokens.map((token) => expression.names[token])).toEqual(names);
        expect(new Set(tokens).size).toBe(new Set(names).size);
        for (const token of tokens) expect(token).toMatch(/^#\w+$/);
      },
    ),
  );
});

test.each([
  [{ set: { a: 1, 'b.c': 'x' } }, 'SET #a = :v1, #b.#c = :v2'],
  [{ add: { n: -1, m: 2 } }, 'ADD #n :v1, #m :v2'],
  [{ remove: ['a', 'b'] }, 'REMOVE #a, #b'],
  [{ set: { a: 1 }, add: { n: 1 }, remove: ['b'] }, 'SET #a = :v1 ADD #n :v2 REMOVE #b'],
  [{ set: { a: undefined, b: null } }, 'SET #b = :v1'],
  [{ set: { a: undefined } }, ''],
  [{ add: { '2026-11-21': 1 } }, 'ADD #2026_11_21 :v1'],
  [{}, ''],
])('the changes %j read %s', (changes, text) => {
  expect(new Expression().update(changes)).toBe(text);
});

const group = { groupId: 'g1', waitingFor: 'APPROVAL', createdAt: '2026-11-21' } as never;
const id = { groupId: 'g1' };
const key = { pk: 'GROUP#g1', sk: 'GROUP' };
const due = { gsi1pk: 'GROUPS_WAITING#APPROVAL', gsi1sk: '2026-11-21#g1' };
const values = { groupId: 'g1', waitingFor: 'APPROVAL', createdAt: '2026-11-21' };
const ofGroup = { entity: 'Group', key };

test('create makes an item with its keys, its indexes and its type, where there is none', () => {
  const item = { ...key, ...due, type: 'Group', v: 1, ...values };

  expect(create('Group', group)).toEqual({ kind: 'put', ...ofGroup, item, when: absent('pk') });
});

test('create may let an item expire, and take the place of one that is over', () => {
  const over = atMost('expiresAt', 7);
  const item = { ...key, ...due, type: 'Group', v: 1, ...values, expiresAt: 9 };

  expect(create('Group', group, { expiresAt: 9, orWhen: over })).toEqual({
    kind: 'put',
    ...ofGroup,
    item,
    when: anyOf(absent('pk'), over),
  });
});

test('create refuses an item that lacks a part of a key', () => {
  expect(() => create('Group', { ...values, createdAt: '' } as never)).toThrow('key part "createdAt"');
});

test('patch, remove and check ask for the item to be there, and for what else must hold', () => {
  const open = is('status', 'RECRUITING');
  const there = exists('pk');
  const both = allOf(there, open);
  const nothing = { set: {}, add: {}, remove: [] };
  const update = { kind: 'update', ...ofGroup };

  expect(patch('Group', id, { set: { title: 'a' } })).toEqual({
    ...update,
    changes: { ...nothing, set: { title: 'a' } },
    when: there,
  });
  expect(patch('Group', id, {}, open)).toEqual({ ...update, changes: nothing, when: both });
  expect(drop('Group', id)).toEqual({ kind: 'delete', ...ofGroup, when: undefined });
  expect(remove('Group', id)).toEqual({ kind: 'delete', ...ofGroup, when: there });
  expect(remove('Group', id, open)).toEqual({ kind: 'delete', ...ofGroup, when: both });
  expect(check('Group', id)).toEqual({ kind: 'check', ...ofGroup, when: there });
  expect(check('Group', id, open)).toEqual({ kind: 'check', ...ofGroup, when: both });
  expect(checkIfThere('Group', id, open)).toEqual({ kind: 'check', ...ofGroup, when: anyOf(absent('pk'), open) });
});

test('upsert of every kind stores the attributes of its key alone, whatever else the object has that holds them', () => {
  for (const entity of Object.keys(entities) as EntityName[]) {
    const parts = placeholdersIn(entities[entity].pk + entities[entity].sk);
    const key = Object.fromEntries(parts.map((name) => [name, `the ${name}`]));
    const larger = { ...key, text: 'of a comment', mail: 'someone@example.com', expiresAt: 1 };
    const { set } = upsert(entity, larger as never, { set: { n: 2 } as never }).changes;

    expect(set).toEqual({ type: entity, v: 1, ...key, n: 2 });
  }
});

test('upsert names type and key too, because the item may be new', () => {
  expect(upsert('Blocks', { accountId: 'a1' }, { add: { count: 1 } })).toEqual({
    kind: 'update',
    entity: 'Blocks',
    key: { pk: 'BLOCKS#a1', sk: 'BLOCKS' },
    changes: { set: { type: 'Blocks', v: 1, accountId: 'a1' }, add: { count: 1 }, remove: [] },
    when: undefined,
  });
});

describe('the places of an item in its indexes', () => {
  const changesOf = (changes: Parameters<typeof patch<'Group'>>[2]) => patch('Group', id, changes).changes;

  test('follow what they are made of', () => {
    expect(changesOf({ set: { waitingFor: 'APPROVAL', createdAt: '2026-11-21' } }).set).toMatchObject(due);
    expect(changesOf({ set: { title: 'a' } })).toEqual({ set: { title: 'a' }, add: {}, remove: [] });
  });

  test('end with a part of them, where the index is sparse', () => {
    expect(changesOf({ remove: ['createdAt'] }).remove).toEqual(['createdAt', 'gsi1pk', 'gsi1sk']);
    expect(() => patch('Membership', { groupId: 'g', accountId: 'a' }, { remove: ['joinedAt'] as never })).toThrow(
      'always in gsi1',
    );
  });

  test('are known whole, or the write is a bug', () => {
    expect(() => changesOf({ set: { createdAt: '2026-11-22' } })).toThrow('key part "waitingFor"');
  });

  test('need all of their parts, where the index is sparse', () => {
    expect(indexKeysOf('Group', { ...values, createdAt: undefined })).toEqual({});
    expect(indexKeysOf('Account', {})).toEqual({});
    expect(indexKeysOf('Blocks', {})).toEqual({});
  });
});

describe('a revision', () => {
  const before = {
    ...values,
    ...key,
    ...due,
    type: 'Group',
    v: 1,
    version: 3,
    title: 'old',
    promise: 'kept',
    silence: { since: 'x' },
  };
  const revise = (changes: object, ...when: Parameters<typeof revised<'Group'>>[3][]) =>
    revised('Group', before as never, changes as never, ...(when as never[]));

  test('writes what differs, and the next version, if the item is still in the version that was read', () => {
    const { after, write } = revise({ title: 'new', promise: 'kept' });

    expect(after).toMatchObject({ title: 'new', promise: 'kept', version: 4 });
    expect(write).toEqual({
      kind: 'update',
      ...ofGroup,
      changes: { set: { title: 'new', version: 4 }, add: {}, remove: [] },
      when: allOf(exists('pk'), is('version', 3)),
    });
  });

  test('takes out what is named as undefined', () => {
    const { after, write } = revise({ silence: undefined, promise: undefined });

    expect(after).not.toHaveProperty('silence');
    expect(write.changes).toEqual({ set: { version: 4 }, add: {}, remove: ['promise', 'silence'] });
  });

  test('moves the item in its indexes, and takes it out of them', () => {
    expect(revise({ createdAt: '2027-01-01' }).write.changes.set).toEqual({
      version: 4,
      createdAt: '2027-01-01',
      gsi1sk: '2027-01-01#g1',
    });
    expect(revise({ createdAt: undefined, waitingFor: undefined }).write.changes.remove).toEqual([
      'waitingFor',
      'createdAt',
      'gsi1pk',
      'gsi1sk',
    ]);
  });

  test('may ask for more of the item', () => {
    expect(revise({}, absent('deletedAt') as never).write.when).toEqual(
      allOf<string>(exists('pk'), is('version', 3), absent('deletedAt')),
    );
  });
});
