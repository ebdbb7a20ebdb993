import { createHash, randomInt } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { createDelivery, type DeliveryOptions, sequenceOf } from './delivery.ts';
import { checkPattern, fits, type Pattern } from './filter.ts';
import { ofType, type Properties, type Resource } from './template.ts';

/** Where each stream source has got to, kept over restarts. */
export interface Checkpoints {
  get(source: string): string | undefined;
  set(source: string, sequence: string): void;
}
export const memoryCheckpoints = (): Checkpoints => {
  const known = new Map<string, string>();
  return { get: (source) => known.get(source), set: (source, sequence) => void known.set(source, sequence) };
};

/** What the stream of a table is read from. */
export interface ChangeLog {
  readStream(tableName: string, afterSequence: string | undefined, limit: number): DynamoDBRecord[];
  /** Calls the listener when something was appended; gives back how to stop it. */
  subscribe(listener: () => void): () => void;
}

/** What delivery works with. */
export interface StreamsOptions extends DeliveryOptions {
  readonly table: ChangeLog;
  readonly checkpoints: Checkpoints;
}

export interface Streams {
  /** Whether every source has handled all that the table's stream holds. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  /**
   * Delivers changes again that were delivered before, to every function that wants them, and gives back how many each got.
   *
   * @param last how many of the table's newest changes
   * @param shuffled out of turn, instead of in the order in which they were made
   */
  redeliver(last: number, shuffled: boolean): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

/** Records one poll looks at, before filters. */
const window = 1000;

/** A record that was read and is not known to be handled. */
interface Pending {
  readonly record: DynamoDBRecord;
  done: boolean;
}

/** Batches that are handled one after another: those of some partitions. */
interface Slot {
  readonly waiting: Pending[];
  busy: boolean;
}

/** An event source mapping, and how far it is with its stream. */
interface Source {
  readonly id: string;
  readonly tableName: string;
  readonly properties: Properties;
  readonly patterns: readonly Pattern[];
  /** `ParallelizationFactor` of them: the changes of one partition are in one. */
  readonly slots: readonly Slot[];
  /** All that was read since the checkpoint, in the stream's order. */
  pending: Pending[];
  /** The sequence number up to which the stream was read. */
  read: string | undefined;
}

/** The slot that a record's partition belongs to. */
function slotOf({ slots }: Source, { dynamodb }: DynamoDBRecord): Slot {
  if (slots.length === 1) return slots[0]!;
  const partition = JSON.stringify(Object.values(dynamodb?.Keys ?? {})[0] ?? '');
  return slots[createHash('sha256').update(partition).digest().readUInt32BE(0) % slots.length]!;
}

/** Throws an Error for what is no table's stream, and for an unknown filter: at the start, not at the first change. */
function sourceOf({ id, properties }: Resource): Source {
  const tableName = /table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1];
  if (!tableName) throw new Error(`${id} reads from ${properties.EventSourceArn}, which is no table's stream`);
  const filters: readonly { Pattern: string }[] = properties.FilterCriteria?.Filters ?? [];
  const patterns = filters.map((filter): Pattern => JSON.parse(filter.Pattern));
  for (const pattern of patterns) checkPattern(pattern);
  const slots = Array.from(
    { length: properties.ParallelizationFactor ?? 1 },
    (): Slot => ({ waiting: [], busy: false }),
  );
  return { id, tableName, properties, patterns, slots, pending: [], read: undefined };
}

const wants = (patterns: readonly Pattern[], record: DynamoDBRecord) =>
  patterns.length === 0 || patterns.some((pattern) => fits(pattern, record));

/** What a source has got of a table's stream, as far as the stream still holds it. */
function delivered(table: ChangeLog, tableName: string, checkpoint: string | undefined): DynamoDBRecord[] {
  const found: DynamoDBRecord[] = [];
  if (checkpoint === undefined) return found;
  for (let after: string | undefined; ; after = sequenceOf(found.at(-1)!)) {
    const page = table.readStream(tableName, after, window);
    const old = page.filter((record) => BigInt(sequenceOf(record)) <= BigInt(checkpoint));
    found.push(...old);
    if (page.length < window || old.length < page.length) return found;
  }
}

