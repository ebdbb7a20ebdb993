import fc from 'fast-check';
import {
  above,
  absent,
  allOf,
  anyOf,
  atMost,
  attribute,
  below,
  type Condition,
  exists,
  holds,
  is,
} from '../../shared/data/conditions.ts';
import { or } from '../../shared/data/table.ts';
import { check, create } from '../../shared/data/writes.ts';
import { runs } from '../support/runs.ts';
import { setUp } from './support.ts';

const path = fc.constantFrom('a', 'b', 'm.x', 'm.y', 'gone');
const scalar = fc.oneof(
  fc.constantFrom('', '1', 'b', '가', '🧱', '\uff5e'),
  fc.constantFrom(-1, 0, 1, 1.5),
  fc.boolean(),
);
const operator = fc.constantFrom('=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const);
// DynamoDB refuses to compare an attribute with itself, and to ask for the order of truths.
const leaf: fc.Arbitrary<Condition> = fc
  .oneof(
    path.map((each) => exists(each)),
    path.map((each) => absent(each)),
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      with: operator,
      value: fc.oneof(
        scalar,
        path.map((each) => attribute(each)),
      ),
    }),
  )
  .filter(
    (each) =>
      each.kind !== 'compare' ||
      (typeof each.value === 'object'
        ? each.value.attribute !== each.path
        : typeof each.value !== 'boolean' || each.with === '='),
  );
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    // The engine takes six levels of brackets.
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((of) => anyOf(...of)),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((of) => allOf(...of)),
  ),
}));
const item = fc.record(
  { a: scalar, b: scalar, m: fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }) },
  { requiredKeys: [] },
);

// The engine is the second opinion: it judges the condition's text by the rules of DynamoDB.
test('a condition holds of an item exactly when the table says so', async () => {
  const { open } = setUp();
  let next = 0;
  await fc.assert(
    fc.asyncProperty(condition, item, async (each, values) => {
      const [table, accountId] = [open(), `a${next++}`];
      await table.commit([create('Account', { accountId, ...values } as never)]);

      const verdict = await table
        .commit([or('NOT_FOUND', { ...check('Account', { accountId }), when: each })])
        .catch(({ code, name }) => (code === 'NOT_FOUND' ? false : name));

      expect(holds(each, values)).toBe(verdict);
    }),
    { numRuns: runs(150) },
  );
});

test('of no item only an absence holds', () => {
  expect([exists('a'), absent('a'), anyOf(exists('a'), absent('b'))].map((each) => holds(each, undefined))).toEqual([
    false,
    true,
    true,
  ]);
});

test('texts are ordered by their bytes in UTF-8, not by UTF-16 units', () => {
  expect(holds(above('word', '\uffff'), { word: '😀' })).toBe(true);
  expect(holds(below('word', '\uffff'), { word: '😀' })).toBe(false);
});

test('yes and no are equal or not, and have no order', () => {
  expect(holds(above('on', false), { on: true })).toBe(false);
  expect(holds(atMost('on', true), { on: true })).toBe(false);
  expect(holds(is('on', true), { on: true })).toBe(true);
});
