/** The change log of one table, with records in Lambda's form. */

import { createHash } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { itemSize } from './sizes.ts';
import { type Change, namesOf } from './table.ts';
import type { Item } from './types.ts';
import { itemsEqual } from './values.ts';

/** Milliseconds: records are kept for 24 hours, as in AWS. */
export const RETENTION = 24 * 3600 * 1000;

export interface LogEntry {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly record: DynamoDBRecord;
}

export interface StreamLog {
  append(entry: LogEntry): void;
  /** At most `limit` entries after `sequence`, in order. */
  after(sequence: number, limit: number): LogEntry[];
  /** Drops entries from before `time`; gives back whether there were any. */
  trim(time: number): boolean;
  last(): number;
}

export function createLog(): StreamLog {
  let entries: LogEntry[] = [];
  const firstAfter = (sequence: number) => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle]!.sequence <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    append: (entry) => void entries.push(entry),
    after(sequence, limit) {
      const from = firstAfter(sequence);
      return entries.slice(from, from + limit);
    },
    trim(time) {
      if (entries.length === 0 || entries[0]!.time >= time) return false;
      const kept = entries.findIndex((entry) => entry.time >= time);
      entries = kept < 0 ? [] : entries.slice(kept);
      return true;
    },
    last: () => entries.at(-1)?.sequence ?? 0,
  };
}

/** A sequence number as text of fixed width, so that texts sort like numbers. */
export function sequenceText(sequence: number): string {
  return String(sequence).padStart(21, '0');
}

/**
 * Deletions by time to live carry the service's name. Consumers use it to distinguish them from deletions by the
 * application.
 */
const timeToLiveIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const;

interface RecordContext {
  sequence: number;
  /** Milliseconds since 1970. */
  time: number;
  region: string;
  byTimeToLive: boolean;
}

/** The record of a change; undefined if the table has no stream or nothing changed. */
export function streamRecord(change: Change, context: RecordContext): DynamoDBRecord | undefined {
  const { table, before, after } = change;
  if (table.streamArn === undefined || before === after) return undefined;
  if (before && after && itemsEqual(before.item, after.item)) return undefined;
  const view = table.definition.StreamSpecification?.StreamViewType ?? 'NEW_AND_OLD_IMAGES';
  const whole = (after ?? before)!.item;
  const keys: Item = {};
  for (const name of namesOf(table.keys)) keys[name] = whole[name]!;
  const showNew = after && (view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES');
  const showOld = before && (view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES');
  const size = itemSize(keys) + (showNew ? after.size : 0) + (showOld ? before.size : 0);
  const sequence = sequenceText(context.sequence);
  const record = {
    eventID: createHash('md5').update(table.streamArn).update(sequence).digest('hex'),
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: context.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(context.time / 1000),
      Keys: keys,
      ...(showNew && { NewImage: after.item }),
      ...(showOld && { OldImage: before.item }),
      SequenceNumber: sequence,
      SizeBytes: size,
      StreamViewType: view,
    },
    eventSourceARN: table.streamArn,
    ...(context.byTimeToLive && { userIdentity: timeToLiveIdentity }),
  };
  return record as DynamoDBRecord;
}
