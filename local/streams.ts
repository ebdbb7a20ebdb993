import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Clock } from './clock.ts';
import { fits } from './filter.ts';
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

export interface Streams {
  /** Whether every source has handled all that the table's stream holds. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  close(): void;
}

/** Records one poll looks at, before filters. */
const window = 1000;
const sequenceOf = (record: DynamoDBRecord) => record.dynamodb?.SequenceNumber ?? '';

/** Delivers what changes in the table to the functions whose event source mappings ask for it: in order, at least once. */
export function createStreams(
  resources: readonly Resource[],
  {
    table,
    runner,
    queues,
    clock,
    checkpoints,
  }: { table: ChangeLog; runner: Runner; queues: Queues; clock: Clock; checkpoints: Checkpoints },
): Streams {
  const listeners: (() => void)[] = [];
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(({ id, properties }) => {
    const tableName = /table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1];
    if (!tableName) throw new Error(`${id} reads from ${properties.EventSourceArn}, which is no table's stream`);
    return { id, tableName, properties, busy: false, again: false };
  });
  let closed = false;

  async function deliver(records: readonly DynamoDBRecord[], properties: Properties, attempts = 1): Promise<void> {
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
    const started = (left[0]?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
    const tooOld = clock.now() - started > (properties.MaximumRecordAgeInSeconds ?? 86_400) * 1000;
    // Progress made by a partial failure starts the count anew, as it does on Lambda.
    const tried = left.length < records.length ? 1 : attempts + 1;
    if (properties.BisectBatchOnFunctionError && left.length > 1 && !tooOld) {
      const middle = Math.ceil(left.length / 2);
      await deliver(left.slice(0, middle), properties, tried);
      return deliver(left.slice(middle), properties, 1);
    }
    if (tried <= (properties.MaximumRetryAttempts ?? 10_000) + 1 && !tooOld) return deliver(left, properties, tried);
    const destination = properties.DestinationConfig?.OnFailure?.Destination;
    if (destination) queues.send(destination, giveUp(left, properties, attempts, clock.now()));
  }

  async function poll(source: (typeof sources)[number]): Promise<void> {
    if (source.busy) {
      source.again = true;
      return;
    }
    source.busy = true;
    const { id, tableName, properties } = source;
    const patterns = (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }: { Pattern: string }) =>
      JSON.parse(Pattern),
    );
    do {
      source.again = false;
      for (let records = table.readStream(tableName, checkpoints.get(id), window); records.length > 0 && !closed; ) {
        const wanted = records.filter(
          (record) => patterns.length === 0 || patterns.some((pattern: never) => fits(pattern, record)),
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
      unsubscribe();
    },
  };
}

/** What Lambda writes to an on-failure destination: where the records are, not the records. */
const giveUp = (
  records: readonly DynamoDBRecord[],
  { FunctionName, EventSourceArn }: Properties,
  attempts: number,
  now: number,
) => ({
  requestContext: { functionArn: FunctionName, condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts },
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
