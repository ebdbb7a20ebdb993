import validators from 'dynalite/validations/index.js';
import fc from 'fast-check';
import { parsingOnce } from '../../../local/engines/table/expressions.ts';

// This file must not import the engine, which puts its own in place of the validators' function.
const validate = validators.validateExpressions;

const s = (S: string) => ({ S });
const n = (N: string) => ({ N });

/** What comes of a request: the message of a refusal, or the request with its parsed expressions. */
function outcome(parse: typeof validate, request: object) {
  const data = JSON.parse(JSON.stringify(request)) as object;
  try {
    // As text too, because transactions are told apart by it, so that the order of members counts.
    return [parse(data), data, JSON.stringify(data)];
  } catch (error) {
    return String(error);
  }
}

/** Asserts that each request in turn has the outcome it has alone; tells which of them were parsed. */
function parsedOf(...requests: object[]): boolean[] {
  let parsed = false;
  const once = parsingOnce((data) => {
    parsed = true;
    return validate(data);
  });
  return requests.map((request) => {
    parsed = false;
    expect(outcome(once, request)).toStrictEqual(outcome(validate, request));
    return parsed;
  });
}

const update = {
  UpdateExpression: 'SET #a = :v1, m.b = if_not_exists(m.b, :v2) + :v2 REMOVE l[1]',
  ConditionExpression: '(attribute_exists(#a)) AND ((#a = :v1) OR (size(#a) IN (:v2, :v3)))',
  ExpressionAttributeNames: { '#a': 'one' },
  ExpressionAttributeValues: { ':v1': s('x'), ':v2': n('1'), ':v3': n('2') },
};
const withValues = (...values: object[]) => ({
  ...update,
  ExpressionAttributeValues: Object.fromEntries(values.map((value, at) => [`:v${at + 1}`, value])),
});

test('the same texts with other values of the same types are parsed once, and mean the other values', () => {
  expect(parsedOf(update, update, withValues(s('y'), n('3'), n('4')))).toEqual([true, false, false]);
  const numbers = withValues(s(''), n('1e3'), n('007.50'));
  expect(parsedOf(update, numbers, numbers)).toEqual([true, false, false]);
  expect(outcome(parsingOnce(validate), numbers)[2]).toContain('7.5');
  const document = { M: { ':v1': { L: [s('x'), { M: {} }] }, attrType: s('S'), type: s('function') } };
  expect(parsedOf(...[document, { M: {} }, document].map((value) => withValues(value, n('1'), n('1'))))).toEqual([
    true,
    false,
    false,
  ]);
});

