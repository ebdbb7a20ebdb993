import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Consumer, Feature } from '../core/contract.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { type Adapters, type Deps, kernelOf } from '../kernel.ts';

/** One change of one item: `item` is its new state, `old` its former state. */
export interface Change<T = unknown> {
  readonly item: T | undefined;
  readonly old: T | undefined;
  readonly now: number;
}

type Consumers = Readonly<Record<string, Consumer>>;
export type StreamServices<C extends Consumers, A extends Adapters> = {
  readonly [Name in keyof C]: (change: Change<never>, deps: Deps<A>) => Promise<void>;
};

const imageOf = (image: unknown) => (image ? unmarshall(image as Parameters<typeof unmarshall>[0]) : undefined);

/**
 * The stream function of a feature. Records are handled one after another, in the order of the changes. The first
 * record that fails is reported, and the stream delivers it and all following records again. Consumers must be
 * idempotent.
 */
export function streamFunction<C extends Consumers, const A extends Adapters = Record<never, never>>(
  contract: Pick<Feature, 'name'> & { readonly consumers: C },
  services: StreamServices<C, A>,
  adapters: A = {} as A,
): Deployable<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adapters);

    async function consume(record: DynamoDBRecord, deps: Deps<A>) {
      const item = imageOf(record.dynamodb?.NewImage);
      const old = imageOf(record.dynamodb?.OldImage);
      const type = (item ?? old)?.type;
      for (const [name, consumer] of Object.entries(contract.consumers)) {
        if (consumer.entity !== type || !consumer.on.includes(record.eventName as 'INSERT')) continue;
        await services[name]!({ item: item as never, old: old as never, now: platform.now() }, deps);
      }
    }

    return async (event) => {
      const started = platform.now();
      const { deps, meter } = open();
      const failures: { itemIdentifier: string }[] = [];
      for (const record of event.Records) {
        try {
          await consume(record, deps);
        } catch (error) {
          log.error({ event: record.eventID, error }, 'failed');
          failures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
          break;
        }
      }
      log.info(
        { records: event.Records.length, failed: failures.length, ms: platform.now() - started, ...meter },
        'consumed',
      );
      return { batchItemFailures: failures };
    };
  });
}
