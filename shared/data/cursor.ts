import { fingerprint } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { keyAttributes } from './keys.ts';
import type { IndexName } from './registry.ts';

/** The end of a page: its last sort key, and for an index also the key of the item itself. */
export type Position = Readonly<Record<string, string>>;

/**
 * The attributes that identify a position within one partition of an index. The partition itself never leaves the
 * server.
 */
const attributesOf = (index: IndexName) => (index === 'table' ? ['sk'] : ['pk', 'sk', keyAttributes(index).sk]);

const checkOf = (binding: string, values: readonly string[]) => fingerprint(binding, ...values).slice(0, 16);

/**
 * Turns values that identify the end of a page into text for the client.
 *
 * @param binding names the query with all its filters; `decodeValues` accepts the cursor only with the same text
 * @example encodeValues(fingerprint('search', word), [lastKey])
 */
export const encodeValues = (binding: string, values: readonly string[]): string =>
  Buffer.from(JSON.stringify([checkOf(binding, values), ...values])).toString('base64url');

/** Turns the end of a page of one partition into text for the client (`encodeValues` explains `binding`). */
export const encodeCursor = (index: IndexName, binding: string, last: Position): string =>
  encodeValues(
    binding,
    attributesOf(index).map((name) => last[name] ?? ''),
  );

/**
 * Reads a cursor that `encodeCursor` wrote.
 *
 * The check is no signature, and needs none. A forged position stays within the partition that the server chose, so it
 * shows nothing that the query would not show.
 *
 * @throws Problem INVALID_CURSOR if the cursor is broken or was made for another query
 */
export function decodeCursor(index: IndexName, binding: string, cursor: string): Position {
  const [names, values] = [attributesOf(index), decodeValues(binding, cursor)];
  if (values.length !== names.length) throw new Problem('INVALID_CURSOR');
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/**
 * Reads a cursor that `encodeValues` wrote.
 *
 * @throws Problem INVALID_CURSOR if the cursor is broken or was made for another query
 */
export function decodeValues(binding: string, cursor: string): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new Problem('INVALID_CURSOR');
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) throw new Problem('INVALID_CURSOR');
  const values = parts.slice(1) as string[];
  // The whole text is compared: base64 and JSON can write the same values in several ways, but only one of them is
  // ours.
  if (cursor !== encodeValues(binding, values)) throw new Problem('INVALID_CURSOR');
  return values;
}
