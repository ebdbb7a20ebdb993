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
import { check, create, moved, patch, remove, upsert } from '../../shared/data/writes.ts';

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

const group = { groupId: 'g1', dueShard: '7', dueAt: '2026-11-21' };
const key = { pk: 'GROUP#g1', sk: 'GROUP' };

test('create makes an item with its keys, its indexes and its type, where there is none', () => {
  expect(create('Group', group)).toEqual({
    kind: 'put',
    item: { ...key, gsi1pk: 'GROUPS_DUE#7', gsi1sk: '2026-11-21#g1', type: 'Group', v: 1, ...group },
    when: absent('pk'),
  });
});

test('create may let an item expire, and take the place of one that is over', () => {
  const over = atMost('expiresAt', 7);

  expect(create('Group', group, { expiresAt: 9, orWhen: over })).toEqual({
    kind: 'put',
    item: { ...key, gsi1pk: 'GROUPS_DUE#7', gsi1sk: '2026-11-21#g1', type: 'Group', v: 1, ...group, expiresAt: 9 },
    when: anyOf(absent('pk'), over),
  });
});

test('create refuses an item that lacks a part of a key', () => {
  expect(() => create('Group', { ...group, dueAt: '' })).toThrow('key part "dueAt"');
});

test('patch, remove and check ask for the item to be there, and for what else must hold', () => {
  const open = is('status', 'OPEN');
  const there = exists('pk');
  const both = allOf(there, open);

  expect(patch('Group', group, { set: { a: 1 } })).toEqual({
    kind: 'update',
    key,
    changes: { set: { a: 1 } },
    when: there,
  });
  expect(patch('Group', group, {}, open)).toEqual({ kind: 'update', key, changes: {}, when: both });
  expect(remove('Group', group)).toEqual({ kind: 'delete', key, when: there });
  expect(remove('Group', group, open)).toEqual({ kind: 'delete', key, when: both });
  expect(check('Group', group)).toEqual({ kind: 'check', key, when: there });
  expect(check('Group', group, open)).toEqual({ kind: 'check', key, when: both });
});

test('upsert names type and key too, because the item may be new', () => {
  expect(upsert('Blocks', { accountId: 'a1' }, { add: { unread: 1 }, set: { seen: true } })).toEqual({
    kind: 'update',
    key: { pk: 'BLOCKS#a1', sk: 'BLOCKS' },
    changes: { set: { type: 'Blocks', v: 1, accountId: 'a1', seen: true }, add: { unread: 1 } },
    when: undefined,
  });
});

test('an item moves within all of its indexes at once', () => {
  expect(Object.keys(moved('Group', group))).toEqual(['gsi1pk', 'gsi1sk']);
  expect(Object.keys(moved('Blocks', {}))).toEqual([]);
});

test('an item is in a sparse index only with every value that its keys are made of', () => {
  expect(moved('Group', { ...group, dueAt: undefined })).toEqual({});
  expect(moved('Account', {})).toEqual({});
});
