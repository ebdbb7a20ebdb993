import { fingerprint } from '../core/ids.ts';
import { Problem } from '../core/problems.ts';
import type { IndexName } from './registry.ts';

/** Where a page ended: the sort key, and for an index also the key of the item itself. */
export type Position = Readonly<Record<string, string>>;

/** The attributes that tell a position within one partition of an index; the partition itself never leaves the server. */
const attributesOf = (index: IndexName) => (index === 'table' ? ['sk'] : ['pk', 'sk', `${index}sk`]);

const checkOf = (binding: string, values: readonly string[]) => fingerprint(binding, ...values).slice(0, 16);

/**
 * Turns the end of a page into text for the client. `binding` names the query with all its filters: the same text must
 * come back with the cursor.
 */
export function encodeCursor(index: IndexName, binding: string, last: Position): string {
  const values = attributesOf(index).map((name) => last[name] ?? '');
  return Buffer.from(JSON.stringify([checkOf(binding, values), ...values])).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws Problem INVALID_CURSOR if it is broken or was made for another query. The check is no signature: a forged
 * position stays within the partition that the server chose, so it can show nothing that the query would not.
 */
export function decodeCursor(index: IndexName, binding: string, cursor: string): Position {
  const names = attributesOf(index);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new Problem('INVALID_CURSOR');
  }
  if (!Array.isArray(parts) || parts.length !== names.length + 1 || !parts.every((part) => typeof part === 'string'))
    throw new Problem('INVALID_CURSOR');
  const values = parts.slice(1) as string[];
  const position = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  // Compared as a whole: base64 and JSON both write the same values in several ways, of which one is ours.
  if (cursor !== encodeCursor(index, binding, position)) throw new Problem('INVALID_CURSOR');
  return position;
}
