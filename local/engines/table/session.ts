/** The context of an operation: the tables that it reads, and its caller. */

import { type Caller, refusalText } from '../engine.ts';
import { TableError, tableNotFound } from './errors.ts';
import type { State } from './state.ts';
import type { Table } from './table.ts';
import type { AttributeValue, Item } from './types.ts';

export interface Session {
  readonly state: State;
  /** The present tables, or for a stale read their earlier state. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly caller: Caller;
}

type Conditions = Record<string, readonly string[]>;

export function findTable(session: Session, name: string): Table {
  const table = session.tables.get(name);
  if (!table) throw tableNotFound();
  return table;
}

/**
 * Requires that the caller's policies allow an action.
 *
 * @throws TableError AccessDeniedException
 */
export function authorize(session: Session, action: string, resource: string, conditions: Conditions = {}): void {
  const { caller } = session;
  if (caller.allows(`dynamodb:${action}`, resource, conditions)) return;
  throw new TableError('AccessDeniedException', refusalText(caller, `dynamodb:${action}`, resource, conditions));
}

/**
 * Requires that the caller may access these items of the table. The check also runs for a table that does not exist,
 * because not every caller may learn that.
 *
 * @throws TableError AccessDeniedException
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

/** The condition key by which policies limit partitions. */
export function leadingKeys(hashes: readonly (AttributeValue | undefined)[]): Conditions {
  const texts = hashes.map((hash) => hash?.S ?? hash?.N ?? hash?.B).filter((text) => text !== undefined);
  return texts.length > 0 ? { 'dynamodb:LeadingKeys': [...new Set(texts)] } : {};
}
