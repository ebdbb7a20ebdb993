import conditionParser from 'dynalite/db/conditionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import type { TableEngine } from '../../../local/engines/table/engine.ts';
import type { Item } from '../../../local/engines/table/types.ts';
import { call, setUp, TABLE } from './support.ts';

const key = { pk: { S: 'p' }, sk: { S: 's' } };
const n = (value: number) => ({ N: String(value) });
const list = (...values: number[]) => ({ L: values.map(n) });

let engine: TableEngine;
beforeEach(() => {
  engine = setUp().engine;
});

/** The item after an update of the one given, without its key; or the message of the refusal. */
async function after(item: Item, UpdateExpression: string, values?: Item): Promise<unknown> {
  await call(engine, 'PutItem', { TableName: TABLE, Item: { ...key, ...item } });
  const ExpressionAttributeValues = values && { ExpressionAttributeValues: values };
  const update = {
    TableName: TABLE,
    Key: key,
    UpdateExpression,
    ReturnValues: 'ALL_NEW',
    ...ExpressionAttributeValues,
  };
  const { body } = await call(engine, 'UpdateItem', update);
  const { pk, sk, ...rest } = body.Attributes ?? {};
  return body.message ?? rest;
}

test('every right-hand side sees the item as it was', async () => {
  const one = { ':one': n(1) };

  expect(await after({ a: n(1), b: n(2) }, 'SET a = b, b = a')).toEqual({ a: n(2), b: n(1) });
  expect(await after({ a: n(1) }, 'SET a = a + :one, b = a + :one', one)).toEqual({ a: n(2), b: n(2) });
  expect(await after({ a: n(1) }, 'SET b = a REMOVE a')).toEqual({ b: n(1) });
  expect(await after({ l: list(1, 2) }, 'SET l[0] = l[1], l[1] = l[0]')).toEqual({ l: list(2, 1) });
});

test('positions in a list mean the original ones, whatever else the update does', async () => {
  const values = { ':a': n(8), ':b': n(9) };

  expect(await after({ l: list(0, 1, 2, 3) }, 'REMOVE l[0], l[2]')).toEqual({ l: list(1, 3) });
  expect(await after({ l: list(0, 1, 2) }, 'REMOVE l[0] SET l[2] = :a, l[9] = :b', values)).toEqual({
    l: list(1, 8, 9),
  });
  expect(await after({ l: list(0) }, 'SET l[9] = :b, l[5] = :a', values)).toEqual({ l: list(0, 8, 9) });
  expect(await after({ l: { L: [list(0, 1), list(2, 3)] } }, 'REMOVE l[0], l[1][0]')).toEqual({ l: { L: [list(3)] } });
  expect(await after({ l: list(0) }, 'REMOVE l[5]')).toEqual({ l: list(0) });
});

test('brackets that the parser would take minutes for are refused in a sentence', async () => {
  const nested = (levels: number) => `a < b${' OR (a < b'.repeat(levels)}${')'.repeat(levels)}`;
  const put = (ConditionExpression: string) =>
    call(engine, 'PutItem', { TableName: TABLE, Item: key, ConditionExpression });

  expect((await put(nested(4))).error).toBe('ConditionalCheckFailedException');
  expect((await put(nested(7))).body.message).toMatch(/The table engine cannot parse brackets in more than 6 levels/);
});

test('T8: a removal of a place where nothing was leaves what the same update appends', async () => {
  const value = { ':v': n(7) };

  expect(await after({ l: list() }, 'SET l[5] = :v REMOVE l[0]', value)).toEqual({ l: list(7) });
  expect(await after({ l: list(1) }, 'SET l[5] = :v REMOVE l[0], l[1]', value)).toEqual({ l: list(7) });
  expect(await after({ l: list() }, 'SET l[5] = :v REMOVE l[0].a', value)).toMatch(/invalid for update/);
});

