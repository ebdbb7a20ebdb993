import fc from 'fast-check';
import * as z from 'zod';
import { type Route, route } from '../../shared/core/contract.ts';
import { newId } from '../../shared/core/ids.ts';
import type { HttpEvent } from '../../shared/http/exchange.ts';
import { bodyOf, checked, ifMatchOf, networkOf, paramsOf, placeInLog, placeOf } from '../../shared/http/parse.ts';
import { Problem } from '../../shared/product/problems.ts';

const thing: Route = route({
  ...{ method: 'POST', path: '/v1/things', summary: 'New', auth: 'none', fromPlace: 'codeFromPlace', bodyLimit: 100 },
  body: z.strictObject({ a: z.unknown() }),
});
const json = 'application/json';

function eventOf(body: string | undefined, type?: string, isBase64Encoded = false): HttpEvent {
  return { body, isBase64Encoded, headers: type === undefined ? {} : { 'content-type': type } } as unknown as HttpEvent;
}

const problemOf = (act: () => unknown): Problem => {
  try {
    act();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const codeOf = (act: () => unknown) => problemOf(act).code;

describe('what is wrong with a value', () => {
  const schema = z.strictObject({
    title: z.string().min(2),
    list: z.array(z.strictObject({ n: z.int() })).default([]),
    'a/b~c': z.string().optional(),
  });
  const errorsOf = (value: unknown, where = '', locale: 'ko' | 'en' = 'en') =>
    problemOf(() => checked(schema, value, where, locale)).errors;
  const pointersOf = (value: unknown, where = '') => errorsOf(value, where).map(({ pointer }) => pointer);

  test('is nothing where it fits', () => {
    expect(checked(schema, { title: 'ok' }, '', 'ko')).toEqual({ title: 'ok', list: [] });
  });

  test('is named by a pointer into the body', () => {
    expect(pointersOf({})).toEqual(['/title']);
    expect(pointersOf({ title: 'ok', list: [{ n: 1 }, { n: 'x' }] })).toEqual(['/list/1/n']);
    expect(pointersOf({ title: 'ok', 'a/b~c': 7 })).toEqual(['/a~1b~0c']);
    expect(pointersOf('text')).toEqual(['']);
  });

  test('is named field by field where fields are unknown', () => {
    expect(pointersOf({ title: 'ok', x: 1, 'y/z': 2 })).toEqual(['/x', '/y~1z']);
    expect(pointersOf({ title: 'ok', list: [{ n: 1, m: 2 }] })).toEqual(['/list/0/m']);
  });

  test('is named once for each field, by what was found first', () => {
    expect(errorsOf({ title: [] })).toEqual([{ pointer: '/title', reason: 'Enter text.' }]);
    const nickname = z.strictObject({
      nickname: z
        .string()
        .min(2)
        .regex(/^[a-z]+$/),
    });
    const { errors } = problemOf(() => checked(nickname, { nickname: '' }, '', 'en'));
    expect(errors).toEqual([{ pointer: '/nickname', reason: 'Enter at least 2 characters.' }]);
  });

  test('is named under the place where it stands', () => {
    expect(pointersOf({}, 'query')).toEqual(['query/title']);
    expect(pointersOf({}, '/data')).toEqual(['/data/title']);
  });

  test('is said in the language of the caller', () => {
    const bad = { title: '', extra: 1 };

    expect(errorsOf(bad, '', 'ko').every(({ reason }) => /[가-힣]/.test(reason))).toBe(true);
    expect(errorsOf(bad, '', 'en').some(({ reason }) => /[가-힣]/.test(reason))).toBe(false);
    expect(errorsOf(bad, '', 'en')).toHaveLength(2);
  });

  test('is told twenty times at most', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`x${i}`, i]));

    expect(errorsOf({ title: 'ok', ...many })).toHaveLength(20);
  });

  test('is always a refusal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        if (!schema.safeParse(value).success)
          expect(codeOf(() => checked(schema, value, '', 'ko'))).toBe('INVALID_REQUEST');
      }),
    );
  });
});

