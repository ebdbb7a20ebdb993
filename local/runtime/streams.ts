import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import { checkPattern, fits, type Pattern } from './filter.ts';
import type { Runner } from './functions.ts';
import type { Queues } from './queues.ts';
import { ofType, type Properties, type Resource } from './template.ts';

/** The position of each stream source, kept over restarts. */
export interface Checkpoints {
  get(source: string): string | undefined;
  set(source: string, sequence: string): void;
}
export const memoryCheckpoints = (): Checkpoints => {
  const known = new Map<string, string>();
  return { get: (source) => known.get(source), set: (source, sequence) => void known.set(source, sequence) };
};

/** The change log of a table, as the source of its stream. */
export interface ChangeLog {
  readStream(tableName: string, afterSequence: string | undefined, limit: number): DynamoDBRecord[];
  /** Calls the listener after new records; gives back a function that stops that. */
  subscribe(listener: () => void): () => void;
}

/** The dependencies of the deliveries. */
export interface StreamsOptions {
  readonly table: ChangeLog;
  readonly runner: Runner;
  readonly queues: Queues;
  readonly clock: Clock;
  readonly checkpoints: Checkpoints;
  /** Milliseconds on the clock to wait before retry 1, 2, ...; none unless given, so that tests need not wait. */
  readonly retryDelay?: (retry: number) => number;
}

export interface Streams {
  /** Whether every source has handled all records of the table's stream. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  close(): void;
}

/** The number of records that one poll reads, before filters. */
const window = 1000;
const sequenceOf = (record: DynamoDBRecord) => record.dynamodb?.SequenceNumber ?? '';

/** An event source mapping, and whether its stream is being read. */
interface Source {
  readonly id: string;
  readonly tableName: string;
  readonly properties: Properties;
  readonly patterns: readonly Pattern[];
  busy: boolean;
  /** New records came while it was busy. */
  again: boolean;
}

/**
 * Checks a source at the start, not at the first change.
 *
 * @throws Error for a source that is no table's stream, and for a filter that is not supported
 */
function sourceOf({ id, properties }: Resource): Source {
  const tableName = /table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1];
  if (!tableName) throw new Error(`${id} reads from ${properties.EventSourceArn}, which is no table's stream`);
  const filters: readonly { Pattern: string }[] = properties.FilterCriteria?.Filters ?? [];
  const patterns = filters.map((filter): Pattern => JSON.parse(filter.Pattern));
  for (const pattern of patterns) checkPattern(pattern);
  return { id, tableName, properties, patterns, busy: false, again: false };
}

/** Delivers changes of the table to the functions whose event source mappings match them: in order, at least once. */
export function createStreams(
  resources: readonly Resource[],
  { table, runner, queues, clock, checkpoints, retryDelay = () => 0 }: StreamsOptions,
): Streams {
  const listeners: (() => void)[] = [];
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(sourceOf);
  let closed = false;
  let endWaits = () => {};
  const ended = new Promise<void>((resolve) => {
    endWaits = resolve;
  });

  function pause(ms: number): Promise<unknown> {
    if (ms <= 0) return Promise.resolve();
    let callOff = () => {};
    const waited = new Promise<void>((resolve) => {
      callOff = clock.at(clock.now() + ms, resolve);
    });
    return Promise.race([waited, ended]).finally(callOff);
  }

  /**
   * Delivers until the records are handled or given up. `attempts` includes this try. Halving a batch does not use up
   * its retries.
   */
  async function deliver(records: readonly DynamoDBRecord[], properties: Properties, attempts = 1): Promise<void> {
    if (closed) return;
    const outcome = await runner.invoke(properties.FunctionName, { Records: records });
    const partial = properties.FunctionResponseTypes?.includes('ReportBatchItemFailures');
    const failures =
      outcome.ok && partial ? ((outcome.payload as DynamoDBBatchResponse | null)?.batchItemFailures ?? []) : [];
    if (outcome.ok && failures.length === 0) return;

    // The first failed record and all after it are delivered again. Those before it are done.
    const first = Math.min(
      ...failures
        .map(({ itemIdentifier }) => records.findIndex((each) => sequenceOf(each) === itemIdentifier))
        .filter((i) => i >= 0),
    );
    const left = Number.isFinite(first) ? records.slice(first) : records;
    // After a partial success the count of attempts starts again, as it does on Lambda.
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
    await pause(retryDelay(attempts));
    return deliver(left, properties, attempts + 1);
  }

  async function poll(source: Source): Promise<void> {
    if (source.busy) {
      source.again = true;
      return;
    }
    source.busy = true;
    const { id, tableName, properties, patterns } = source;
    do {
      source.again = false;
      for (let records = table.readStream(tableName, checkpoints.get(id), window); records.length > 0 && !closed; ) {
        const wanted = records.filter(
          (record) => patterns.length === 0 || patterns.some((pattern) => fits(pattern, record)),
        );
        const batch = wanted.slice(0, properties.BatchSize ?? 100);
        if (batch.length > 0) await deliver(batch, properties);
        if (closed) break;
        const last = batch.length < wanted.length ? batch.at(-1)! : records.at(-1)!;
        checkpoints.set(id, sequenceOf(last));
        records = table.readStream(tableName, sequenceOf(last), window);
      }
    } while (source.again && !closed);
    source.busy = false;
    for (const listener of listeners) listener();
  }

  const pollAll = () => {
    for (const source of sources) void poll(source);
  };
  const unsubscribe = table.subscribe(pollAll);
  queueMicrotask(pollAll);
  return {
    idle: () =>
      sources.every(
        (source) => !source.busy && table.readStream(source.tableName, checkpoints.get(source.id), 1).length === 0,
      ),
    onIdle: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      endWaits();
      unsubscribe();
    },
  };
}

/**
 * The reason why a failed batch is not retried; undefined if it is retried. -1 means no limit in both settings, and so
 * does a missing setting.
 */
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

/** The message that Lambda sends to an on-failure destination: the position of the records, not the records. */
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
