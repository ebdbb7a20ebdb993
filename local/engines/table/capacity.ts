/**
 * Consumed capacity, counted like AWS counts it.
 *
 * - A read costs one unit for each 4 KB begun, half of that if it is eventually consistent. A query adds up sizes
 *   first.
 * - A write costs one unit for each KB begun of the larger of the old and the new item. Each index entry that is put,
 *   deleted or replaced costs the same in addition, and one that moves to another key costs both.
 * - In a transaction items count twice. Index entries count once, because they follow after the commit.
 */

import { type Change, indexChange } from './table.ts';

export type CapacityDetail = 'INDEXES' | 'TOTAL' | 'NONE' | undefined;

export interface Units {
  table: number;
  indexes: Record<string, number>;
}

const KB = 1024;

/** Units of reading `size` bytes in one request. Reading nothing costs as much as the smallest item. */
export function readUnits(size: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(size / (4 * KB))) * (consistent ? 1 : 0.5);
}

const unitsOf = (size: number) => Math.max(1, Math.ceil(size / KB));

/** Units of one write. `factor` is 2 in a transaction. */
export function writeUnits(change: Change, factor: 1 | 2 = 1): Units {
  const indexes: Record<string, number> = {};
  for (const index of change.table.indexes.values()) {
    const moved = indexChange(index, change);
    if (!moved) continue;
    const { before, after, keyBefore, keyAfter } = moved;
    if (before && after && keyBefore !== keyAfter) {
      indexes[index.name] = unitsOf(before.size) + unitsOf(after.size);
    } else {
      indexes[index.name] = unitsOf(Math.max(before?.size ?? 0, after?.size ?? 0));
    }
  }
  const size = Math.max(change.before?.size ?? 0, change.after?.size ?? 0);
  return { table: factor * unitsOf(size), indexes };
}

export interface ConsumedCapacity {
  TableName: string;
  CapacityUnits: number;
  ReadCapacityUnits?: number;
  WriteCapacityUnits?: number;
  Table?: { CapacityUnits: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits: number }>;
}

/** Units for each table, added up over the members of one request. */
export interface CapacityMeter {
  add(tableName: string, units: Units): void;
  /** One entry for each table; undefined if the request did not ask for it. */
  report(detail: CapacityDetail, transactional?: 'Read' | 'Write'): ConsumedCapacity[] | undefined;
}

export function createMeter(): CapacityMeter {
  const tables = new Map<string, Units>();
  return {
    add(tableName, units) {
      const total = tables.get(tableName) ?? { table: 0, indexes: {} };
      total.table += units.table;
      for (const name in units.indexes) total.indexes[name] = (total.indexes[name] ?? 0) + units.indexes[name]!;
      tables.set(tableName, total);
    },
    report(detail, transactional) {
      if (detail !== 'TOTAL' && detail !== 'INDEXES') return undefined;
      return [...tables].map(([name, units]) => describe(name, units, detail, transactional));
    },
  };
}

function describe(
  name: string,
  units: Units,
  detail: CapacityDetail,
  transactional?: 'Read' | 'Write',
): ConsumedCapacity {
  const sum = Object.values(units.indexes).reduce((total, each) => total + each, units.table);
  const result: ConsumedCapacity = { TableName: name, CapacityUnits: sum };
  if (transactional) result[`${transactional}CapacityUnits`] = sum;
  if (detail !== 'INDEXES') return result;
  result.Table = { CapacityUnits: units.table };
  const indexes = Object.entries(units.indexes);
  if (indexes.length > 0) {
    result.GlobalSecondaryIndexes = Object.fromEntries(indexes.map(([name, each]) => [name, { CapacityUnits: each }]));
  }
  return result;
}

/** The report of a request on one table. */
export function reportOf(tableName: string, units: Units, detail: CapacityDetail): ConsumedCapacity | undefined {
  const meter = createMeter();
  meter.add(tableName, units);
  return meter.report(detail)?.[0];
}