test('a name that every object has is an unknown field like others', () => {
  const body = bodyOf(eventOf('{"a":1,"__proto__":{"admin":true}}', json), thing);

  expect(codeOf(() => checked(thing.body, body, '', 'en'))).toBe('INVALID_REQUEST');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test.each([
  [json],
  ['APPLICATION/JSON'],
  ['application/json;charset=utf-8'],
  ['application/json; charset=UTF-8'],
  ['application/json; charset="utf-8"'],
  ['application/json ; v=1'],
])('a body of the type %j is read', (type) => {
  expect(bodyOf(eventOf('{"a":"가"}', type), thing)).toEqual({ a: '가' });
});

test.each([
  [undefined],
  [''],
  ['text/plain'],
  ['application/x-www-form-urlencoded'],
  ['multipart/form-data; boundary=application/json'],
  ['application/jsonx'],
  ['application/problem+json'],
  ['application/json; charset=euc-kr'],
  ['application/json; charset=utf-16'],
])('a body of the type %j is refused', (type) => {
  expect(codeOf(() => bodyOf(eventOf('{"a":1}', type), thing))).toBe('UNSUPPORTED_MEDIA_TYPE');
});

test.each(['{', '{"a":}', "{'a':1}", 'undefined', '\ufeff{}', '{"a":1}{', 'NaN'])('the body %j is no JSON', (body) => {
  expect(codeOf(() => bodyOf(eventOf(body, json), thing))).toBe('MALFORMED_BODY');
});

test('no body is an empty object, whatever type it has', () => {
  expect(bodyOf(eventOf(undefined), thing)).toEqual({});
  expect(bodyOf(eventOf('', 'text/plain'), thing)).toEqual({});
});

test('a body may be as large as its route says, counted in bytes', () => {
  const text = (bytes: number) => `"${'a'.repeat(bytes - 2)}"`;
  const base64 = (body: string) => eventOf(Buffer.from(body).toString('base64'), json, true);

  expect(bodyOf(eventOf(text(100), json), thing)).toHaveLength(98);
  expect(bodyOf(base64(text(100)), thing)).toHaveLength(98);
  expect(codeOf(() => bodyOf(eventOf(text(101), json), thing))).toBe('BODY_TOO_LARGE');
  expect(codeOf(() => bodyOf(base64(text(101)), thing))).toBe('BODY_TOO_LARGE');
  expect(codeOf(() => bodyOf(eventOf(`"${'가'.repeat(33)}"`, json), thing))).toBe('BODY_TOO_LARGE');
});

test('whatever is sent as a body, nothing but a refusal comes of it', () => {
  const body = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.json({ maxDepth: 3 }));
  const type = fc.oneof(fc.constantFrom(json, undefined), fc.string({ unit: 'binary', maxLength: 30 }));

  fc.assert(
    fc.property(body, type, fc.boolean(), (text, contentType, encoded) => {
      try {
        checked(thing.body, bodyOf(eventOf(text, contentType, encoded), thing), '', 'ko');
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a path names things by id', () => {
  const id = newId(1);
  const of = (pathParameters?: Record<string, string | undefined>) => () => paramsOf({ pathParameters } as HttpEvent);

  expect(of({ groupId: id })()).toEqual({ groupId: id });
  expect(of(undefined)()).toEqual({});
  for (const text of ['', 'me', id.toUpperCase(), `${id} `, '../..', undefined])
    expect(codeOf(of({ groupId: id, missionId: text }))).toBe('NOT_FOUND');
});

test.each([
  [undefined, undefined],
  ['"3"', 3],
  [' "3" ', 3],
  ['W/"3"', 3],
  [`W/"3.${'a-_9'.repeat(5)}bc"`, 3],
  [`"3.${'a-_9'.repeat(5)}bc"`, 3],
  ['"3.abc"', -1],
  [`W/"${'a-_9'.repeat(5)}bc"`, -1],
  [`W/"12-${'a-_9'.repeat(4)}bcd"`, -1],
  ['"0"', 0],
  ['"999999999"', 999_999_999],
  ['"1234567890"', -1],
  ['3', -1],
  ['*', undefined],
  ['', -1],
  ['"3", "4"', -1],
  ['"-1"', -1],
  ['"3x"', -1],
])('If-Match %j asks for version %s', (header, version) => {
  expect(ifMatchOf(header)).toBe(version);
});

describe('a place and its network', () => {
  test.each([
    ['203.0.113.5', '203.0.113.5', true, true],
    ['203.0.113.5', '203.0.113.6', false, true],
    ['203.0.113.5', '203.0.114.5', false, false],
    ['2001:db8:1:2::5', '2001:0DB8:1:2:9::', true, true],
    ['2001:db8:1:2::5', '2001:db8:1:3::5', false, true],
    ['2001:db8:1::', '2001:db8:1:0:7::1', true, true],
    ['2001:db8:1:2::5', '2001:db8:2:2::5', false, false],
    ['::1', '0:0:0:0:1::', true, true],
  ])('%s and %s: the same place %s, the same network %s', (a, b, place, network) => {
    expect([placeOf(a) === placeOf(b), networkOf(a) === networkOf(b)]).toEqual([place, network]);
  });

  test('F15: the log shows the same place by the same hash, which nobody finds without the key', () => {
    const shown = (address: string, current: string) => placeInLog(address, { current });

    expect(shown('2001:db8:1:2::5', 'k')).toBe(shown('2001:db8:1:2::9', 'k'));
    const others = [shown('203.0.113.6', 'k'), shown('203.0.113.5', 'other'), placeOf('203.0.113.5')];
    expect(others).not.toContain(shown('203.0.113.5', 'k'));
    expect(shown('203.0.113.5', 'k')).toMatch(/^[\w-]{22}$/);
  });
});
