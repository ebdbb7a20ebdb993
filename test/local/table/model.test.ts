// Comparing with jest's expect takes longer than everything else here together.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AttributeValue, Item } from '../../../local/engines/table/types.ts';
import {
  byBytes,
  type Clause,
  type Condition,
  clauses,
  conditions,
  Refused,
  type Row,
  type Rows,
  rowKey,
  updated,
  type Value,
} from './model.ts';
import { call, type Setup, setUp, TABLE } from './support.ts';

/** How much is tried: MODEL_OPERATIONS=200000 for a long run. */
const operations = Number(process.env.MODEL_OPERATIONS ?? 2_000);

const sortKeys = ['a', 'ab', 'b', 'a\0', 'é', '\uffff', '\u{1f600}', '10', '9'];
const partition = fc.constantFrom('p', 'q');
const sortKey = fc.constantFrom(...sortKeys);
const word = fc.constantFrom('x', 'y', 'zz', 'é');
const small = fc.integer({ min: -20, max: 20 });

const key = fc.record({ pk: partition, sk: sortKey });
const clause = fc.tuple(fc.nat(clauses.length - 1), small, word).map(([kind, v, text]): Clause => {
  const made = clauses[kind]!(v, text);
  return { values: {}, ...made };
});
const update = fc.array(clause, { minLength: 1, maxLength: 4 }).map((chosen) => {
  const heads = new Set<string>();
  return chosen.filter(({ head }) => !heads.has(head) && heads.add(head));
});
const condition = fc.option(
  fc.tuple(fc.nat(conditions.length - 1), small, word).map(([kind, v, text]) => conditions[kind]!(v, text)),
  { nil: undefined, freq: 2 },
);
const row = fc.record(
  {
    n: fc.oneof(small, word),
    s: word,
    l: fc.array(word, { maxLength: 3 }),
    tags: fc.constantFrom(new Set(['x']), new Set(['y', 'zz'])),
    m: fc.record({ a: small, b: fc.tuple(word) }, { noNullPrototype: true }) as fc.Arbitrary<Value>,
    g: fc.constantFrom('g0', 'g1'),
    h: small.map((v) => v / 4),
    k: fc.constant('kind'),
  },
  { requiredKeys: [], noNullPrototype: true },
) as fc.Arbitrary<Row>;

const write = fc.oneof(
  fc.record({ type: fc.constant('Put' as const), key, row, condition }),
  fc.record({ type: fc.constant('Update' as const), key, update, condition }),
  fc.record({ type: fc.constant('Delete' as const), key, condition }),
);
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;
const read = fc.record({
  type: fc.constantFrom('Query' as const, 'QueryIndex' as const, 'Scan' as const),
  pk: partition,
  range: fc.constantFrom('', '=', '<', '<=', '>', '>=', 'BETWEEN', 'begins_with'),
  low: sortKey,
  high: sortKey,
  forward: fc.boolean(),
  limit: fc.integer({ min: 1, max: 7 }),
  condition,
});
type Read = typeof read extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  { weight: 6, arbitrary: write },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('Transact' as const),
      writes: fc.array(write, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 2, arbitrary: read },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function marshal(value: Value): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (value instanceof Set) return { SS: [...value] };
  if (Array.isArray(value)) return { L: value.map(marshal) };
  return { M: marshalRow(value) };
}
const marshalRow = (values: Record<string, Value>): Item =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, marshal(value)]));

function unmarshal(value: AttributeValue): Value {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.SS) return new Set(value.SS);
  if (value.L) return value.L.map(unmarshal);
  return unmarshalRow(value.M!);
}
const unmarshalRow = (item: Item): Row =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, unmarshal(value)]));

function expression(condition: Condition | undefined, chosen: readonly Clause[] = []) {
  const values = Object.assign({}, condition?.values, ...chosen.map((each) => each.values));
  const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'].map((name) => {
    const texts = chosen.filter((each) => each.section === name).map((each) => each.text);
    return texts.length > 0 ? `${name} ${texts.join(', ')}` : '';
  });
  return {
    ...(condition && { ConditionExpression: condition.text }),
    ...(chosen.length > 0 && { UpdateExpression: sections.filter(Boolean).join(' ') }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshalRow(values) }),
  };
}

function requestOf(step: Write): object {
  const Key = marshalRow(step.key);
  if (step.type === 'Put') {
    return { TableName: TABLE, Item: marshalRow({ ...step.row, ...step.key }), ...expression(step.condition) };
  }
  return { TableName: TABLE, Key, ...expression(step.condition, step.type === 'Update' ? step.update : []) };
}

