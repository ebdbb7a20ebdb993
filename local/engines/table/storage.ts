/**
 * The data file: SQLite through `node:sqlite`, written in the same turn in which the answer is made.
 *
 * WAL with synchronous=NORMAL: a commit is passed to the operating system before it is acknowledged, so it survives the
 * end of this process by any signal, SIGKILL included. Only a power cut may lose the last commits (never half of one).
 * For data on a laptop that is acceptable, and saves waiting for the disk at each write. Commits are not grouped: each
 * takes less than a tenth of a millisecond, so there is little to gain, and each request is durable by itself.
 */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const VERSION = 1;

/** The parts of one commit. All are written, or none. */
export interface Writer {
  putTable(name: string, definition: string): void;
  /** Also deletes the table's items and stream records. */
  dropTable(name: string): void;
  putItem(row: number, table: string, item: string): void;
  deleteItem(row: number): void;
  appendRecord(sequence: number, table: string, time: number, record: string): void;
  dropRecords(table: string): void;
  /** Drops stream records from before `time` (ms since 1970), and records that `sequence` was reached. */
  trimRecords(time: number, sequence: number): void;
  putToken(token: string, time: number, digest: string): void;
  dropTokens(before: number): void;
}

export interface Storage {
  /** Runs `write` as one commit. If it throws, the file stays as it was. */
  commit(write: (writer: Writer) => void): void;
  tables(): { name: string; definition: string }[];
  items(): Iterable<{ row: number; table: string; item: string }>;
  records(): Iterable<{ sequence: number; table: string; time: number; record: string }>;
  tokens(): { token: string; time: number; digest: string }[];
  /** The highest sequence number that was ever trimmed. */
  trimmed(): number;
  close(): void;
}

/** Storage that stores nothing. */
export function noStorage(): Storage {
  return {
    commit: () => {},
    tables: () => [],
    items: () => [],
    records: () => [],
    tokens: () => [],
    trimmed: () => 0,
    close: () => {},
  };
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return (error as Partial<Error> | undefined)?.message ?? String(error);
}

/** Explains in plain words that the file cannot be used, and what to do about it. */
export function unusableFile(file: string, cause: unknown): Error {
  const reason = messageOf(cause);
  const busy = /locked|busy/i.test(reason);
  return new Error(
    busy
      ? `The tables' data file ${file} is in use by another process. Stop that one, or set another data folder.`
      : `The tables' data file ${file} is broken and cannot be read (${reason}). ` +
          'Delete it (with its -wal and -shm neighbours) to start with empty tables, or set another data folder.',
    { cause },
  );
}

/**
 * Opens or creates the data file.
 *
 * @throws Error that names the file if it is broken or in use
 */
export function openStorage(file: string): Storage {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file);
    prepareFile(database);
    return storageOn(database);
  } catch (error) {
    database?.close();
    throw unusableFile(file, error);
  }
}

function prepareFile(database: DatabaseSync): void {
  // The file belongs to one process: two engines, each with its own memory, would overwrite each other's changes.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version !== 0 && version !== VERSION) throw new Error(`it was written by another version, ${version}`);
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS items ("row" INTEGER PRIMARY KEY, "table" TEXT NOT NULL, item TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS records (
      sequence INTEGER PRIMARY KEY, "table" TEXT NOT NULL, time INTEGER NOT NULL, record TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS trimmed (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, time INTEGER NOT NULL, digest TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS tokens_by_time ON tokens (time);
    PRAGMA user_version = ${VERSION};
    COMMIT;
  `);
}

function storageOn(database: DatabaseSync): Storage {
  const statement = (sql: string) => database.prepare(sql);
  const begin = statement('BEGIN IMMEDIATE');
  const commit = statement('COMMIT');
  const rollback = statement('ROLLBACK');
  const writer = writerOn(statement);
  const all = <Row>(sql: string) => statement(sql).iterate() as unknown as Iterable<Row>;
  return {
    commit(write) {
      begin.run();
      try {
        write(writer);
        commit.run();
      } catch (error) {
        // After some errors (a full disk) SQLite rolls back by itself.
        if (database.isTransaction) rollback.run();
        throw error;
      }
    },
    tables: () => [...all<{ name: string; definition: string }>('SELECT name, definition FROM tables')],
    items: () => all('SELECT "row", "table", item FROM items ORDER BY "row"'),
    records: () => all('SELECT sequence, "table", time, record FROM records ORDER BY sequence'),
    tokens: () => [...all<{ token: string; time: number; digest: string }>('SELECT * FROM tokens ORDER BY time')],
    trimmed: () => (statement('SELECT sequence FROM trimmed').get() as { sequence: number } | undefined)?.sequence ?? 0,
    close: () => database.close(),
  };
}

function writerOn(statement: (sql: string) => ReturnType<DatabaseSync['prepare']>): Writer {
  const putTable = statement('INSERT OR REPLACE INTO tables VALUES (?, ?)');
  const dropTable = statement('DELETE FROM tables WHERE name = ?');
  const dropItems = statement('DELETE FROM items WHERE "table" = ?');
  const dropRecords = statement('DELETE FROM records WHERE "table" = ?');
  const putItem = statement('INSERT OR REPLACE INTO items VALUES (?, ?, ?)');
  const deleteItem = statement('DELETE FROM items WHERE "row" = ?');
  const appendRecord = statement('INSERT INTO records VALUES (?, ?, ?, ?)');
  const trimRecords = statement('DELETE FROM records WHERE time < ?');
  const setTrimmed = statement('INSERT OR REPLACE INTO trimmed VALUES (1, ?)');
  const putToken = statement('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)');
  const dropTokens = statement('DELETE FROM tokens WHERE time < ?');
  return {
    putTable: (name, definition) => void putTable.run(name, definition),
    dropTable(name) {
      for (const drop of [dropTable, dropItems, dropRecords]) drop.run(name);
    },
    dropRecords: (table) => void dropRecords.run(table),
    putItem: (row, table, item) => void putItem.run(row, table, item),
    deleteItem: (row) => void deleteItem.run(row),
    appendRecord: (sequence, table, time, record) => void appendRecord.run(sequence, table, time, record),
    trimRecords(time, sequence) {
      trimRecords.run(time);
      setTrimmed.run(sequence);
    },
    putToken: (token, time, digest) => void putToken.run(token, time, digest),
    dropTokens: (before) => void dropTokens.run(before),
  };
}