test('sets grow without doubles and vanish with their last member', async () => {
  const values = { ':v': { NS: ['1', '2'] } };

  expect(await after({}, 'ADD s :v', values)).toEqual({ s: { NS: ['1', '2'] } });
  expect(await after({ s: { NS: ['2', '3'] } }, 'ADD s :v', values)).toEqual({ s: { NS: ['2', '3', '1'] } });
  expect(await after({ s: { NS: ['2', '3'] } }, 'DELETE s :v', values)).toEqual({ s: { NS: ['3'] } });
  expect(await after({ s: { NS: ['2'] } }, 'DELETE s :v', values)).toEqual({});
  expect(await after({}, 'DELETE s :v', values)).toEqual({});
  expect(await after({ s: { BS: ['AQ==', 'Ag=='] } }, 'DELETE s :v', { ':v': { BS: ['AQ=='] } })).toEqual({
    s: { BS: ['Ag=='] },
  });
});

test('numbers are exact to 38 digits and refuse more', async () => {
  const huge = '99999999999999999999999999999999999999';

  expect(await after({ a: { N: '0.1' } }, 'ADD a :v', { ':v': { N: '0.2' } })).toEqual({ a: { N: '0.3' } });
  expect(await after({ a: { N: huge } }, 'SET a = a - :v', { ':v': n(9) })).toEqual({
    a: { N: huge.replace(/9$/, '0') },
  });
  expect(await after({ a: { N: huge } }, 'ADD a :v', { ':v': { N: '0.1' } })).toMatch(/38 significant digits/);
  expect(await after({ a: n(5) }, 'ADD a :v', { ':v': n(-5) })).toEqual({ a: n(0) });
});

test('what does not fit the item is refused and leaves it as it was', async () => {
  const values = { ':v': n(1) };
  const item = { s: { S: 'text' }, m: { M: { a: n(1) } } };
  const wrongType = 'An operand in the update expression has an incorrect data type';
  const wrongPath = 'The document path provided in the update expression is invalid for update';

  expect(await after(item, 'SET ok = :v ADD s :v', values)).toBe(wrongType);
  expect(await after(item, 'SET ok = s + :v', values)).toBe(wrongType);
  expect(await after(item, 'SET ok = list_append(s, s)')).toBe(wrongType);
  expect(await after(item, 'SET ok = :v, absent.a = :v', values)).toBe(wrongPath);
  expect(await after(item, 'SET m[0] = :v', values)).toBe(wrongPath);
  expect(await after(item, 'REMOVE absent.a')).toBe(wrongPath);
  expect(await after(item, 'SET ok = absent')).toMatch(/refers to an attribute that does not exist/);
  expect(await after(item, 'SET pk = :v', values)).toMatch(
    /Cannot update attribute pk. This attribute is part of the key/,
  );
  expect(await after(item, 'SET g = :v', values)).toMatch(/Type mismatch for Index Key g Expected: S Actual: N/);
  expect(await after(item, 'SET g = :v', { ':v': { S: '' } })).toMatch(
    /cannot contain an empty string value. IndexName: byGroup/,
  );
  expect(await after(item, 'SET d = :v', { ':v': { S: 'x'.repeat(410_000) } })).toMatch(
    /exceeded the maximum allowed size/,
  );
  expect(await after(item, 'SET toString.a = :v', values)).toBe(wrongPath);
  expect(await after(item, 'SET a = :v, a.b = :v', values)).toMatch(/overlap/);
  expect((await call(engine, 'GetItem', { TableName: TABLE, Key: key })).body.Item).toEqual({ ...key, ...item });
});

/** Whether a condition holds for an item; or the message of the refusal. */
async function holds(item: Item, ConditionExpression: string, values: Item): Promise<unknown> {
  await call(engine, 'PutItem', { TableName: TABLE, Item: { ...key, ...item } });
  const condition = { ConditionExpression, ExpressionAttributeValues: values };
  const { error, body } = await call(engine, 'DeleteItem', { TableName: TABLE, Key: key, ...condition });
  if (error === 'ConditionalCheckFailedException') return false;
  return error ? body.message : true;
}

