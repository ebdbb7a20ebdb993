/** All data of the engine. It changes only by commits, which go to disk first and then to memory. */

import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../../shared/core/clock.ts';
import { TableError } from './errors.ts';
import { createExpiry } from './expiry.ts';
import { encodeKey } from './keys.ts';
import { itemSize } from './sizes.ts';
import { messageOf, noStorage, openStorage, type Storage, unusableFile, type Writer } from './storage.ts';
import { createLog, type LogEntry, RETENTION, type StreamLog, streamRecord } from './stream-log.ts';
import { applyChange, type Change, createTable, type StoredItem, type Table } from './table.ts';
import { createTokens, TOKEN_LIFETIME, type Token, type Tokens } from './tokens.ts';
import type { Item, TableDefinition } from './types.ts';

const TRIM_INTERVAL = 3600 * 1000;

export interface StateOptions {
  clock: Clock;
  file?: string | undefined;
  region: string;
  accountId: string;
  /** Called after a commit with the names of the tables whose streams got records. */
  onCommit(streamed: readonly string[]): void;
}

export interface State {
  readonly clock: Clock;
  readonly region: string;
  /** The ARN of a table without its name. */
  readonly arnPrefix: string;
  readonly tables: ReadonlyMap<string, Table>;
  readonly tokens: Tokens;
  /** A new version of an item, in the row of the version that it replaces. */
  stored(item: Item, key: string, before: StoredItem | undefined, size?: number): StoredItem;
  /**
   * Makes all changes at once. If it throws, everything stays as it was.
   *
   * @throws TableError InternalServerError
   */
  commit(changes: readonly Change[], options?: { token?: Token; byTimeToLive?: boolean }): void;
  /** Adds a table, or replaces the definition of an existing one. Items stay, indexes are rebuilt. */
  define(definition: TableDefinition): Table;
  drop(table: Table): void;
  /** The table's change log, without records older than 24 hours. */
  log(tableName: string): StreamLog;
  close(): void;
}

/** The state including the parts that only its own functions use. */
interface Held extends Pick<StateOptions, 'clock' | 'region' | 'file' | 'onCommit'> {
  readonly arnPrefix: string;
  readonly storage: Storage;
  readonly tables: Map<string, Table>;
  readonly logs: Map<string, StreamLog>;
  readonly expiry: ReturnType<typeof createExpiry>;
  readonly tokens: Tokens;
  lastRow: number;
  lastSequence: number;
  lastTrim: number;
}

/**
 * Opens the state with the data of the file.
 *
 * @throws Error that names the file if it cannot be read
 */
export function openState({ clock, file, region, accountId, onCommit }: StateOptions): State {
  const tables = new Map<string, Table>();
  const held: Held = {
    ...{ clock, region, file, onCommit, tables },
    arnPrefix: `arn:aws:dynamodb:${region}:${accountId}:table/`,
    storage: file === undefined ? noStorage() : openStorage(file),
    logs: new Map(),
    expiry: createExpiry({ clock, remove: (due) => removeExpired(held, due) }),
    tokens: createTokens(clock),
    ...{ lastRow: 0, lastSequence: 0, lastTrim: Number.NEGATIVE_INFINITY },
  };
  if (file !== undefined) {
    try {
      load(held);
    } catch (error) {
      held.storage.close();
      throw unusableFile(file, error);
    }
  }

  return {
    ...{ clock, region, tables, arnPrefix: held.arnPrefix, tokens: held.tokens },
    stored(item, key, before, size = itemSize(item)) {
      if (!before) held.lastRow++;
      return { item, key, size, row: before?.row ?? held.lastRow };
    },
    commit: (changes, options) => commit(held, changes, options),
    define: (definition) => define(held, definition),
    drop: (table) => drop(held, table),
    log(tableName) {
      trim(held, tableName);
      return held.logs.get(tableName)!;
    },
    close() {
      held.expiry.close();
      held.storage.close();
    },
  };
}

function write(storage: Storage, writes: (writer: Writer) => void): void {
  try {
    storage.commit(writes);
  } catch (error) {
    throw new TableError('InternalServerError', `The data file could not be written: ${messageOf(error)}`, {}, 500);
  }
}

function commit(
  held: Held,
  changes: readonly Change[],
  { token, byTimeToLive = false }: { token?: Token; byTimeToLive?: boolean } = {},
): void {
  const { clock, region, file, storage, logs, expiry, tokens, onCommit } = held;
  const real = changes.filter((change) => change.before !== change.after);
  const time = clock.now();
  const entries: [string, LogEntry][] = [];
  for (const change of real) {
    const sequence = held.lastSequence + entries.length + 1;
    const record = streamRecord(change, { sequence, time, region, byTimeToLive });
    if (record) entries.push([change.table.name, { sequence, time, record }]);
  }
  if (file !== undefined && (real.length > 0 || token))
    write(storage, (writer) => writeCommit(writer, real, entries, token));
  for (const change of real) {
    applyChange(change);
    expiry.track(change);
  }
  for (const [name, entry] of entries) logs.get(name)!.append(entry);
  held.lastSequence += entries.length;
  // The stream must stay bounded even if nobody reads it.
  if (entries.length > 0) for (const name of logs.keys()) trim(held, name);
  if (token) tokens.add(token);
  if (real.length > 0) onCommit([...new Set(entries.map(([name]) => name))]);
}

