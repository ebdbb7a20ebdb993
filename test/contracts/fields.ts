/** The fields of a contract's JSON Schema, and values in their places. */

import { type Json, type JsonObject, resolve } from '../../docgen/json.ts';
import { sampleOf } from '../../docgen/sample.ts';

export type Schema = Readonly<Record<string, Json | undefined>>;
export type Path = readonly (string | number)[];
export interface Field {
  readonly path: Path;
  readonly schema: Json;
}

/** Every field of a JSON Schema, at any depth, with the whole itself. */
export function fieldsOf(schema: Json, document: JsonObject, path: Path = []): Field[] {
  const s = schema as Schema;
  if (typeof s.$ref === 'string') return fieldsOf(resolve(document, s.$ref)!, document, path);
  const choices = (s.anyOf ?? s.oneOf ?? []) as readonly Json[];
  const { items } = s;
  const properties = Object.entries((s.properties ?? {}) as JsonObject);
  return [
    { path, schema },
    ...choices.flatMap((choice) => fieldsOf(choice, document, path)),
    ...properties.flatMap(([name, each]) => fieldsOf(each, document, [...path, name])),
    ...(items === undefined ? [] : fieldsOf(items, document, [...path, 0])),
  ];
}

/** A sample with the objects on a path, each with what it requires: a field in an optional part is tried in a whole part. */
export function withPartsAt(sample: unknown, path: Path, document: JsonObject): unknown {
  const parts = fieldsOf(document, document).filter(
    ({ path: of }) => of.length > 0 && of.length < path.length && of.every((name, i) => name === path[i]),
  );
  return parts.reduce<unknown>((whole, { path: of, schema }) => {
    const isObject = (schema as Schema).type === 'object';
    return isObject && valueAt(whole, of) === undefined ? withAt(whole, of, sampleOf(schema, document)) : whole;
  }, sample);
}

/** The same with a value at a path, on which what is missing is made. */
export function withAt(whole: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (typeof first === 'number') {
    const [item, ...others] = Array.isArray(whole) ? whole : [];
    return [withAt(item, rest, value), ...others];
  }
  const fields = (typeof whole === 'object' && whole !== null ? whole : {}) as Readonly<Record<string, unknown>>;
  return { ...fields, [first]: withAt(fields[first], rest, value) };
}

/** The value at a path. */
export const valueAt = (whole: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[part],
    whole,
  );
