import { type Feature, hasBody, type Route } from '../shared/core/contract.ts';
import { type ProblemCode, problemDefinitions } from '../shared/product/problems.ts';
import { type Json, type JsonObject, object } from './json.ts';
import {
  asIdentifier,
  byIdentifier,
  gatewaySchema,
  headers,
  parameters,
  problemSchema,
  refs,
  securitySchemes,
} from './parts.ts';
import { byStatus, gatewayAnswers, givesEtag, placeholdersOf, problemsOf, takesIfMatch } from './route-problems.ts';
import { sampleOf } from './sample.ts';
import { noSamples, type Samples } from './samples.ts';
import { type Schemas, schemaCollector } from './schemas.ts';

const about = `The API of moim: study groups and challenge groups.

- JSON in UTF-8; unknown fields are refused; ids are UUIDs, times ISO 8601 in UTC, days \`YYYY-MM-DD\`.
- Lists answer \`{items, nextCursor}\`: send \`nextCursor\` as \`cursor\` with the same query for the next page; \`null\` is the end.
- Refusals are \`application/problem+json\` with a \`code\`; what a client does about each is in the table of problems: on the docs page, and in \`docs/problems.md\`.
- Send an \`Idempotency-Key\` with every POST, and repeat with the same key when no answer came.
- Texts are kept in Unicode NFC without spaces at the ends; a line has single spaces and no line break. Invisible characters and marks of direction are refused, except where an emoji or a script needs them.
- What is missing and what the caller may not see get the same 404.
- Answers of GET with an \`ETag\` may be kept: send the tag as \`If-None-Match\`, as browsers do by themselves, and 304 says that nothing has changed. Every other answer is \`Cache-Control: no-store\`.
- Answers that may be kept are gzipped from 1 KB on, if \`Accept-Encoding\` allows it. Answers carry \`X-Request-Id\`. They may gain fields: ignore unknown ones.`;

/** The OpenAPI 3.1 document of all routes, in the order of the features and their contracts. Its examples are the samples. */
export function openapiDocument(features: readonly Feature[], samples = noSamples): JsonObject {
  const schemas = schemaCollector();
  const responses: Record<string, Json> = {};
  const paths: Record<string, Record<string, Json>> = {};
  for (const feature of features)
    for (const [name, route] of Object.entries(feature.routes)) {
      paths[route.path] ??= {};
      paths[route.path]![route.method.toLowerCase()] = operation(feature, name, route, schemas, responses);
    }
  const settled = schemas.settle(paths as JsonObject);
  const components = {
    schemas: { ...settled.schemas, GatewayAnswer: gatewaySchema, Problem: problemSchema },
    responses: Object.fromEntries(Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1))),
    headers: byIdentifier(headers),
    parameters: byIdentifier(parameters),
    securitySchemes,
  };
  const shared: JsonObject = { components };

  return {
    openapi: '3.1.0',
    info: { title: 'moim', version: '1', summary: 'Study groups and challenge groups', description: about },
    servers: [{ url: 'http://127.0.0.1:{port}', description: '`npm start`', variables: { port: { default: '3000' } } }],
    tags: features
      .filter(({ routes }) => Object.keys(routes).length > 0)
      .map(({ name, summary }) => ({ name, description: summary })),
    paths: withExamples(settled.document, shared, samples),
    ...shared,
  };
}

function operation(
  feature: Feature,
  name: string,
  route: Route,
  schemas: Schemas,
  responses: Record<string, Json>,
): JsonObject {
  return object({
    operationId: name,
    tags: [feature.name],
    summary: route.summary,
    description: route.description,
    security: route.auth === 'account' ? [{ bearer: [] }] : [],
    parameters: parametersOf(route, schemas),
    requestBody: hasBody(route)
      ? {
          required: !route.body.safeParse({}).success,
          description: `At most ${route.bodyLimit / 1024} KB`,
          content: { 'application/json': { schema: schemas.of(route.body, 'input') } },
        }
      : undefined,
    responses: {
      [route.status]: success(route, schemas),
      ...(route.kept ? notModified(responses) : {}),
      ...refusals(feature, route, responses),
    },
  });
}

