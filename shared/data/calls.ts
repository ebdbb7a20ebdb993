import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isThrottled } from '../core/later.ts';
import { Problem } from '../product/problems.ts';
import { type Meter, roundTripCounter } from './meter.ts';

const attempts = 4;
/** Milliseconds before the n-th repetition. The jitter keeps callers that collided from colliding again. */
export const backoff = (attempt: number) => 20 * 2 ** attempt * (0.5 + Math.random());

/** The refusal of a request that lost to other requests several times in a row. The client repeats it after a second. */
export const tryAgain = () => new Problem('TRY_AGAIN', { retryAfter: 1 });

/**
 * Repeats an attempt that yields nothing because other callers got in its way. There are four attempts in all, with
 * growing pauses of 20 to 240 ms.
 *
 * @param attempt gives `{ done }`, or undefined to be repeated; `isLast`: it will not be
 * @throws Problem TRY_AGAIN after the last attempt
 */
export async function patiently<T>(
  attempt: (isLast: boolean) => Promise<{ readonly done: T } | undefined>,
): Promise<T> {
  for (let n = 1; ; n++) {
    const result = await attempt(n === attempts);
    if (result) return result.done;
    if (n === attempts) throw tryAgain();
    await pause(backoff(n));
  }
}

/** The calls of one invocation to the table, counted in its meter. */
export interface Calls {
  /** The name of the use case, for errors. */
  readonly useCase: string;
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The fields that every request for one item or one page shares. */
  readonly metered: { readonly TableName: string; readonly ReturnConsumedCapacity: 'TOTAL' };
  /**
   * Sends one request and counts it.
   *
   * @throws Problem TRY_AGAIN if the table throttles
   */
  counted<Output>(send: () => Promise<Output>): Promise<Output>;
  /** Adds the capacity units that DynamoDB reports for a request. */
  consumed(kind: 'readUnits' | 'writeUnits', capacity: unknown): void;
  /** Adds the units of a refused write or transaction. */
  refused(units: number): void;
}

export function callsOf(client: DynamoDBDocumentClient, tableName: string, meter: Meter, useCase: string): Calls {
  const count = roundTripCounter(meter);
  return {
    useCase,
    client,
    tableName,
    metered: { TableName: tableName, ReturnConsumedCapacity: 'TOTAL' },
    counted: (send) =>
      count(send).catch((error: unknown) => {
        // The SDK has already repeated the call three times, so the client has to repeat the request.
        if (isThrottled(error)) throw tryAgain();
        throw error;
      }),
    consumed(kind, capacity) {
      for (const each of [capacity].flat() as ({ CapacityUnits?: number } | undefined)[])
        meter[kind] += each?.CapacityUnits ?? 0;
    },
    refused(units) {
      meter.refusedUnits += units;
    },
  };
}