/** What the model says a write comes to: the row after it (undefined: none), or the reason of its refusal. */
function expected(rows: Rows, step: Write): { row: Row | undefined } | { refusal: string } {
  const was = rows.get(rowKey(step.key));
  if (step.condition && !step.condition.holds(was ?? {})) return { refusal: 'ConditionalCheckFailedException' };
  if (step.type === 'Put') return { row: { ...step.row, ...step.key } };
  if (step.type === 'Delete') return { row: undefined };
  try {
    return { row: updated(was, step.key, step.update) };
  } catch (error) {
    if (error instanceof Refused) return { refusal: 'ValidationException' };
    throw error;
  }
}

function keep(rows: Rows, key: Row, row: Row | undefined): void {
  if (row) rows.set(rowKey(key), row);
  else rows.delete(rowKey(key));
}

async function runWrite({ engine }: Setup, rows: Rows, step: Write): Promise<void> {
  const outcome = expected(rows, step);
  const returns = step.type === 'Update' ? 'ALL_NEW' : 'ALL_OLD';
  const was = rows.get(rowKey(step.key));

  const answer = await call(engine, `${step.type}Item`, { ...requestOf(step), ReturnValues: returns });

  if ('refusal' in outcome) return assert.equal(answer.error, outcome.refusal);
  assert.equal(answer.error, undefined);
  const given = answer.body.Attributes && unmarshalRow(answer.body.Attributes);
  assert.deepEqual(given, step.type === 'Update' ? outcome.row : was);
  keep(rows, step.key, outcome.row);
}

async function runTransaction({ engine }: Setup, rows: Rows, writes: Write[]): Promise<void> {
  const distinct = new Map(writes.map((each) => [rowKey(each.key), each]));
  const members = [...distinct.values()];
  const outcomes = members.map((each) => expected(rows, each));
  const codes = outcomes.map((each) => {
    if (!('refusal' in each)) return 'None';
    return each.refusal === 'ValidationException' ? 'ValidationError' : 'ConditionalCheckFailed';
  });

  const answer = await call(engine, 'TransactWriteItems', {
    TransactItems: members.map((each) => ({ [each.type]: requestOf(each) })),
  });

  if (codes.some((code) => code !== 'None')) {
    assert.equal(answer.error, 'TransactionCanceledException');
    assert.deepEqual(
      answer.body.CancellationReasons.map((reason: { Code: string }) => reason.Code),
      codes,
    );
    return;
  }
  assert.equal(answer.error, undefined);
  for (const [at, outcome] of outcomes.entries()) keep(rows, members[at]!.key, (outcome as { row: Row }).row);
}