test('equality is by value: numbers however written, sets in any order, documents deeply', async () => {
  const m = { M: { a: list(1, 2), s: { SS: ['x', 'y'] } } };

  expect(await holds({ a: { N: '1.50' } }, 'a = :v', { ':v': { N: '15e-1' } })).toBe(true);
  expect(await holds({ m }, 'm = :v', { ':v': { M: { s: { SS: ['y', 'x'] }, a: list(1, 2) } } })).toBe(true);
  expect(await holds({ m }, 'm = :v', { ':v': { M: { a: list(2, 1), s: { SS: ['x', 'y'] } } } })).toBe(false);
  expect(await holds({ a: { NS: ['1', '2'] } }, 'a = :v', { ':v': { NS: ['2', '1'] } })).toBe(true);
  expect(await holds({ a: { S: '1' } }, 'a <> :v', { ':v': n(1) })).toBe(true);
  expect(await holds({}, 'a <> :v AND NOT a = :v AND NOT a < :v', { ':v': n(1) })).toBe(true);
  expect(
    await holds({ a: { L: [{ NULL: true }, { BOOL: false }] } }, 'contains(a, :v)', { ':v': { BOOL: false } }),
  ).toBe(true);
});

test('order is for numbers, text and binary only', async () => {
  expect(await holds({ a: { B: '/w==' } }, 'a > :v', { ':v': { B: 'AAAA' } })).toBe(true);
  expect(await holds({ a: n(-9.1) }, 'a < :v AND a BETWEEN :w AND :v', { ':v': n(-9), ':w': n(-10) })).toBe(true);
  expect(await holds({ a: n(10) }, 'a > :v', { ':v': { S: '1' } })).toBe(false);
  expect(await holds({ a: { BOOL: true } }, 'a > sk', {})).toMatch(/ExpressionAttributeValues must not be empty/);
  expect(await holds({ a: n(1) }, 'a > :v', { ':v': { BOOL: true } })).toBe(
    'Invalid ConditionExpression: Incorrect operand type for operator or function; operator or function: >, operand type: BOOL',
  );
  expect(await holds({ a: n(1) }, 'sk = :s OR a BETWEEN :v AND :v', { ':s': { S: '' }, ':v': { NULL: true } })).toMatch(
    /operator or function: BETWEEN, operand type: NULL/,
  );
});

test('functions look at attributes of every type', async () => {
  const item = {
    s: { S: 'é한😀' },
    b: { B: 'AQID' },
    bs: { BS: ['AQ=='] },
    ns: { NS: ['1', '2'] },
    m: { M: { a: n(1) } },
  };
  const size = (path: string, value: number) => holds(item, `size(${path}) = :v`, { ':v': n(value) });

  expect(await size('s', 4)).toBe(true);
  expect(await size('b', 3)).toBe(true);
  expect(await size('ns', 2)).toBe(true);
  expect(await size('m', 1)).toBe(true);
  expect(await size('m.a', 1)).toBe(false);
  expect(
    await holds(item, 'begins_with(b, :v) AND contains(b, :w)', { ':v': { B: 'AQI=' }, ':w': { B: 'AgM=' } }),
  ).toBe(true);
  expect(await holds(item, 'contains(bs, :v) AND contains(ns, :w)', { ':v': { B: 'AQ==' }, ':w': n(2) })).toBe(true);
  expect(await holds(item, 'begins_with(ns, :v) OR contains(m, :v)', { ':v': { S: '1' } })).toBe(false);
  expect(await holds(item, 'attribute_type(m.a, :v)', { ':v': { S: 'N' } })).toBe(true);
  expect(await holds(item, 'attribute_exists(toString) OR s = :v', { ':v': { S: '' } })).toBe(false);
  expect(await holds(item, 'starts_with(s, :v)', { ':v': { S: 'é' } })).toMatch(
    /Invalid function name; function: starts_with/,
  );
});