/** Drops old records: from memory at once, from disk once an hour. */
function trim(held: Held, tableName: string): void {
  const now = held.clock.now();
  if (!held.logs.get(tableName)!.trim(now - RETENTION) || now - held.lastTrim < TRIM_INTERVAL) return;
  held.lastTrim = now;
  trimDisk(held.storage, now - RETENTION, held.lastSequence);
}

function removeExpired(held: Held, due: readonly { tableName: string; key: string }[]): void {
  const changes = due.map(({ tableName, key }): Change => {
    const table = held.tables.get(tableName)!;
    return { table, key, before: table.items.get(key), after: undefined };
  });
  commit(held, changes, { byTimeToLive: true });
}

function build(held: Held, definition: TableDefinition, items: Iterable<StoredItem>): Table {
  const { tables, logs, expiry, arnPrefix } = held;
  const table = createTable(definition, arnPrefix);
  for (const item of items) applyChange({ table, key: item.key, before: undefined, after: item });
  tables.set(table.name, table);
  if (!logs.has(table.name)) logs.set(table.name, createLog());
  expiry.reset(table.name, table);
  return table;
}

function load(held: Held): void {
  const { storage, tables, logs, tokens, expiry, clock } = held;
  for (const { definition } of storage.tables()) build(held, JSON.parse(definition) as TableDefinition, []);
  for (const { row, table: name, item: text } of storage.items()) {
    const table = tables.get(name)!;
    const item = JSON.parse(text) as Item;
    const key = encodeKey(item, table.keys);
    applyChange({ table, key, before: undefined, after: { item, key, size: itemSize(item), row } });
    held.lastRow = row;
  }
  held.lastSequence = storage.trimmed();
  for (const { sequence, table, time, record: text } of storage.records()) {
    logs.get(table)!.append(parsedLater(sequence, time, text));
    held.lastSequence = sequence;
  }
  storage.commit((writer) => writer.dropTokens(clock.now() - TOKEN_LIFETIME));
  for (const token of storage.tokens()) tokens.add(token);
  for (const table of tables.values()) expiry.reset(table.name, table);
}

function define(held: Held, definition: TableDefinition): Table {
  const { TableName: name, streamLabel } = definition;
  const existing = held.tables.get(name);
  // A different stream starts empty.
  const newStream = existing !== undefined && existing.definition.streamLabel !== streamLabel;
  write(held.storage, (writer) => {
    writer.putTable(name, JSON.stringify(definition));
    if (!newStream) return;
    writer.dropRecords(name);
    writer.trimRecords(0, held.lastSequence);
  });
  if (newStream) held.logs.delete(name);
  const items = [...(existing?.items.entries() ?? [])].map(([, item]) => item);
  const table = build(held, definition, items);
  held.onCommit([]);
  return table;
}

function drop(held: Held, { name }: Table): void {
  write(held.storage, (writer) => {
    writer.dropTable(name);
    writer.trimRecords(0, held.lastSequence);
  });
  held.tables.delete(name);
  held.logs.delete(name);
  held.expiry.reset(name, undefined);
  held.onCommit([]);
}

function writeCommit(
  writer: Writer,
  changes: readonly Change[],
  entries: readonly [string, LogEntry][],
  token: Token | undefined,
): void {
  for (const { table, before, after } of changes) {
    if (after) writer.putItem(after.row, table.name, JSON.stringify(after.item));
    else writer.deleteItem(before!.row);
  }
  for (const [name, { sequence, time, record }] of entries) {
    writer.appendRecord(sequence, name, time, JSON.stringify(record));
  }
  if (!token) return;
  writer.putToken(token.token, token.time, token.digest);
  writer.dropTokens(token.time - TOKEN_LIFETIME);
}

/** An entry whose record is parsed on first use, because most records on disk are never read again. */
function parsedLater(sequence: number, time: number, text: string): LogEntry {
  return {
    sequence,
    time,
    get record() {
      return JSON.parse(text) as DynamoDBRecord;
    },
  };
}

function trimDisk(storage: Storage, time: number, sequence: number): void {
  try {
    storage.commit((writer) => {
      writer.trimRecords(time, sequence);
    });
  } catch {
    // No data is lost: records that stay on disk too long are dropped the next time.
  }
}
