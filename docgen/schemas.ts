import * as z from 'zod';
import type { Json, JsonObject } from './json.ts';

type Direction = 'input' | 'output';

/** Turns zod schemas into JSON Schema and collects those with an id (`.meta({ id })`) as shared components. */
export interface Schemas {
  /** @param io `input`: the form that clients send, before defaults; `output`: the form of answers */
  of(schema: z.ZodType, io: Direction): JsonObject;
  /** Gives shared schemas their final names in a finished document, and returns them sorted for its components. */
  settle<T extends Json>(document: T): { readonly document: T; readonly schemas: JsonObject };
}

const prefix = '#/components/schemas/';
// Formats whose pattern would add only noise for a reader: 400 characters about leap years.
const plainFormats = ['uuid', 'date', 'date-time', 'email'];

export function schemaCollector(): Schemas {
  const found: Record<Direction, Map<string, JsonObject>> = { input: new Map(), output: new Map() };

  return {
    of(schema, io) {
      const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, override: simplify }) as JsonObject;
      for (const [name, shared] of Object.entries($defs as JsonObject)) {
        const { id: __, ...body } = redirect(shared, ($ref) =>
          $ref.replace('#/$defs/', `${prefix}${io}:`),
        ) as JsonObject;
        found[io].set(name, body);
      }
      return redirect(rest, ($ref) => $ref.replace('#/$defs/', `${prefix}${io}:`)) as JsonObject;
    },

    settle(document) {
      const last = (ref: string) => {
        const [, io, name] = /^#\/components\/schemas\/(input|output):(.+)$/.exec(ref) ?? [];
        return name === undefined ? ref : prefix + nameOf(found, io as Direction, name);
      };
      const schemas: Record<string, Json> = {};
      for (const io of ['output', 'input'] as const)
        for (const [name, schema] of found[io]) schemas[nameOf(found, io, name)] = redirect(schema, last);
      const sorted = Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1));
      return { document: redirect(document, last) as typeof document, schemas: Object.fromEntries(sorted) };
    },
  };
}

/**
 * A schema may have different forms in requests and answers because of defaults. The request's form is then named
 * `<id>Input`.
 */
function nameOf(found: Readonly<Record<Direction, Map<string, JsonObject>>>, io: Direction, name: string): string {
  const plain = (from: Direction) => JSON.stringify(found[from].get(name))?.replaceAll(`${prefix}${from}:`, prefix);
  return io === 'input' && found.output.has(name) && plain('input') !== plain('output') ? `${name}Input` : name;
}

/** The same value with every `$ref` in it mapped. */
function redirect(value: Json, map: (ref: string) => string): Json {
  if (Array.isArray(value)) return value.map((item) => redirect(item, map));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' ? map(member) : redirect(member, map),
    ]),
  );
}

function simplify({ jsonSchema }: { jsonSchema: { [key: string]: unknown } }): void {
  if (plainFormats.includes(String(jsonSchema.format))) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
