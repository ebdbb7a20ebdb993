import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from '../../docgen/json.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
}
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly security: readonly Json[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Json; readonly example: Json } };
  };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly headers?: object }>>;
}

/** The operations of an OpenAPI document with their method and path. */
export const operationsIn = (document: JsonObject): readonly Operation[] =>
  Object.entries(document.paths as Record<string, Record<string, JsonObject>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...(operation as unknown as Operation), method, path })),
  );

/** Every value under a name, anywhere in a document. */
export function under(name: string, value: Json): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(name, item));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => [
    ...(key === name ? [member as Json] : []),
    ...under(name, member as Json),
  ]);
}

export const refsIn = (document: JsonObject) => [
  ...new Set(under('$ref', document).filter((ref) => typeof ref === 'string')),
];

/** Every schema of a document: those under `schema` or `payload`, and the shared ones. */
export const schemasIn = (document: JsonObject): readonly Json[] => [
  ...under('schema', document),
  ...under('payload', document),
  ...Object.values((document.components as { schemas: JsonObject }).schemas),
];

/** Every schema in a schema that shows a value of itself, with that value. */
export function schemasWithExamples(schema: Json): readonly { readonly schema: Json; readonly value: Json }[] {
  if (Array.isArray(schema)) return schema.flatMap(schemasWithExamples);
  if (schema === null || typeof schema !== 'object') return [];
  const { examples = [], ...more } = schema as Readonly<Record<string, Json>>;
  const values = [...(Array.isArray(examples) ? examples : []), ...('default' in more ? [more.default!] : [])];
  return [...values.map((value) => ({ schema, value })), ...Object.values(more).flatMap(schemasWithExamples)];
}

/** Compiles schemas that refer to the components of a document, in strict mode: unknown keywords are refused. */
export function compilerOf(document: JsonObject, options: Options = {}) {
  const ajv = addFormats.default(new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, ...options }));
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'moim', components: document.components } as object, undefined, undefined, false);
  return (schema: Json | object) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"moim#/')));
}
