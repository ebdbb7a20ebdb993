import type { JsonObject } from '../../docgen/json.ts';
import { resolve } from '../../docgen/json.ts';
import { openapiDocument } from '../../docgen/openapi.ts';
import { features } from '../../functions/features.ts';
import type { Feature } from '../../shared/core/contract.ts';
import { bells } from './fixture.ts';
import { compilerOf, operationsIn, refsIn, schemasIn, schemasWithExamples, under } from './reading.ts';

describe.each<[string, readonly Feature[]]>([
  ['the product', features],
  ['a feature that uses everything', [bells]],
])('the OpenAPI document of %s', (_, list) => {
  const document = openapiDocument(list);
  const operations = operationsIn(document);

  it('has every route of the contracts once, and no other', () => {
    const routes = list.flatMap((feature) =>
      Object.entries(feature.routes).map(([name, { method, path }]) => `${name} ${method} ${path}`),
    );

    const found = operations.map(({ operationId, method, path }) => `${operationId} ${method.toUpperCase()} ${path}`);

    expect(found.sort()).toEqual(routes.sort());
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('has only references that lead somewhere, and no component that nothing refers to', () => {
    const refs = refsIn(document);
    const components = Object.entries(document.components as Record<string, JsonObject>).flatMap(([kind, members]) =>
      kind === 'securitySchemes' ? [] : Object.keys(members).map((name) => `#/components/${kind}/${name}`),
    );

    expect(refs.filter((ref) => resolve(document, ref) === undefined)).toEqual([]);
    expect(components.filter((ref) => !refs.includes(ref))).toEqual([]);
  });

  it('has only schemas that a JSON Schema validator accepts in strict mode', () => {
    const compile = compilerOf(document);

    for (const schema of schemasIn(document)) {
      expect(() => compile(schema)).not.toThrow();
    }
  });

  it('gives an example for each body that the contract itself accepts', () => {
    for (const { operationId, requestBody } of operations) {
      if (!requestBody) continue;
      const route = list.map((feature) => feature.routes[operationId]).find((found) => found);

      expect([operationId, route?.body.safeParse(requestBody.content['application/json'].example).error]).toEqual([
        operationId,
        undefined,
      ]);
    }
  });

  it('#20: names every component and operation so that a program can be made of it', () => {
    const components = Object.values(document.components as Record<string, JsonObject>).flatMap(Object.keys);
    const names = [...components, ...operations.map(({ operationId }) => operationId)];

    expect(names.filter((name) => !/^[A-Za-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
  });

  it('#19: has only patterns that say the same with and without the u flag', () => {
    const patterns = under('pattern', document).filter((pattern) => typeof pattern === 'string');

    expect(patterns.length).toBeGreaterThan(0);
    // Generated validators take a pattern as it is: without the flag, `\\p` is the letter p, and an emoji is two.
    expect(patterns.filter((pattern) => /\\[pPu]|[^\x20-\x7e]/.test(pattern))).toEqual([]);
    for (const pattern of patterns)
      for (const flags of ['', 'u']) expect(() => new RegExp(pattern, flags)).not.toThrow();
  });

  it('gives examples and defaults that fit their schema in any validator', () => {
    const compile = compilerOf(document, { unicodeRegExp: false });
    const shown = [...under('schema', document), ...schemasIn(document)].flatMap((schema) =>
      schemasWithExamples(schema),
    );
    const bodies = operations.flatMap(({ requestBody }) =>
      requestBody ? [requestBody.content['application/json']] : [],
    );

    for (const { schema, value } of [...shown, ...bodies.map(({ schema, example }) => ({ schema, value: example }))])
      expect([value, compile(schema)(value)]).toEqual([value, true]);
    expect(shown.length).toBeGreaterThan(0);
  });

  it('groups 14: refuses an empty body where the contract refuses it', () => {
    const compile = compilerOf(document);
    const bodies = operations.flatMap(({ operationId, requestBody }) =>
      requestBody ? [{ operationId, schema: requestBody.content['application/json'].schema }] : [],
    );
    const taken = bodies.map(({ operationId, schema }) => [operationId, compile(schema)({})]);

    const contracts = new Map(list.flatMap((feature) => Object.entries(feature.routes)));
    expect(taken).toEqual(
      bodies.map(({ operationId: name }) => [name, contracts.get(name)!.body.safeParse({}).success]),
    );
  });

  it('names each placeholder of a path as a parameter, and no parameter twice', () => {
    for (const { path, parameters } of operations) {
      const named = parameters.map((p) => p.$ref ?? `${p.in} ${p.name}`);

      expect(parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      );
      expect(new Set(named).size).toBe(named.length);
    }
  });

  it('documents INTERNAL everywhere, and TOKEN_INVALID exactly where a token is asked for', () => {
    for (const { security, responses } of operations) {
      const refs = Object.values(responses).map(({ $ref = '' }) => $ref);

      expect(refs.some((ref) => ref.includes('Internal'))).toBe(true);
      expect(refs.some((ref) => ref.includes('TokenInvalid'))).toBe(security.length > 0);
    }
  });
});

describe('the OpenAPI document', () => {
  const document = openapiDocument([bells]);
  const operation = (name: string) => operationsIn(document).find(({ operationId }) => operationId === name)!;
  const statuses = (name: string) => Object.keys(operation(name).responses).sort();
  const parameters = (name: string) => operation(name).parameters.map((p) => p.$ref?.split('/').at(-1) ?? p.name);

  it('does not depend on anything but the contracts', () => {
    expect(JSON.stringify(openapiDocument([bells]))).toBe(JSON.stringify(document));
  });

  it('shows a shared schema once, and a second time only where what is sent differs from what is answered', () => {
    const schemas = Object.keys((document.components as { schemas: object }).schemas);

    expect(schemas).toEqual(['Bell', 'Tone', 'ToneInput', 'GatewayAnswer', 'Problem']);
  });

  it('asks for an Idempotency-Key with POST, and for If-Match where a stale edit is refused', () => {
    expect(parameters('hang')).toEqual(['AcceptLanguage', 'IdempotencyKey']);
    expect(parameters('ring')).toEqual(['bellId', 'AcceptLanguage', 'IdempotencyKey']);
    expect(parameters('tune')).toEqual(['bellId', 'AcceptLanguage', 'IfMatch']);
    expect(parameters('list')).toEqual(['loud', 'limit', 'cursor', 'AcceptLanguage', 'IfNoneMatch']);
  });

  it('gives each answer the headers it may have', () => {
    const headers = (name: string, status: string) => Object.keys(operation(name).responses[status]!.headers ?? {});

    expect(headers('hang', '201')).toEqual(['ETag', 'Idempotency-Replayed', 'Location', 'X-Request-Id']);
    expect(headers('tune', '200')).toEqual(['ETag', 'X-Request-Id']);
    expect(headers('list', '200')).toEqual(['ETag', 'X-Request-Id']);
    expect(headers('melt', '204')).toEqual(['X-Request-Id']);
  });

  it('names the problems that a route has by its nature, grouped by status', () => {
    expect(statuses('list')).toEqual(['200', '304', '422', '429', '500', '503']);
    expect(statuses('melt')).toEqual(['204', '400', '401', '404', '413', '415', '422', '429', '500', '503']);
    expect(statuses('hang')).toEqual(['201', '400', '401', '409', '413', '415', '422', '429', '500', '503']);
    expect(operation('hang').responses['409']!.$ref).toBe('#/components/responses/GroupFullIdempotencyInFlight409');
    expect(operation('list').responses['422']!.$ref).toBe('#/components/responses/InvalidCursorInvalidRequest422');
  });

  it('shows what the gateway answers by itself beside the problems of the same status', () => {
    const busy = resolve(document, operation('hang').responses['401']!.$ref!) as { content: object };

    expect(Object.keys(busy.content)).toEqual(['application/problem+json', 'application/json']);
  });
});
