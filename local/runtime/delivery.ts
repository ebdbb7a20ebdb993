/** One batch of a stream's records: delivered until its function takes it, or given up as its mapping says. */
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../shared/core/clock.ts';
import type { Runner } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Properties } from './template.ts';

export interface DeliveryOptions {
  readonly runner: Runner;
  readonly queues: Queues;
  readonly clock: Clock;
  /** Milliseconds on the clock to wait before retry 1, 2, ...; none unless said, so that tests need not wait. */
  readonly retryDelay?: ((retry: number) => number) | undefined;
}

export const sequenceOf = (record: DynamoDBRecord) => record.dynamodb?.SequenceNumber ?? '';

export function createDelivery({ runner, queues, clock, retryDelay = () => 0 }: DeliveryOptions) {
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
    await pause(retryDelay(attempts));
    return deliver(left, properties, attempts + 1);
  }

  return {
    deliver,
    /** Ends waits; nothing is delivered any more. */
    close() {
      closed = true;
      endWaits();
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