function parametersOf(route: Route, schemas: Schemas): readonly Json[] {
  const { properties = {}, required = [] } = schemas.of(route.query, 'input');
  const query = Object.entries(properties as Readonly<Record<string, JsonObject>>);
  const names = [
    'Accept-Language',
    ...(route.method === 'POST' ? ['Idempotency-Key'] : []),
    ...(takesIfMatch(route) ? ['If-Match'] : []),
    ...(route.kept ? ['If-None-Match'] : []),
  ];
  return [
    ...placeholdersOf(route.path).map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })),
    ...query.map(([name, { description, ...schema }]) =>
      object({ name, in: 'query', description, required: (required as readonly Json[]).includes(name), schema }),
    ),
    ...refs('parameters', names).map(([, ref]) => ref),
  ];
}

const successTexts = { 200: 'Done', 201: 'Created', 202: 'Accepted', 204: 'Done; there is nothing to tell' } as const;

function success(route: Route, schemas: Schemas): JsonObject {
  const names = [
    ...(givesEtag(route) ? ['ETag'] : []),
    ...(route.method === 'POST' ? ['Idempotency-Replayed'] : []),
    ...(route.status === 201 ? ['Location'] : []),
    'X-Request-Id',
  ];
  return object({
    description: successTexts[route.status],
    headers: Object.fromEntries(refs('headers', names)),
    content: route.status === 204 ? undefined : { [route.mediaType]: { schema: schemas.of(route.result, 'output') } },
  });
}

/** The answer to a client that has the content already. */
function notModified(responses: Record<string, Json>): JsonObject {
  responses.NotModified304 ??= {
    description: 'Nothing has changed since the answer with this tag',
    headers: Object.fromEntries(refs('headers', ['ETag', 'X-Request-Id'])),
  };
  return { 304: { $ref: '#/components/responses/NotModified304' } };
}

/** The refusals of moim and of the gateway, by status. Many routes share refusals: `responses` collects each once. */
function refusals(feature: Feature, route: Route, responses: Record<string, Json>): JsonObject {
  const problems = byStatus(problemsOf(feature, route));
  const gateway = new Map(
    Object.entries(gatewayAnswers)
      .map(([status, answer]) => [Number(status), answer] as const)
      .filter(([, { onlyGuarded }]) => !onlyGuarded || route.auth === 'account')
      .filter(([status]) => status !== 413 || problems.has(status)),
  );
  const statuses = [...new Set([...problems.keys(), ...gateway.keys()])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = problems.get(status) ?? [];
      const name = [...codes, ...(gateway.has(status) ? ['GATEWAY'] : []), status].map(asIdentifier).join('');
      responses[name] ??= refusal(status, codes, gateway.get(status)?.when);
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function refusal(status: number, codes: readonly ProblemCode[], ofGateway: string | undefined): JsonObject {
  const names = [
    'Content-Language',
    ...(codes.some((code) => mayRepeat.includes(code)) ? ['Retry-After'] : []),
    ...(status === 401 ? ['WWW-Authenticate'] : []),
    'X-Request-Id',
  ];
  const problem = {
    schema: {
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        { properties: { status: { const: status }, code: { enum: codes } } },
      ],
    },
  };
  return object({
    description: [
      ...codes.map((code) => `\`${code}\`: ${problemDefinitions[code].when}`),
      ...(ofGateway ? [`The gateway itself: ${ofGateway}`] : []),
    ].join('\n\n'),
    headers: codes.length > 0 ? Object.fromEntries(refs('headers', names)) : undefined,
    content: object({
      'application/problem+json': codes.length > 0 ? problem : undefined,
      'application/json': ofGateway ? { schema: { $ref: '#/components/schemas/GatewayAnswer' } } : undefined,
    }),
  });
}

const mayRepeat: readonly ProblemCode[] = ['IDEMPOTENCY_IN_FLIGHT', 'TOO_MANY_REQUESTS', 'TRY_AGAIN'];

/** Adds an example to each request body: what was recorded, or else what fits. */
function withExamples(paths: JsonObject, document: JsonObject, { routes }: Samples): JsonObject {
  const example = (operation: JsonObject): JsonObject => {
    const { requestBody, operationId } = operation as {
      operationId: string;
      requestBody?: { content: { 'application/json': { schema: Json } } };
    };
    if (!requestBody) return operation;
    const { schema } = requestBody.content['application/json'];
    const content = {
      'application/json': { schema, example: routes[operationId]?.body ?? sampleOf(schema, document) },
    };
    return { ...operation, requestBody: { ...requestBody, content } };
  };
  return Object.fromEntries(
    Object.entries(paths as Readonly<Record<string, Readonly<Record<string, JsonObject>>>>).map(([path, item]) => [
      path,
      Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, example(operation)])),
    ]),
  );
}
