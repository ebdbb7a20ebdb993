import * as z from 'zod';
import { asyncapiDocument } from '../../docgen/asyncapi.ts';
import { openapiDocument } from '../../docgen/openapi.ts';
import { features } from '../../functions/features.ts';
import { routeKey } from '../../shared/core/contract.ts';
import { problemDefinitions } from '../../shared/product/problems.ts';

/** Summaries and descriptions of a document, at any depth. */
function publicTexts(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === 'string' && ['summary', 'description'].includes(name) ? [each] : publicTexts(each),
  );
}
/** Row numbers, "one" for a person, and other wordings that docs/style.md replaces. */
const unfit =
  /\brows? \d|\b(whoever|oneself|one's|no more|is told|are told|hears? of|any more|of which)\b|\bone (is|has|can|wants)\b|(^|[.!?] )(What|Who|Of) /i;

const routes = features.flatMap((feature) =>
  Object.entries(feature.routes).map(([name, route]) => ({ feature: feature.name, name, route })),
);
const twice = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);

describe('the contracts', () => {
  it.each(routes)('say what $feature.$name is for, in one line', ({ route: { summary } }) => {
    expect(summary).toMatch(/^[A-Z][^\n]{3,79}[^.\n]$/);
    expect(summary.split(' ').length).toBeLessThanOrEqual(8);
  });

  it('name no rows of the feature list and no unnamed people in what the public reads', () => {
    const read = [...publicTexts(openapiDocument(features)), ...publicTexts(asyncapiDocument(features))];
    const told = Object.values(problemDefinitions).flatMap(({ when, remedy }) => [when, remedy]);

    expect(read.length).toBeGreaterThan(300);
    expect([...read, ...told].filter((text) => unfit.test(text))).toEqual([]);
  });

  it('give each route, path, action and event a name of its own', () => {
    const of = (part: 'actions' | 'events') => features.flatMap((f) => Object.values(f[part]).map(({ name }) => name));

    expect(twice(routes.map(({ name }) => name))).toEqual([]);
    expect(twice(routes.map(({ route }) => routeKey(route)))).toEqual([]);
    expect(twice(of('actions'))).toEqual([]);
    expect(twice(of('events'))).toEqual([]);
    expect(twice(features.map(({ name }) => name))).toEqual([]);
  });

  it.each(routes)('give $feature.$name a path of plural nouns under /v1', ({ route: { path } }) => {
    expect(path).toMatch(/^(\/health|\/v1(\/[a-z]+(-[a-z]+)*|\/\{[a-z][A-Za-z]*Id\})+)$/);
  });

  it.each(routes)('let $feature.$name answer as its method does', ({ route: { method, status } }) => {
    const allowed = { GET: [200], POST: [200, 201, 202, 204], PUT: [200, 204], PATCH: [200], DELETE: [204] };

    expect(allowed[method]).toContain(status);
  });
});

test('report 6: the body of a PATCH has no defaults, so that what it does not say stays', () => {
  const patches = features
    .flatMap(({ routes }) => Object.entries(routes))
    .filter(([, { method }]) => method === 'PATCH')
    .map(([name, { body }]) => [name, JSON.stringify(z.toJSONSchema(body, { io: 'input' })).includes('"default":')]);

  expect(patches.length).toBeGreaterThan(2);
  expect(patches).toEqual(patches.map(([name]) => [name, false]));
});
