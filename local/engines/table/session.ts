/** What an operation works with: the tables it may see, and the caller it acts for. */

import { type Caller, refusalText } from '../engine.ts';
import { TableError, tableNotFound } from './errors.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import type { AttributeValue, Item } from './types.ts';

export interface Session {
  readonly state: State;
  /** The tables as they are, or for a stale read as they were. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly caller: Caller;
}

type Conditions = Record<string, readonly string[]>;

export function findTable(session: Session, name: string): Table {
  const table = session.tables.get(name);
  if (!table) throw tableNotFound();
  return table;
}

/** Throws AccessDeniedException unless the caller's policies allow the action. */
export function authorize(session: Session, action: string, resource: string, conditions: Conditions = {}): void {
  const { caller } = session;
  if (caller.allows(`dynamodb:${action}`, resource, conditions)) return;
  throw new TableError('AccessDeniedException', refusalText(caller, `dynamodb:${action}`, resource, conditions));
}

/**
 * Throws unless the caller may touch these items of the table. A table that does not exist is asked about too: whether
 * it does is not for everyone to know.
 */
export function authorizeItems(
  session: Session,
  action: string,
  tableName: string,
  items: readonly Item[],
  more: Conditions = {},
): void {
  const table = session.tables.get(tableName);
  const hashes = table ? items.map((item) => item[table.keys.hash]) : [];
  const conditions = { ...more, ...leadingKeys(hashes) };
  authorize(session, action, session.state.arnPrefix + tableName, conditions);
}

/** The condition key that policies limit partitions by. */
export function leadingKeys(hashes: readonly (AttributeValue | undefined)[]): Conditions {
  const texts = hashes.map((hash) => hash?.S ?? hash?.N ?? hash?.B).filter((text) => text !== undefined);
  return texts.length > 0 ? { 'dynamodb:LeadingKeys': [...new Set(texts)] } : {};
}
