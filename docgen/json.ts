/** A JSON value of a document. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** An object without its undefined members, in the given order. */
export function object(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** The target of a reference within a document; undefined if there is none. */
export function resolve(document: JsonObject, ref: string): Json | undefined {
  const parts = ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce<Json | undefined>((value, part) => (value as JsonObject | undefined)?.[part], document);
}

/** A node of a document, or the target of its reference if the node is one. */
export const dereferenced = (document: JsonObject, node: JsonObject): Json | undefined =>
  typeof node.$ref === 'string' ? resolve(document, node.$ref) : node;

/** A document in the form in which it is committed. */
export const printed = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`;
