import { type Feature, hasBody, type Route } from '../shared/core/contract.ts';
import { problemDefinitions } from '../shared/product/problems.ts';
import type { Json, JsonObject } from './json.ts';
import { placeholdersOf } from './route-problems.ts';
import { type Schemas, schemaCollector } from './schemas.ts';

const names = (record: object) => Object.keys(record).length > 0;
const key = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
/** A comment in front of a type; nothing for no text. `*` + `/` in a text would end the comment. */
const comment = (text: string | undefined, indent: string) =>
  text ? `/** ${text.replaceAll('*/', '* /').replaceAll('\n', `\n${indent} * `)} */\n${indent}` : '';

/**
 * A JSON Schema as TypeScript, in the vocabulary that zod writes.
 *
 * @param indent the spaces before the line that the type begins on
 */
function typeOf(schema: Json, indent = ''): string {
  const { $ref, const: only, enum: choices, type, properties, items, ...rest } = schema as JsonObject;
  const anyOf = (rest.anyOf ?? rest.oneOf) as readonly Json[] | undefined;
  if ($ref !== undefined) return String($ref).split('/').at(-1)!;
  if (only !== undefined) return JSON.stringify(only);
  if (choices) return (choices as readonly Json[]).map((choice) => JSON.stringify(choice)).join(' | ');
  if (anyOf) return anyOf.map((each) => typeOf(each, indent)).join(' | ');
  if (rest.allOf) return (rest.allOf as readonly Json[]).map((each) => `(${typeOf(each, indent)})`).join(' & ');
  if (Array.isArray(type))
    return type.map((each) => typeOf({ ...(schema as JsonObject), type: each }, indent)).join(' | ');
  if (type === 'array') return `Array<${typeOf(items ?? {}, indent)}>`;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'object') return objectOf((properties ?? {}) as JsonObject, rest, indent);
  return type === undefined ? 'unknown' : String(type);
}

function objectOf(properties: JsonObject, rest: JsonObject, indent: string): string {
  const { required = [], additionalProperties: more, propertyNames: keys } = rest;
  if (!names(properties) && more && more !== true) {
    const values = typeOf(more, indent);
    const limited = keys && 'enum' in (keys as JsonObject) ? typeOf(keys) : undefined;
    if (!limited) return `Record<string, ${values}>`;
    return names(required as object) ? `Record<${limited}, ${values}>` : `Partial<Record<${limited}, ${values}>>`;
  }
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, field]) => {
    const { description } = field as { description?: string };
    const isRequired = (required as readonly Json[]).includes(name);
    const type = typeOf(field, inner);
    const value = isRequired ? type : `${type} | undefined`;
    return `${inner}${comment(description, inner)}${key(name)}${isRequired ? '' : '?'}: ${value};\n`;
  });
  return lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('')}${indent}}`;
}

/** `unknown` is what zod writes for a schema of anything; such a field needs no part of its own. */
const isEmpty = (schema: JsonObject) => schema.type === 'object' && !names((schema.properties ?? {}) as object);

/** The type of a route as a function, as `Call` in `client/api.ts` makes it of the contract. */
function callOf(route: Route, schemas: Schemas): string {
  const params = placeholdersOf(route.path).map((name) => `readonly ${name}: string`);
  const query = schemas.of(route.query, 'input');
  const body = schemas.of(route.body, 'input');
  const part = (name: string, schema: JsonObject, optional: boolean) =>
    `readonly ${name}${optional ? '?' : ''}: ${typeOf(schema, '    ')}`;
  const parts = [
    ...(params.length > 0 ? [`readonly params: { ${params.join('; ')} }`] : []),
    ...(isEmpty(query) ? [] : [part('query', query, mayBeEmpty(query))]),
    ...(hasBody(route) && !isEmpty(body) ? [part('body', body, mayBeEmpty(body))] : []),
  ];
  const optional = parts.every((each) => /^readonly \w+\?/.test(each));
  const result = schemas.of(route.result, 'output');
  const answer = isEmpty(result) ? 'undefined' : typeOf(result, '    ');
  const request = parts.length > 0 ? `{ ${parts.join('; ')} } & CallOptions` : 'CallOptions';
  return `(request${optional ? '?' : ''}: ${request}) => Promise<${answer}>`;
}

const mayBeEmpty = (schema: JsonObject) =>
  schema.type === 'object' && ((schema.required ?? []) as readonly Json[]).length === 0;

const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);

/** References to shared schemas stand in the text until all of them are known: a request's form may get another name. */
function named(types: string, schemas: Schemas): { readonly types: string; readonly shared: string } {
  const references = [...new Set(types.match(/\b(?:input|output):\w+/g) ?? [])];
  const { document, schemas: all } = schemas.settle(
    Object.fromEntries(references.map((name) => [name, { $ref: `#/components/schemas/${name}` }])),
  );
  const name = (reference: string) => typeOf((document as JsonObject)[reference]!);
  const shared = Object.entries(all).map(([id, schema]) => `export type ${id} = ${typeOf(schema)};\n`);
  return { types: types.replace(/\b(?:input|output):\w+/g, name), shared: shared.join('') };
}