/** All pages of a read, each no longer than the limit. */
async function pages({ engine }: Setup, operation: string, request: object, limit: number): Promise<Row[]> {
  const rows: Row[] = [];
  let start: unknown;
  do {
    const { body, error } = await call(engine, operation, {
      TableName: TABLE,
      ...request,
      Limit: limit,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    assert.equal(error, undefined);
    assert.ok(body.ScannedCount <= limit);
    rows.push(...body.Items.map(unmarshalRow));
    start = body.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

const rangeTests: Record<string, (sk: string, low: string, high: string) => boolean> = {
  '': () => true,
  '=': (sk, low) => sk === low,
  '<': (sk, low) => byBytes(sk, low) < 0,
  '<=': (sk, low) => byBytes(sk, low) <= 0,
  '>': (sk, low) => byBytes(sk, low) > 0,
  '>=': (sk, low) => byBytes(sk, low) >= 0,
  BETWEEN: (sk, low, high) => byBytes(sk, low) >= 0 && byBytes(sk, high) <= 0,
  begins_with: (sk, low) => sk.startsWith(low),
};

function rangeText(range: string): string {
  if (range === '') return '';
  if (range === 'BETWEEN') return ' AND sk BETWEEN :low AND :high';
  return range === 'begins_with' ? ' AND begins_with(sk, :low)' : ` AND sk ${range} :low`;
}

async function runQuery(setup: Setup, rows: Rows, step: Read): Promise<void> {
  const [low, high] = byBytes(step.low, step.high) <= 0 ? [step.low, step.high] : [step.high, step.low];
  // The validators hold bounds against each other in UTF-16 order and refuse these two, where AWS does not.
  if (step.range === 'BETWEEN' && low > high) return;
  const values = {
    ':pk': step.pk,
    ...(step.range && { ':low': low }),
    ...(step.range === 'BETWEEN' && { ':high': high }),
  };
  const keyOnly = /pk/.test(step.condition?.text ?? '');
  const filter = keyOnly ? undefined : step.condition;
  const request = {
    KeyConditionExpression: `pk = :pk${rangeText(step.range)}`,
    ExpressionAttributeValues: marshalRow({ ...values, ...filter?.values }),
    ...(filter && { FilterExpression: filter.text }),
    ScanIndexForward: step.forward,
    ConsistentRead: true,
  };
  const found = [...rows.values()]
    .filter((row) => row.pk === step.pk && rangeTests[step.range]!(row.sk as string, low, high))
    .filter((row) => filter?.holds(row) ?? true)
    .sort((a, b) => byBytes(a.sk as string, b.sk as string));

  const read = await pages(setup, 'Query', request, step.limit);

  assert.deepEqual(read, step.forward ? found : found.reverse());
}

async function runIndexQuery(setup: Setup, rows: Rows, step: Read): Promise<void> {
  const group = step.pk === 'p' ? 'g0' : 'g1';
  const request = {
    IndexName: 'byGroup',
    KeyConditionExpression: 'g = :g AND h > :h',
    ExpressionAttributeValues: marshalRow({ ':g': group, ':h': -2.5 }),
    ScanIndexForward: step.forward,
  };
  const found = [...rows.values()].filter((row) => row.g === group && row.h !== undefined && (row.h as number) > -2.5);

  const read = await pages(setup, 'Query', request, step.limit);
  const backwards = await pages(setup, 'Query', { ...request, ScanIndexForward: !step.forward }, 100);

  assert.deepEqual(backwards.reverse(), read);
  const heights = read.map((row) => row.h as number);
  assert.deepEqual(
    heights,
    [...heights].sort((a, b) => (step.forward ? a - b : b - a)),
  );
  assert.deepEqual(byKey(read), byKey(found));
}

const byKey = (rows: Iterable<Row>) => [...rows].sort((a, b) => (rowKey(a) < rowKey(b) ? -1 : 1));

async function runScan(setup: Setup, rows: Rows, step: Read): Promise<void> {
  const segments = [0, 1, 2].map((Segment) => pages(setup, 'Scan', { Segment, TotalSegments: 3 }, step.limit));

  const read = (await Promise.all(segments)).flat();

  assert.deepEqual(byKey(read), byKey(rows.values()));
}

async function runStep(setup: Setup, rows: Rows, step: Step): Promise<void> {
  switch (step.type) {
    case 'Transact':
      return runTransaction(setup, rows, step.writes);
    case 'Query':
      return runQuery(setup, rows, step);
    case 'QueryIndex':
      return runIndexQuery(setup, rows, step);
    case 'Scan':
      return runScan(setup, rows, step);
    default:
      return runWrite(setup, rows, step);
  }
}

/** The items one gets by following the stream from its start. */
function replay({ engine }: Setup): Row[] {
  const copy = new Map<string, Row>();
  for (const { eventName, dynamodb } of engine.readStream(TABLE, undefined, 1_000_000)) {
    const key = rowKey(unmarshalRow(dynamodb!.Keys as Item));
    const old = dynamodb!.OldImage && unmarshalRow(dynamodb!.OldImage as Item);
    assert.deepEqual(old, copy.get(key));
    if (eventName === 'REMOVE') copy.delete(key);
    else copy.set(key, unmarshalRow(dynamodb!.NewImage as Item));
  }
  return [...copy.values()];
}

/** A history of any length up to this; failing ones are cut down to the steps that matter. */
const history = fc.array(step, { minLength: 1, maxLength: 500, size: 'max' });

test(`the engine does what a plain model does, in ${operations} random operations`, async () => {
  let done = 0;
  const agrees = fc.asyncProperty(history, async (steps) => {
    const setup = setUp();
    const rows: Rows = new Map();
    for (const each of steps) {
      await runStep(setup, rows, each);
      done++;
    }
    assert.deepEqual(byKey(await pages(setup, 'Scan', { ConsistentRead: true }, 100)), byKey(rows.values()));
    assert.deepEqual(byKey(replay(setup)), byKey(rows.values()));
  });

  while (done < operations) await fc.assert(agrees, { numRuns: 10 });

  expect(done).toBeGreaterThanOrEqual(operations);
}, 600_000);
