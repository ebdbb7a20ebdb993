import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { parkingQueueOf } from '../adapters/queue.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { Later } from '../core/later.ts';
import { clockOf } from '../core/platform.ts';
import { kernelOf } from '../kernel.ts';
import {
  adaptersOf,
  type Change,
  type EventName,
  type FeatureConsumers,
  imageOf,
  kept,
  type NamedConsumer,
  namedOf,
  type ParkedChange,
  runWithin,
  tellOf,
} from './consumers.ts';

/** Milliseconds before a failed change is tried for the second time. */
export const firstPause = 2000;

interface StreamFunction {
  /** The time limit of each consumer in milliseconds, unless its contract sets another. */
  readonly within: number;
  readonly features: readonly FeatureConsumers[];
}

interface Read {
  readonly record: DynamoDBRecord;
  readonly wanted: readonly NamedConsumer[];
}

const keysOf = (record: DynamoDBRecord): ParkedChange['keys'] => ({
  pk: record.dynamodb?.Keys?.pk?.S ?? '',
  sk: record.dynamodb?.Keys?.sk?.S ?? '',
});

const changedAt = (record: DynamoDBRecord) => (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;

/** The records of each item, each with the consumers that want it. */
function perItem(records: readonly DynamoDBRecord[], consumers: readonly NamedConsumer[]): Read[][] {
  const items = new Map<string, Read[]>();
  for (const record of records) {
    const { NewImage, OldImage, Keys } = record.dynamodb ?? {};
    const type = (NewImage ?? OldImage)?.type?.S;
    const wanted = consumers.filter(
      ({ entity, on, having }) =>
        entity === type && on.includes(record.eventName as EventName) && (!having || NewImage?.[having] !== undefined),
    );
    const item = JSON.stringify(Keys);
    items.set(item, [...(items.get(item) ?? []), { record, wanted }]);
  }
  return [...items.values()].map((reads) =>
    reads.map(({ record, wanted }, i) => {
      const comesAgain = (consumer: NamedConsumer) => reads.slice(i + 1).some((next) => next.wanted.includes(consumer));
      return { record, wanted: wanted.filter((consumer) => !consumer.onlyLast || !comesAgain(consumer)) };
    }),
  );
}

/**
 * The function of a lane. It hands each change of the table to the consumers that want it. Nothing waits behind a failure:
 * items are handled side by side, a consumer that throws or takes too long is parked alone, and the stream goes on. Only if
 * a change cannot be parked, the record is reported, and the stream delivers it again.
 */
export function streamFunction({
  within,
  features,
}: StreamFunction): Deployable<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adaptersOf(features));
    const consumers = namedOf(features);
    const clock = clockOf(platform);
    const queue = parkingQueueOf(platform);
    const heavy = consumers.some((consumer) => consumer.heavy) ? parkingQueueOf(platform, 'HEAVY_URL') : queue;

    /** Parks a change for one consumer, or hands it over. */
    async function park(consumer: NamedConsumer, record: DynamoDBRecord, error: unknown): Promise<void> {
      const now = clock.now();
      const due = error instanceof Later ? error.at : undefined;
      const soonest = consumer.heavy ? 0 : firstPause;
      const old = kept(imageOf(record.dynamodb?.OldImage), consumer.keeps);
      const after = kept(imageOf(record.dynamodb?.NewImage), consumer.keeps);
      const message: ParkedChange = {
        consumer: consumer.name,
        event: record.eventName as EventName,
        keys: keysOf(record),
        sequence: record.dynamodb?.SequenceNumber ?? '',
        since: now,
        changedAt: changedAt(record),
        ...(old ? { old } : {}),
        ...(after ? { after } : {}),
        ...(due === undefined ? {} : { due }),
      };
      await (consumer.heavy ? heavy : queue).park(message, due === undefined ? soonest : due - now);
    }

    return async ({ Records }) => {
      const started = platform.now();
      const { deps, meter } = open('a consumer of changes');
      const unparked: string[] = [];
      let parked = 0;
      let handedOver = 0;

      async function handle(
        consumer: NamedConsumer,
        record: DynamoDBRecord,
        change: Omit<Change, 'now' | 'signal'>,
      ): Promise<void> {
        const { SequenceNumber = '' } = record.dynamodb ?? {};
        let failure: unknown;
        try {
          if (!consumer.heavy) return await runWithin(clock, consumer.within ?? within, consumer, change, deps);
        } catch (error) {
          tellOf(log, { consumer: consumer.name, event: record.eventID }, error);
          failure = error;
        }
        await park(consumer, record, failure).then(
          () => void (consumer.heavy ? handedOver++ : parked++),
          (reason: unknown) => {
            log.error({ consumer: consumer.name, event: record.eventID, error: reason }, 'not parked');
            unparked.push(SequenceNumber);
          },
        );
      }

      await Promise.all(
        perItem(Records, consumers).map(async (reads) => {
          for (const { record, wanted } of reads) {
            const { NewImage, OldImage } = record.dynamodb ?? {};
            const after = imageOf(NewImage);
            const change = {
              item: after,
              after,
              old: imageOf(OldImage),
              changedAt: changedAt(record),
              again: false,
              due: undefined,
            };
            // The change may stand for several, and those that it stands for may have changed what this one did not.
            const several = { ...change, again: reads.length > 1 };
            await Promise.all(wanted.map((consumer) => handle(consumer, record, consumer.onlyLast ? several : change)));
          }
        }),
      );
      const ms = platform.now() - started;
      const done = { records: Records.length, parked, ...(handedOver > 0 ? { handedOver } : {}) };
      log.info({ ...done, failed: unparked.length, ms, ...meter }, 'consumed');
      return { batchItemFailures: unparked.map((itemIdentifier) => ({ itemIdentifier })) };
    };
  });
}