/**
 * The types of the client as a text without the contracts and without zod: what the published package has in the place of
 * `client/api.ts`. `test/client/types.test.ts` holds that both are the same types.
 */
export function clientTypes(features: readonly Feature[]): string {
  const schemas = schemaCollector();
  const served = features.filter(({ routes }) => names(routes));
  const interfaces = served.map(({ name, summary, routes }) => {
    const calls = Object.entries(routes).map(
      ([route, of]) =>
        `  ${comment([of.summary, of.description].filter(Boolean).join('\n\n'), '  ')}readonly ${route}: ${callOf(of, schemas)};\n`,
    );
    return `/** ${summary} */\nexport interface ${capital(name)}Api {\n${calls.join('')}}\n`;
  });
  const actions = features.flatMap(({ actions: own }) =>
    Object.values(own).map(({ name, summary, data, reply }) => {
      const sent = schemas.of(data, 'input');
      const fields = [
        `readonly data: ${typeOf(sent, '    ')}`,
        `readonly reply: ${typeOf(schemas.of(reply, 'output'), '    ')}`,
        `readonly bare: ${isEmpty(sent)}`,
      ];
      return `  ${comment(summary, '  ')}readonly ${key(name)}: { ${fields.join('; ')} };\n`;
    }),
  );
  const events = features.flatMap(({ events: own }) =>
    Object.values(own).map(
      ({ name, summary, data }) =>
        `  ${comment(summary, '  ')}readonly ${key(name)}: ${typeOf(schemas.of(data, 'output'), '  ')};\n`,
    ),
  );
  const { types, shared } = named(
    `${interfaces.join('')}
/** \`client.<feature>.<route>(request)\`. */
export interface Api {
${served.map(({ name }) => `  readonly ${name}: ${capital(name)}Api;\n`).join('')}}
/** Socket actions by their name in messages. */
export type Actions = {
${actions.join('')}};
/** The data of server events, by name. */
export type Events = {
${events.join('')}};
`,
    schemas,
  );
  return `/** The types of moim's API and socket. Made from its contracts by \`npm run client:build\`. */
export interface CallOptions {
  /** The \`version\` that the resource must still have; otherwise the call fails with PRECONDITION_FAILED. */
  readonly ifMatch?: number;
  /** The key of a POST that an earlier page or process began; a new key unless given. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}
export type TableEntry = readonly ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string, 'account' | 'none'];
export type RouteTable = { readonly [F in keyof Api]: { readonly [R in keyof Api[F]]: TableEntry } };
export type ActionReply<Name extends keyof Actions> = Actions[Name]['reply'];
/** One wrong field: its place (RFC 6901 pointer into the body, or \`query/limit\`) and what to do, in people's words. */
export interface FieldError {
  readonly pointer: string;
  readonly reason: string;
}
/** What a refusal is about. The docs page says when each one happens, and what a client does. */
export type ProblemCode =
${Object.entries(problemDefinitions)
  .map(([code, { when }]) => `  ${comment(when, '  ')}| '${code}'`)
  .join('\n')};
${types}${shared}`;
}