test('keys must be whole, of the right type and not empty', async () => {
  const get = async (Key: Item) => (await call(engine, 'GetItem', { TableName: TABLE, Key })).body.message;
  const put = async (Item: Item) => (await call(engine, 'PutItem', { TableName: TABLE, Item })).body.message;
  let deep: Item = {};
  for (let level = 0; level < 33; level++) deep = { d: { M: deep } };

  expect(await get({ pk: { S: 'p' } })).toMatch(/does not match the schema/);
  expect(await get({ ...key, sk: n(1) })).toMatch(/does not match the schema/);
  expect(await get({ ...key, extra: n(1) })).toMatch(/does not match the schema/);
  expect(await get({ ...key, sk: { S: '' } })).toMatch(/cannot contain an empty string value. Key: sk/);
  expect(await put({ pk: { S: 'p' } })).toMatch(/Missing the key sk in the item/);
  expect(await put({ ...key, pk: n(1) })).toMatch(/Type mismatch for key pk expected: S actual: N/);
  expect(await put({ ...key, sk: { S: 'é'.repeat(513) } })).toMatch(/1024 bytes/);
  expect(await put({ ...key, pk: { S: 'x'.repeat(2049) } })).toMatch(/2048 bytes/);
  expect(await put({ ...key, ...deep })).toMatch(/Nesting Levels/);
  expect(await put({ ...key, d: { S: 'é'.repeat(210_000) } })).toMatch(/maximum allowed size/);
});

test('queries and scans that AWS refuses are refused', async () => {
  const query = async (KeyConditionExpression: string, values: Item, more: object = {}) => {
    const body = { TableName: TABLE, KeyConditionExpression, ExpressionAttributeValues: values, ...more };
    return (await call(engine, 'Query', body)).body.message;
  };
  const p = { ':p': { S: 'p' } };
  const v = { ...p, ':v': { S: 'v' } };

  expect(await query('sk = :p', p)).toMatch(/missed key schema element: pk/);
  expect(await query('pk > :p', p)).toMatch(/key condition not supported/);
  expect(await query('pk = :p AND note = :v', v)).toMatch(/missed key schema element: sk/);
  expect(await query('k = :p AND sk = :v', v, { IndexName: 'byKind' })).toMatch(/key condition not supported/);
  expect(await query('pk = :p', { ':p': n(1) })).toMatch(/does not match schema type/);
  expect(await query('pk = :p', { ':p': { S: '' } })).toMatch(/empty string value. Key: pk/);
  expect(await query('pk = :p', v, { FilterExpression: 'sk = :v' })).toMatch(/non-primary key attributes/);
  expect(await query('pk = :p', p, { IndexName: 'other' })).toMatch(/does not have the specified index: other/);
  expect(await query('pk = :p', p, { Select: 'ALL_PROJECTED_ATTRIBUTES' })).toMatch(
    /only when Querying using an IndexName/,
  );
  expect(await query('pk = :p', p, { Select: 'COUNT', ProjectionExpression: 'sk' })).toMatch(/only the Count/);
  expect(await query('pk = :p', p, { Select: 'SPECIFIC_ATTRIBUTES' })).toMatch(/Must specify the ProjectionExpression/);
  expect(await query('pk = :p', p, { ExclusiveStartKey: { pk: { S: 'q' }, sk: { S: 's' } } })).toMatch(
    /outside query boundaries/,
  );
  expect(await query('pk = :p', p, { ExclusiveStartKey: { pk: { S: 'p' } } })).toMatch(/starting key is invalid/);
  expect(await query('pk = :p', p, { ProjectionExpression: 'pk.a' })).toMatch(/Key attributes must be scalars/);
  const start = { Segment: 0, TotalSegments: 1000, ExclusiveStartKey: key };
  expect((await call(engine, 'Scan', { TableName: TABLE, ...start })).body.message).toMatch(/with correct Segment/);
});