test('other names, other types and other texts are parsed by themselves', () => {
  const renamed = (name: string) => ({ ...update, ExpressionAttributeNames: { '#a': name } });
  const names = ['one', 'two', 'constructor', 'm', ''].map(renamed);
  expect(parsedOf(...names, ...names)).toEqual([true, true, true, true, true, false, false, false, true, true]);
  expect(parsedOf(update, withValues(n('1'), n('1'), n('2')), update)).toEqual([true, true, false]);
  expect(parsedOf(update, withValues(s('x'), s('1'), n('2')), update)).toEqual([true, true, false]);
  // One text in two places is two expressions.
  const text = 'pk = :v1';
  const values = { ExpressionAttributeValues: { ':v1': s('p') } };
  const condition = { ConditionExpression: text, ...values };
  const key = { KeyConditionExpression: text, ...values };
  const filter = { FilterExpression: text, ...values };
  expect(parsedOf(condition, key, filter, { ProjectionExpression: 'pk' }, key)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test('what is refused stays refused after the like of it was not, and the other way round', () => {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = update;
  const wrong = [
    { ...update, ExpressionAttributeNames: { ...names, '#b': 'unused' } },
    { ...update, ExpressionAttributeNames: undefined },
    { ...update, ExpressionAttributeNames: {} },
    { ...update, ExpressionAttributeNames: { ...names, 'a b': 'c' } },
    { ...update, ExpressionAttributeValues: { ...values, ':v4': s('unused') } },
    { ...update, ExpressionAttributeValues: undefined },
    { ...update, ExpressionAttributeValues: {} },
    { ...update, ConditionExpression: '' },
    { ...update, ConditionExpression: undefined },
    { ...update, UpdateExpression: 'SET #a = :v1, #a = :v2' },
    withValues(s('x'), n('1')),
    withValues(s('x'), n('one'), n('2')),
    withValues(s('x'), n('1'), n('1e126')),
    withValues(s('x'), n('1'), n('1'.repeat(39))),
    withValues(s('x'), n('1'), {}),
    withValues({ ...s('x'), ...n('1') }, n('1'), n('2')),
    withValues({ SS: [] }, n('1'), n('2')),
    withValues({ NS: ['1', '1.0'] }, n('1'), n('2')),
    withValues({ M: { a: n('one') } }, n('1'), n('2')),
    { ...update, ExpressionAttributeValues: { ...values, ':v1': null } },
  ];
  for (const request of wrong) expect(parsedOf(update, request, update, request)).toEqual([true, true, false, true]);
  const sets = [{ SS: ['a', 'b'] }, { SS: ['a', 'a'] }, { SS: [] }, { SS: ['c'] }];
  expect(parsedOf(...sets.map((set) => withValues(set, n('1'), n('2'))))).toEqual([true, true, true, false]);
});

test('operands that the parsers judge by their values are parsed each time', () => {
  const type = (S: string) => ({
    ConditionExpression: 'attribute_type(a, :v)',
    ExpressionAttributeValues: { ':v': s(S) },
  });
  expect(parsedOf(type('S'), type('TEXT'), type('N'))).toEqual([true, true, true]);
  const between = (low: string, high: string) => ({
    KeyConditionExpression: 'pk = :p And sk bEtWeEn :a AND :b',
    ExpressionAttributeValues: { ':p': s('p'), ':a': n(low), ':b': n(high) },
  });
  expect(parsedOf(between('1', '2'), between('2', '1'), between('2', '2'))).toEqual([true, true, true]);
});

test('what is done to a parsed expression, as dynalite does to reversed key conditions, is done to that one alone', () => {
  const once = parsingOnce(validate);
  const request = {
    KeyConditionExpression: ':v1 < #a',
    FilterExpression: 'b.c = :v2',
    ProjectionExpression: 'b.c, b.d[1]',
    ExpressionAttributeNames: { '#a': 'sk' },
    ExpressionAttributeValues: { ':v1': s('x'), ':v2': s('y') },
  };
  const spoil = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const each of Object.values(part)) spoil(each);
    for (const name of Object.keys(part)) delete (part as Record<string, unknown>)[name];
  };
  for (let round = 0; round < 3; round++) {
    const [message, data, text] = outcome(once, request) as [undefined, object, string];
    expect([message, text]).toEqual([undefined, outcome(validate, request)[2]]);
    spoil(data);
  }
});

test('the texts that are kept are not more than a thousand', () => {
  const request = (at: number) => ({ ProjectionExpression: `a${at}` });
  const parsed = parsedOf(...Array.from({ length: 1001 }, (_, at) => request(at)), request(1000), request(0));
  expect(parsed.slice(-2)).toEqual([false, true]);
});

test('whatever comes in whatever order, each request is answered as it is alone', () => {
  const conditions = [
    '#a = :v',
    ':v >= c',
    'attribute_exists(#a)',
    'begins_with(#a, :v)',
    'contains(d.e[0], :v) OR (c < :w)',
    '(size(#a) > :v) AND ((c <> :w) OR (attribute_not_exists(#a.f)))',
    'NOT (#a IN (:v, :w))',
    'attribute_type(c, :v)',
    '#a BETWEEN :v AND :w',
    'c = #a',
    'c =',
  ];
  const updates = [
    'SET #a = :v',
    'SET c = c + :v, d.e[0] = list_append(#a, :w)',
    'ADD #a :v',
    'DELETE c :v REMOVE d.e',
  ];
  const values = [s('S'), s('b'), n('1'), n('2.0'), n('x'), { SS: ['a'] }, { L: [n('01')] }, { BOOL: true }, {}];
  const texts = fc.record({
    UpdateExpression: fc.option(fc.constantFrom(...updates), { nil: undefined }),
    ConditionExpression: fc.constantFrom(...conditions),
    ProjectionExpression: fc.constantFrom(undefined, 'c, #a', 'd.e[0]'),
  });
  const value = fc.constantFrom(...values);
  // Most bring along just what their texts name.
  const request = fc
    .tuple(texts, fc.constantFrom('a', 'c'), value, value, fc.nat(9))
    .map(([expressions, a, v, w, stray]) => {
      const named = (given: Record<string, unknown>) => {
        const used = Object.entries(given).filter(
          ([name]) => stray === 0 || JSON.stringify(expressions).includes(name),
        );
        return used.length > 0 ? Object.fromEntries(used) : undefined;
      };
      const given = {
        ExpressionAttributeNames: named({ '#a': a }),
        ExpressionAttributeValues: named({ ':v': v, ':w': w }),
      };
      return { ...expressions, ...given };
    });
  const requests = fc.sample(request, { numRuns: 300, seed: 1 });
  const fine = requests.filter((each) => outcome(validate, each)[0] === undefined);
  const parsed = parsedOf(...requests, ...fine, ...requests);

  expect(fine.length).toBeGreaterThan(40);
  expect(parsed.filter((each) => !each).length).toBeGreaterThan(60);
});
