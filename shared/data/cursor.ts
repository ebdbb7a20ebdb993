import { fingerprint } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { keyAttributes } from './keys.ts';
import type { IndexName } from './registry.ts';

/** Where a page ended: the sort key, and for an index also the key of the item itself. */
export type Position = Readonly<Record<string, string>>;

/** The attributes that tell a position within one partition of an index; the partition itself never leaves the server. */
const attributesOf = (index: IndexName) => (index === 'table' ? ['sk'] : ['pk', 'sk', keyAttributes(index).sk]);

const checkOf = (binding: string, values: readonly string[]) => fingerprint(binding, ...values).slice(0, 16);

/**
 * Turns what tells where a page ended into text for the client. `binding` names the query with all its filters: the same
 * text must come back with the cursor.
 */
export const encodeValues = (binding: string, values: readonly string[]): string =>
  Buffer.from(JSON.stringify([checkOf(binding, values), ...values])).toString('base64url');

/** Turns the end of a page of one partition into text for the client. */
export const encodeCursor = (index: IndexName, binding: string, last: Position): string =>
  encodeValues(
    binding,
    attributesOf(index).map((name) => last[name] ?? ''),
  );

/**
 * Reads a cursor back.
 *
 * @throws Problem INVALID_CURSOR if it is broken or was made for another query. The check is no signature: a forged
 * position stays within the partition that the server chose, so it can show nothing that the query would not.
 */
export function decodeCursor(index: IndexName, binding: string, cursor: string): Position {
  const [names, values] = [attributesOf(index), decodeValues(binding, cursor)];
  if (values.length !== names.length) throw new Problem('INVALID_CURSOR');
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** The same for what `encodeValues` wrote. */
export function decodeValues(binding: string, cursor: string): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new Problem('INVALID_CURSOR');
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) throw new Problem('INVALID_CURSOR');
  const values = parts.slice(1) as string[];
  // Compared as a whole: base64 and JSON both write the same values in several ways, of which one is ours.
  if (cursor !== encodeValues(binding, values)) throw new Problem('INVALID_CURSOR');
  return values;
}