test('a projection keeps the maps and lists around what it names, and lists close ranks', async () => {
  const item = { ...key, l: { L: [list(0, 1), n(2), n(3)] }, m: { M: { a: n(1), b: { M: { c: n(2), d: n(3) } } } } };
  await call(engine, 'PutItem', { TableName: TABLE, Item: item });
  const get = async (ProjectionExpression: string) =>
    (await call(engine, 'GetItem', { TableName: TABLE, Key: key, ProjectionExpression })).body.Item;

  expect(await get('m.b.c, l[2], l[0][1], absent.a, sk')).toEqual({
    sk: key.sk,
    m: { M: { b: { M: { c: n(2) } } } },
    l: { L: [list(1), n(3)] },
  });
  expect(await get('absent')).toEqual({});
});

test('keys may be numbers and binary, in the order of their values and bytes', async () => {
  engine.createTable({
    TableName: 'Typed',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'N' },
      { AttributeName: 'bin', AttributeType: 'B' },
    ],
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'bin', KeyType: 'RANGE' },
    ],
  });
  const put = (at: string) => call(engine, 'PutItem', { TableName: 'Typed', Item: { id: n(1), bin: { B: at } } });
  for (const at of ['gA==', 'AQ==', 'AQA=', 'fw==']) await put(at);
  const query = { TableName: 'Typed', ExpressionAttributeValues: { ':i': { N: '1.0' }, ':a': { B: 'AQ==' } } };
  const found = async (KeyConditionExpression: string) => {
    const { body } = await call(engine, 'Query', { ...query, KeyConditionExpression });
    return body.Items.map((each: Item) => each.bin!.B);
  };

  expect(await found('id = :i AND bin >= :a')).toEqual(['AQ==', 'AQA=', 'fw==', 'gA==']);
  expect(await found('id = :i AND begins_with(bin, :a)')).toEqual(['AQ==', 'AQA=']);
  expect((await put('')).body.message).toMatch(/empty binary value. Key: bin/);
});

test('expressions that come again are not parsed again, and mean the names and values they come with', async () => {
  const parsers = [jest.spyOn(conditionParser, 'parse'), jest.spyOn(updateParser, 'parse')];
  const change = async (name: string, from: object, to: object) => {
    const { error, body } = await call(engine, 'UpdateItem', {
      TableName: TABLE,
      Key: key,
      UpdateExpression: 'SET #name = :to',
      ConditionExpression: '(attribute_not_exists(#name)) OR (#name = :from)',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':from': from, ':to': to },
      ReturnValues: 'ALL_NEW',
    });
    return error ?? { a: body.Attributes.a, b: body.Attributes.b };
  };

  expect(await change('a', n(0), n(1))).toEqual({ a: n(1) });
  expect(await change('a', n(1), { N: '2.0' })).toEqual({ a: n(2) });
  expect(await change('a', n(1), n(3))).toBe('ConditionalCheckFailedException');
  for (const parser of parsers) expect(parser).toHaveBeenCalledTimes(1);
  expect(await change('b', n(1), n(3))).toEqual({ a: n(2), b: n(3) });
  expect(await change('b', n(3), { S: 'text' })).toEqual({ a: n(2), b: { S: 'text' } });
  expect(await change('a', n(2), { N: 'none' })).toBe('ValidationException');
  expect(await change('a', n(2), n(4))).toEqual({ a: n(4), b: { S: 'text' } });
  for (const parser of parsers) expect(parser).toHaveBeenCalledTimes(3);
});

test('a key condition with the value first means the same however often it comes', async () => {
  for (const sk of ['1', '2', '3'])
    await call(engine, 'PutItem', { TableName: TABLE, Item: { ...key, sk: { S: sk } } });
  const found = async (from: string) => {
    const values = { ':p': key.pk, ':from': { S: from } };
    const query = { KeyConditionExpression: ':p = pk AND :from < sk', ExpressionAttributeValues: values };
    const { body } = await call(engine, 'Query', { TableName: TABLE, ...query });
    return body.Items.map((each: Item) => each.sk!.S);
  };

  expect(await found('1')).toEqual(['2', '3']);
  expect(await found('2')).toEqual(['3']);
  expect(await found('0')).toEqual(['1', '2', '3']);
});
