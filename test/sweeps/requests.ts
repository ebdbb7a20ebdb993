/** Requests that somebody may make, so that only what is wrong with them is refused. */
import { problemsOf } from '../../docgen/route-problems.ts';
import { sampleOf } from '../../docgen/sample.ts';
import { hasBody } from '../../shared/core/contract.ts';
import { type ProblemCode, problemDefinitions } from '../../shared/product/problems.ts';
import { seenAnswers } from '../support/documented.ts';
import { bearer, json } from './client.ts';
import type { Attempt } from './refused.ts';
import { type each, inputSchema, isGuarded, pathOf, type Subject } from './samples.ts';
import type { World } from './world.ts';

export const takesBody = ({ route }: Subject) => hasBody(route);
export const mayHaveBody = ({ route }: Subject) => route.method !== 'GET';
/** The fields of a schema, as JSON Schema. */
/** The fields of a body; of one that has several forms, those of all forms. */
export function properties(schema: Subject['route']['body']) {
  const { properties: own, oneOf = [] } = inputSchema(schema);
  const forms = oneOf as { readonly properties?: object }[];
  const all = Object.assign({}, own, ...forms.map((form) => form.properties));
  return all as Readonly<Record<string, { readonly enum?: readonly string[] }>>;
}

export function requestOf(world: World, subject: Subject, more: Partial<Attempt>, query = '') {
  const token = isGuarded(subject) ? bearer(world.leader.tokens.accessToken) : {};
  const { method } = subject.route;
  const headers = { ...json, ...token, ...more.headers };
  return { method, path: pathOf(subject, world.ids) + query, ...more, headers };
}

/** The query that a guarded route demands, with what nobody has; nothing where it demands none. */
export function queryOf(subject: Subject): string {
  if (!isGuarded(subject) || subject.route.query.safeParse({}).success) return '';
  const schema = inputSchema(subject.route.query);
  return `?${new URLSearchParams(sampleOf(schema, schema) as Record<string, string>)}`;
}

/** Where a problem says the wrong fields are. */
export const pointers = (body: { errors?: { pointer: string }[] }) => (body.errors ?? []).map(({ pointer }) => pointer);

/** The answers that the nature of these routes makes possible for these problems, but that no request got. */
export const unseen = (codes: readonly ProblemCode[], of: ReturnType<typeof each>) =>
  of
    .flatMap(([, { feature, name, route }]) =>
      problemsOf(feature, route)
        .filter((code) => codes.includes(code))
        .map((code) => `${name} ${problemDefinitions[code].status}`),
    )
    .filter((answer) => !seenAnswers.has(answer));
