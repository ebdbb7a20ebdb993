import { createHash } from 'node:crypto';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import { checkPattern, fits, type Pattern } from './filter.ts';
import type { Runner } from './functions.ts';
import type { Queues } from './queues.ts';
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
export interface StreamsOptions {
  readonly table: ChangeLog;
  readonly runner: Runner;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  /** Milliseconds on the clock to wait before retry 1, 2, ...; none unless said, so that tests need not wait. */
  readonly retryDelay?: (retry: number) => number;
}

export interface Streams {
  /** Whether every source has handled all that the table's stream holds. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  close(): void;
}

/** Records one poll looks at, before filters. */
const window = 1000;
const sequenceOf = (record: DynamoDBRecord) => record.dynamodb?.SequenceNumber ?? '';

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

/** Waits on the clock that can all be ended at once. */
function createWaits(clock: Clock) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  function pause(ms: number): Promise<unknown> {
    if (ms <= 0) return Promise.resolve();
    let callOff = () => {};
    const waited = new Promise<void>((resolve) => {
      callOff = clock.at(clock.now() + ms, resolve);
    });
    return Promise.race([waited, ended]).finally(callOff);
  }
  return { pause, end };
}

/** Gives what comes next in the stream to the slots, as long as not too much waits. */
function readOn(source: Source, table: ChangeLog): void {
  const { tableName, patterns, pending } = source;
  while (pending.length < window) {
    const records = table.readStream(tableName, source.read, window);
    if (records.length === 0) return;
    source.read = sequenceOf(records.at(-1)!);
    for (const record of records) {
      const wanted = patterns.length === 0 || patterns.some((pattern) => fits(pattern, record));
      const entry = { record, done: !wanted };
      pending.push(entry);
      if (wanted) slotOf(source, record).waiting.push(entry);
    }
  }
}

/** Moves the checkpoint to the last record up to which all are handled. */
function advance({ id, pending }: Source, checkpoints: Checkpoints): void {
  const left = pending.findIndex(({ done }) => !done);
  const count = left < 0 ? pending.length : left;
  if (count > 0) checkpoints.set(id, sequenceOf(pending.splice(0, count).at(-1)!.record));
}

/**
 * Delivers what changes in the table to the functions whose event source mappings ask for it: at least once, and the changes
 * of one partition in order.
 */
export function createStreams(
  resources: readonly Resource[],
  { table, runner, queues, clock, checkpoints, retryDelay = () => 0 }: StreamsOptions,
): Streams {
  const listeners: (() => void)[] = [];
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => !/^arn:aws:sqs:/.test(properties.EventSourceArn))
    .map(sourceOf);
  let closed = false;
  const waits = createWaits(clock);

  /** Delivers until done or given up. `attempts` counts this try; halving a batch does not use up its retries. */
  async function deliver(records: readonly DynamoDBRecord[], properties: Properties, attempts = 1): Promise<void> {
    if (closed) return;
    const outcome = await runner.invoke(properties.FunctionName, { Records: records });
    const partial = properties.FunctionResponseTypes?.includes('ReportBatchItemFailures');
    const failures =
      outcome.ok && partial ? ((outcome.payload as DynamoDBBatchResponse | null)?.batchItemFailures ?? []) : [];
    if (outcome.ok && failures.length === 0) return;

    // The first that failed and all behind it come again; what came before is done.
    const first = Math.min(
      ...failures
        .map(({ itemIdentifier }) => records.findIndex((each) => sequenceOf(each) === itemIdentifier))
        .filter((i) => i >= 0),
    );
    const left = Number.isFinite(first) ? records.slice(first) : records;
    // Progress made by a partial failure starts the count anew, as it does on Lambda.
    if (left.length < records.length) return deliver(left, properties);
    const condition = refusalOf(left, properties, attempts, clock.now());
    if (condition) {
      const destination = properties.DestinationConfig?.OnFailure?.Destination;
      if (destination) queues.send(destination, giveUp(left, properties, { condition, attempts, now: clock.now() }));
      return;
    }
    if (properties.BisectBatchOnFunctionError && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      await deliver(left.slice(0, middle), properties, attempts);
      return deliver(left.slice(middle), properties, attempts);
    }
    await waits.pause(retryDelay(attempts));
    return deliver(left, properties, attempts + 1);
  }

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
    readOn(source, table);
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
      sources.every(
        ({ pending, slots, tableName, read }) =>
          pending.length === 0 && slots.every(({ busy }) => !busy) && table.readStream(tableName, read, 1).length === 0,
      ),
    onIdle: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      waits.end();
      unsubscribe();
    },
  };
}

/** Why a batch that failed is not tried again, if it is not. -1 means for ever, in both settings; so does nothing said. */
function refusalOf(
  [oldest]: readonly DynamoDBRecord[],
  { MaximumRetryAttempts: retries = -1, MaximumRecordAgeInSeconds: age = -1 }: Properties,
  attempts: number,
  now: number,
): 'RetryAttemptsExhausted' | 'RecordAgeExceeded' | undefined {
  const created = (oldest?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
  if (age >= 0 && now - created > age * 1000) return 'RecordAgeExceeded';
  return retries >= 0 && attempts > retries ? 'RetryAttemptsExhausted' : undefined;
}

/** What Lambda writes to an on-failure destination: where the records are, not the records. */
const giveUp = (
  records: readonly DynamoDBRecord[],
  { FunctionName, EventSourceArn }: Properties,
  { condition, attempts, now }: { condition: string; attempts: number; now: number },
) => ({
  requestContext: { functionArn: FunctionName, condition, approximateInvokeCount: attempts },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  DDBStreamBatchInfo: {
    shardId: 'shardId-local',
    startSequenceNumber: sequenceOf(records[0]!),
    endSequenceNumber: sequenceOf(records.at(-1)!),
    batchSize: records.length,
    streamArn: EventSourceArn,
  },
});
