import * as z from 'zod';
import { features } from '../../functions/features.ts';
import { composed } from '../../shared/core/composed.ts';
import {
  action,
  day,
  defaultBodyLimit,
  type Feature,
  feature,
  hasBody,
  id,
  instant,
  pageOf,
  pageQuery,
  route,
  routeKey,
  triggersOf,
} from '../../shared/core/contract.ts';
import type { Rights } from '../../shared/core/rights.ts';

const named = { name: 'things', area: 'groups', summary: 'Things', rights: {} } as const;
const bare = route({ method: 'DELETE', path: '/v1/things/{thingId}', summary: 'Drop a thing', auth: 'account' });

test('a route takes nothing, answers 204 and reads 32 KB unless it says otherwise', () => {
  expect(bare).toMatchObject({ status: 204, problems: [], bodyLimit: defaultBodyLimit, description: undefined });
  expect(bare.query.safeParse({ x: '1' }).success).toBe(false);
  expect(bare.body.safeParse({ x: 1 }).success).toBe(false);
  expect(bare.result.safeParse({}).success).toBe(true);
  expect(hasBody(bare)).toBe(false);
  expect(routeKey(bare)).toBe('DELETE /v1/things/{thingId}');
  expect(defaultBodyLimit).toBe(32_768);
});

test('a route with a result answers 200, or what it says', () => {
  const result = z.object({});
  const body = z.strictObject({ a: z.string() });
  const got = route({ method: 'GET', path: '/v1/things', summary: 'Things', auth: 'none', result });
  const made = route({
    ...{ method: 'POST', path: '/v1/things', summary: 'New', description: 'More', auth: 'none', result, body },
    fromPlace: 'codeFromPlace',
    ...{ status: 201, problems: ['NOT_FOUND'], bodyLimit: 7, query: z.strictObject(pageQuery) },
  });

  expect(got.status).toBe(200);
  expect(made).toMatchObject({ status: 201, problems: ['NOT_FOUND'], bodyLimit: 7, description: 'More' });
  expect(hasBody(made)).toBe(true);
  expect(made.query.parse({})).toEqual({ limit: 20 });
});

test('an action takes and replies nothing unless it says otherwise', () => {
  const quiet = action({ name: 'ping', summary: 'Ping' });
  const loud = action({ name: 'a.b', summary: 'B', data: z.int(), reply: z.string(), problems: ['NOT_FOUND'] });

  expect(quiet.problems).toEqual([]);
  expect(quiet.data.safeParse({ x: 1 }).success).toBe(false);
  expect(quiet.reply.safeParse({}).success).toBe(true);
  expect(loud.data.parse(7)).toBe(7);
  expect(loud.reply.parse('x')).toBe('x');
  expect(loud.problems).toEqual(['NOT_FOUND']);
});

const job = { summary: 'Work', schedule: { rate: '1 hour' } };
const consumer = {
  summary: 'Work',
  entity: 'Outbox' as const,
  on: ['INSERT' as const],
  lane: 'live' as const,
  rights: {},
};

test.each<[string, Feature, string[]]>([
  ['nothing', feature(named), []],
  ['a route', feature({ ...named, routes: { bare } }), ['http']],
  ['the fallback', feature({ ...named, answersFor: ['fallback'] }), ['http']],
  ['an action', feature({ ...named, actions: { ping: action({ name: 'ping', summary: 'Ping' }) } }), ['socket']],
  ['the lifecycle', feature({ ...named, answersFor: ['lifecycle'] }), ['socket']],
  ['a job', feature({ ...named, jobs: { job } }), ['job']],
  ['a consumer, which runs in the function of its lane', feature({ ...named, consumers: { consumer } }), []],
  ['the judge of requests', feature({ ...named, answersFor: ['httpAuthorizer'] }), ['httpAuthorizer']],
  ['the judge of sockets', feature({ ...named, answersFor: ['socketAuthorizer'] }), ['socketAuthorizer']],
  ['the reports on mail', feature({ ...named, answersFor: ['mailFeedback'] }), ['mailFeedback']],
  ['a route and the fallback', feature({ ...named, routes: { bare }, answersFor: ['fallback'] }), ['http']],
])('a feature with %s has functions for just that', (_, declared, triggers) => {
  expect(triggersOf(declared)).toEqual(triggers);
});

test('a feature has defaults for all it does not say', () => {
  expect(feature(named)).toEqual({
    ...named,
    routes: {},
    actions: {},
    events: {},
    jobs: {},
    consumers: {},
    due: {},
    answersFor: [],
    tuning: {},
  });
});

test('a page is a list with the way on, of 1 to 50 items', () => {
  const query = z.strictObject(pageQuery);

  expect(pageOf(z.int()).parse({ items: [1], nextCursor: null })).toEqual({ items: [1], nextCursor: null });
  expect(query.parse({ limit: '50', cursor: 'x' })).toEqual({ limit: 50, cursor: 'x' });
  for (const limit of ['0', '51', '1.5', 'ten', '']) expect(query.safeParse({ limit }).success).toBe(false);
  expect(query.safeParse({ cursor: 'x'.repeat(1025) }).success).toBe(false);
});

test.each([
  [id, '019a7f3e-0000-7000-8000-000000000000', 'me'],
  [day, '2028-02-29', '2027-02-29'],
  [instant, '2026-11-21T09:00:00.000Z', '2026-11-21T18:00:00+09:00'],
])('the field accepts what it is for and no more: %#', (schema, right, wrong) => {
  expect(schema.safeParse(right).success).toBe(true);
  expect(schema.safeParse(wrong).success).toBe(false);
});

test('the feature that works what is due has the rights of all kinds; a kind has one feature', () => {
  const works = {
    name: 'works',
    summary: '',
    answersFor: ['due'] as const,
    rights: { job: { write: ['Due'] as const } },
  };
  const needs = (rights: Rights) => feature({ ...named, due: { kind: { summary: '', rights } } });
  const list = [feature(works), needs({ write: ['Due', 'Group'], sendMail: true, readObjects: ['files/'] })];

  expect(composed(list)[0]!.rights).toEqual({
    job: { write: ['Due', 'Group'], sendMail: true, readObjects: ['files/'] },
  });
  expect(composed(list)[1]).toBe(list[1]);
  expect(triggersOf(list[1]!)).toEqual([]);
  expect(() => composed([needs({}), needs({})])).toThrow('two features have a kind "kind"');
});

describe('the product', () => {
  const routes = features.flatMap(({ routes }) => Object.values(routes));

  test('declares each route and each action once', () => {
    const keys = [
      ...routes.map(routeKey),
      ...features.flatMap((each) => Object.values(each.actions).map((a) => a.name)),
    ];

    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  test('has one feature for each duty', () => {
    expect(features.flatMap(({ answersFor }) => answersFor).sort()).toEqual([
      'due',
      'fallback',
      'httpAuthorizer',
      'lifecycle',
      'mailFeedback',
      'socketAuthorizer',
    ]);
  });

  test('names in rights and tuning only functions it has: by work of the contract, or by `answersFor`', () => {
    const idle = features.flatMap((each) =>
      [...Object.keys(each.rights), ...Object.keys(each.tuning)].filter(
        (trigger) => !triggersOf(each).some((has) => has === trigger),
      ),
    );

    expect(idle).toEqual([]);
  });

  test('takes no unknown field in any body or query, except what monitors add to theirs', () => {
    const lax = routes.filter(({ body, query }) =>
      [body, query].some((schema) => schema.safeParse({ zzz: 1 }).success),
    );

    expect(lax.map(routeKey)).toEqual(['GET /health']);
  });
});
