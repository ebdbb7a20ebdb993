/** Time to live: when each item expires, and the sweep that deletes expired items. */

import type { Clock } from '../../../shared/core/clock.ts';
import { own } from './paths.ts';
import type { Change, StoredItem, Table } from './table.ts';
import { createTree } from './tree.ts';

/** Milliseconds. Sweeps run at multiples of this, and only if something is due. AWS takes minutes to days. */
const SWEEP_INTERVAL = 5000;
const SWEEP_SIZE = 500;
/** Seconds. AWS does not delete items whose expiry is further in the past, because it takes that for a mistake. */
const OLDEST = 5 * 365 * 86_400;

export interface Expiry {
  /** Records a change that has been made. */
  track(change: Change): void;
  /**
   * Starts again with a table, after its attribute was set or changed, or with `undefined` after the table was deleted.
   */
  reset(tableName: string, table: Table | undefined): void;
  close(): void;
}

interface ExpiryDeps {
  clock: Clock;
  /** Deletes these items. A failure is repeated at the next sweep. */
  remove(due: readonly { tableName: string; key: string }[]): void;
}

export function createExpiry({ clock, remove }: ExpiryDeps): Expiry {
  const due = createTree<{ tableName: string; key: string }>();
  let armedFor = Number.POSITIVE_INFINITY;
  let disarm = () => {};

  const dueKey = (table: Table, stored: StoredItem | undefined) => {
    const seconds = stored && expirySeconds(table, stored);
    if (seconds === undefined || seconds < clock.now() / 1000 - OLDEST) return undefined;
    return `${String(seconds).padStart(13, '0')}${table.name}\0${stored!.key}`;
  };
  const arm = (notBefore = clock.now()) => {
    const first = due.minKey();
    if (first === undefined) return;
    const earliest = Math.max(Number(first.slice(0, 13)) * 1000, notBefore);
    const time = (Math.floor(earliest / SWEEP_INTERVAL) + 1) * SWEEP_INTERVAL;
    if (time >= armedFor) return;
    disarm();
    armedFor = time;
    disarm = clock.at(time, sweep);
  };
  const sweep = () => {
    armedFor = Number.POSITIVE_INFINITY;
    const now = clock.now();
    const batch: { tableName: string; key: string }[] = [];
    for (const [key, entry] of due.entries()) {
      if (Number(key.slice(0, 13)) * 1000 > now || batch.length === SWEEP_SIZE) break;
      batch.push(entry);
    }
    try {
      if (batch.length > 0) remove(batch);
    } catch {
      // The disk refused the write. The items stay due.
    }
    arm();
  };

  return {
    track({ table, before, after }) {
      const keyBefore = dueKey(table, before);
      const keyAfter = dueKey(table, after);
      if (keyBefore === keyAfter) return;
      if (keyBefore !== undefined) due.delete(keyBefore);
      if (keyAfter !== undefined) due.set(keyAfter, { tableName: table.name, key: after!.key });
      arm();
    },
    reset(tableName, table) {
      for (const [key, entry] of [...due.entries()]) if (entry.tableName === tableName) due.delete(key);
      if (!table || !attributeOf(table)) return;
      for (const [, stored] of table.items.entries()) {
        const key = dueKey(table, stored);
        if (key !== undefined) due.set(key, { tableName, key: stored.key });
      }
      arm();
    },
    close: () => disarm(),
  };
}

function attributeOf(table: Table): string | undefined {
  const specification = table.definition.TimeToLiveSpecification;
  return specification?.Enabled === false ? undefined : specification?.AttributeName;
}

function expirySeconds(table: Table, stored: StoredItem): number | undefined {
  const attribute = attributeOf(table);
  const text = attribute === undefined ? undefined : own(stored.item, attribute)?.N;
  const seconds = Math.floor(Number(text));
  return seconds >= 0 && seconds < 1e12 ? seconds : undefined;
}
