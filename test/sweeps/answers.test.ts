import { readFileSync } from 'node:fs';
import { problemsOf } from '../../docgen/route-problems.ts';
import { routeKey } from '../../shared/core/contract.ts';
import { problemDefinitions } from '../../shared/product/problems.ts';
import { each, subjects } from './samples.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}
// biome-ignore lint/suspicious/noExplicitAny: the document is read as any client would
const document: any = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const operations = new Map<string, Operation>(
  Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
  ),
);

/** The problem codes that the document names for a route's status. */
function documentedCodes(operation: Operation, status: number): readonly string[] {
  const response = operation.responses[status];
  const shared = response?.$ref ? document.components.responses[response.$ref.split('/').at(-1)!] : response;
  const parts = shared?.content?.['application/problem+json']?.schema?.allOf ?? [];
  return parts.flatMap((part: { properties?: { code?: { enum?: string[] } } }) => part.properties?.code?.enum ?? []);
}

test('the documents and the contracts name the same routes', () => {
  const declared = subjects.map(({ name, route }) => [routeKey(route), name]);

  const named = [...operations].map(([key, { operationId }]) => [key, operationId]);

  expect(named.sort()).toEqual(declared.sort());
  expect(new Set(subjects.map(({ name }) => name)).size).toBe(subjects.length);
});

test.each(each())('%s: the document names every problem of the contract, and no other', (key, { feature, route }) => {
  const operation = operations.get(key)!;
  const statuses = Object.keys(operation.responses).map(Number);

  const named = statuses.flatMap((status) => documentedCodes(operation, status).map((code) => `${status} ${code}`));

  const expected = problemsOf(feature, route).map((code) => `${problemDefinitions[code].status} ${code}`);
  expect(named.sort()).toEqual(expected.sort());
  for (const code of route.problems) expect(named).toContain(`${problemDefinitions[code].status} ${code}`);
  expect(operation.security).toEqual(route.auth === 'account' ? [{ bearer: [] }] : []);
});
