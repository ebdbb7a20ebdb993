import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../product/problems.ts';
import { type Meter, roundTripCounter } from './meter.ts';

const attempts = 4;
/** Milliseconds before the n-th repetition, with jitter so that those who collided do not collide again. */
const backoff = (attempt: number) => 20 * 2 ** attempt * (0.5 + Math.random());

export const tryAgain = (): never => {
  throw new Problem('TRY_AGAIN', { retryAfter: 1 });
};

/**
 * Repeats an attempt that gives nothing, because others got in its way: four times in all, with growing pauses.
 *
 * @param giveUp what to do after the last; unless said, Problem TRY_AGAIN
 */
export async function patiently<T>(
  attempt: () => Promise<{ readonly done: T } | undefined>,
  giveUp: () => never = tryAgain,
): Promise<T> {
  for (let n = 1; ; n++) {
    const result = await attempt();
    if (result) return result.done;
    if (n === attempts) return giveUp();
    await pause(backoff(n));
  }
}

/** The SDK has repeated a throttled call three times already: what it throws then is for the client to repeat. */
const throttled = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

/** The calls of one invocation to the table, counted in its meter. */
export interface Calls {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** What every request for one item or one page has in common. */
  readonly metered: { readonly TableName: string; readonly ReturnConsumedCapacity: 'TOTAL' };
  /** @throws Problem TRY_AGAIN where the table throttles */
  counted<Output>(send: () => Promise<Output>): Promise<Output>;
  /** Adds what DynamoDB says a request has consumed. */
  consumed(kind: 'readUnits' | 'writeUnits', capacity: unknown): void;
}

export function callsOf(client: DynamoDBDocumentClient, tableName: string, meter: Meter): Calls {
  const count = roundTripCounter(meter);
  return {
    client,
    tableName,
    metered: { TableName: tableName, ReturnConsumedCapacity: 'TOTAL' },
    counted: (send) =>
      count(send).catch((error: unknown) => {
        if (error instanceof Error && throttled.has(error.name)) return tryAgain();
        throw error;
      }),
    consumed(kind, capacity) {
      for (const each of [capacity].flat() as ({ CapacityUnits?: number } | undefined)[])
        meter[kind] += each?.CapacityUnits ?? 0;
    },
  };
}
