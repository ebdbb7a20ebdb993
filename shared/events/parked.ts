import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parkingQueueOf } from '../adapters/queue.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { Later } from '../core/later.ts';
import { clockOf } from '../core/platform.ts';
import { dayMs } from '../core/time.ts';
import type { Reference } from '../data/table.ts';
import { type Deps, kernelOf } from '../kernel.ts';
import {
  adaptersOf,
  type FeatureConsumers,
  isBusy,
  namedOf,
  type ParkedChange,
  runWithin,
  tellOf,
} from './consumers.ts';
import { firstPause } from './stream.ts';

/** Milliseconds after which a change that still fails is given up. */
const longest = dayMs;
/** It is tried so often in any case, also where the machine slept for days. */
const fewestTries = 5;
const longestPause = 900_000;

/** Milliseconds to wait after the n-th try here: 4, 8, 16 ... 900 s. The pause before the first was 2 s. */
const pauseAfter = (tries: number) => Math.min(longestPause, firstPause * 2 ** Math.min(tries, 20));

/**
 * The function that tries parked changes again, each alone. The consumer gets the item as it is now, because its former
 * state was not kept. A change that fails waits longer each time, and after 24 hours it goes to the queue of changes that
 * failed for good. A change that is throttled or whose instant has not come waits without a limit. Heavy work comes in the
 * same way, for the first time too.
 *
 * @param limit milliseconds for each consumer: long, because nothing waits for it here
 */
export function parkedFunction(
  features: readonly FeatureConsumers[],
  limit: number,
): Deployable<SQSEvent, SQSBatchResponse> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adaptersOf(features));
    const consumers = new Map(namedOf(features).map((consumer) => [consumer.name, consumer]));
    const clock = clockOf(platform);
    const queue = parkingQueueOf(platform);

    async function tryAgain(parked: ParkedChange, deps: Deps<Record<never, never>>): Promise<void> {
      const consumer = consumers.get(parked.consumer);
      if (!consumer) throw new Error(`there is no consumer ${parked.consumer}`);
      const { event, keys, old, after, due, changedAt } = parked;
      const reference: Reference<unknown> = { key: keys };
      const item = event === 'REMOVE' ? undefined : (await deps.table.getAll({ item: reference })).item;
      // The item is deleted and nothing of it was kept. Its deletion is a change of its own.
      if (item === undefined && old === undefined) return;
      await runWithin(
        clock,
        limit,
        consumer,
        { item, after, old: old && { type: consumer.entity, ...old }, changedAt, again: true, due },
        deps,
      );
    }

    /** Whether a message is finished and can be deleted. */
    async function handle({ body, receiptHandle, attributes }: SQSRecord, deps: Deps<Record<never, never>>) {
      const parked = JSON.parse(body) as ParkedChange;
      const now = clock.now();
      const tries = Number(attributes.ApproximateReceiveCount);
      if (parked.due !== undefined && parked.due > now) {
        await queue.hide(receiptHandle, parked.due - now);
        return false;
      }
      try {
        await tryAgain(parked, deps);
        return true;
      } catch (error) {
        const { consumer, event, keys, sequence } = parked;
        tellOf(log, { consumer, event, sequence, tries }, error);
        if (error instanceof Later) {
          await queue.park({ ...parked, due: error.at }, error.at - clock.now());
          return true;
        }
        if (!isBusy(error) && now - parked.since >= longest && tries >= fewestTries) {
          const { due: _, ...change } = parked;
          await queue.giveUp({ ...change, tries, error: error instanceof Error ? error.name : 'Error' });
          log.error({ consumer, event, keys, tries }, 'given up');
          return true;
        }
        await queue.hide(receiptHandle, pauseAfter(tries));
        return false;
      }
    }

    return async ({ Records }) => {
      const started = platform.now();
      const { deps, meter } = open('a consumer of parked changes');
      const left: string[] = [];
      await Promise.all(
        Records.map(async (record) => {
          // A message that could not be put off comes back after its visibility timeout.
          const done = await handle(record, deps).catch((error: unknown) => {
            log.error({ message: record.messageId, error }, 'not handled');
            return false;
          });
          if (!done) left.push(record.messageId);
        }),
      );
      log.info({ parked: Records.length, left: left.length, ms: platform.now() - started, ...meter }, 'tried again');
      return { batchItemFailures: left.map((itemIdentifier) => ({ itemIdentifier })) };
    };
  });
}
