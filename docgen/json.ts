/** A JSON value as the documents are made of it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** An object without the members that are undefined, in the order given. */
export function object(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** What a reference within a document points to; undefined if there is nothing. */
export function resolve(document: JsonObject, ref: string): Json | undefined {
  const parts = ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.reduce<Json | undefined>((value, part) => (value as JsonObject | undefined)?.[part], document);
}

/** A document as it is committed. */
export const printed = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`;