/** Puts records into a random order; two or more never stay as they were. */
function shuffle(records: DynamoDBRecord[]): void {
  const before = [...records];
  for (let i = records.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [records[i], records[j]] = [records[j]!, records[i]!];
  }
  if (records.every((record, i) => record === before[i])) records.reverse();
}

/** Gives what comes next in the stream to the slots, as long as not too much waits. Tells whether there was anything. */
function readOn(source: Source, table: ChangeLog): boolean {
  const { tableName, patterns, pending } = source;
  let hasRead = false;
  while (pending.length < window) {
    const records = table.readStream(tableName, source.read, window);
    if (records.length === 0) break;
    hasRead = true;
    source.read = sequenceOf(records.at(-1)!);
    for (const record of records) {
      const wanted = wants(patterns, record);
      const entry = { record, done: !wanted };
      pending.push(entry);
      if (wanted) slotOf(source, record).waiting.push(entry);
    }
  }
  return hasRead;
}

/** Moves the checkpoint to the last record up to which all are handled. False if it stays. */
function advance({ id, pending }: Source, checkpoints: Checkpoints): boolean {
  const left = pending.findIndex(({ done }) => !done);
  const count = left < 0 ? pending.length : left;
  if (count > 0) checkpoints.set(id, sequenceOf(pending.splice(0, count).at(-1)!.record));
  return count > 0;
}

/**
 * Delivers what changes in the table to the functions whose event source mappings ask for it: at least once, and the changes
 * of one partition in order.
 */
export function createStreams(
  resources: readonly Resource[],
  { table, runner, queues, clock, checkpoints, retryDelay }: StreamsOptions,
): Streams {
  const listeners: (() => void)[] = [];
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => !/^arn:aws:sqs:/.test(properties.EventSourceArn))
    .map(sourceOf);
  let closed = false;
  let redelivering = 0;
  const { deliver, close: endDelivery } = createDelivery({ runner, queues, clock, retryDelay });

  /** Handles what waits in a slot, batch by batch. */
  async function drain(source: Source, slot: Slot): Promise<void> {
    const { properties } = source;
    slot.busy = true;
    while (slot.waiting.length > 0 && !closed) {
      const batch = slot.waiting.splice(0, properties.BatchSize ?? 100);
      const records = batch.map(({ record }) => record);
      await deliver(records, properties);
      if (closed) break;
      for (const each of batch) each.done = true;
      advance(source, checkpoints);
    }
    slot.busy = false;
    poll(source);
    for (const listener of listeners) listener();
  }

  /** Reads on, and wakes the slots that got something. */
  function poll(source: Source): void {
    if (closed) return;
    source.read ??= checkpoints.get(source.id);
    // What nobody wants is done with at once, and makes room for more.
    while (readOn(source, table)) advance(source, checkpoints);
    advance(source, checkpoints);
    for (const slot of source.slots) if (!slot.busy && slot.waiting.length > 0) void drain(source, slot);
  }

  const pollAll = () => {
    for (const source of sources) poll(source);
  };
  const unsubscribe = table.subscribe(pollAll);
  queueMicrotask(pollAll);
  return {
    idle: () =>
      redelivering === 0 &&
      sources.every(
        ({ pending, slots, tableName, read }) =>
          pending.length === 0 && slots.every(({ busy }) => !busy) && table.readStream(tableName, read, 1).length === 0,
      ),
    onIdle: (listener) => void listeners.push(listener),
    async redeliver(last, shuffled) {
      redelivering++;
      try {
        const counts = sources.map(async ({ id, tableName, properties, patterns }) => {
          const records = delivered(table, tableName, checkpoints.get(id))
            .slice(-last)
            .filter((record) => wants(patterns, record));
          if (shuffled) shuffle(records);
          const size = properties.BatchSize ?? 100;
          for (let i = 0; i < records.length; i += size) await deliver(records.slice(i, i + size), properties);
          return [id, records.length] as const;
        });
        return Object.fromEntries(await Promise.all(counts));
      } finally {
        redelivering--;
        for (const listener of listeners) listener();
      }
    },
    close() {
      closed = true;
      endDelivery();
      unsubscribe();
    },
  };
}
