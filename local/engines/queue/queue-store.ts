import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A message as the queue has it. Instants are milliseconds since 1970. */
export interface Message {
  readonly id: string;
  /** The name of its queue. */
  readonly queue: string;
  readonly body: string;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt?: number;
  /** The handle of the last receive: it alone may delete the message or hide it. */
  readonly receipt?: string;
}

export interface MessageStore {
  /** Every message that was kept, the oldest first. */
  load(): Message[];
  put(message: Message): void;
  remove(id: string): void;
  close(): void;
}

const nowhere: MessageStore = { load: () => [], put: () => {}, remove: () => {}, close: () => {} };

/** Keeps messages in a file, each change at once; without a file, not at all. */
export function messageStore(file: string | undefined): MessageStore {
  if (file === undefined) return nowhere;
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec('CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, at INTEGER, message TEXT)');
  const put = database.prepare('INSERT OR REPLACE INTO messages VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM messages WHERE id = ?');
  const load = database.prepare('SELECT message FROM messages ORDER BY at, rowid');
  return {
    load: () => load.all().map(({ message }) => JSON.parse(String(message)) as Message),
    put: (message) => void put.run(message.id, message.sentAt, JSON.stringify(message)),
    remove: (id) => void remove.run(id),
    close: () => database.close(),
  };
}
