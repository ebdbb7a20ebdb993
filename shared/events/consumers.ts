import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../core/clock.ts';
import type { Declared } from '../core/lanes.ts';
import { isThrottled, Later, within } from '../core/later.ts';
import { iso } from '../core/time.ts';
import { Overtaken } from '../data/meaning.ts';
import type { EntityName, ItemOf } from '../data/registry.ts';
import type { Adapters, Deps } from '../kernel.ts';
import type { Log } from '../observe/log.ts';
import { Problem } from '../product/problems.ts';

export type EventName = 'INSERT' | 'MODIFY' | 'REMOVE';

/**
 * One change of one item. Changes are delivered at least once and in any order, also the changes of one item. A consumer
 * reads the current state, or writes under a version.
 */
export interface Change<T = unknown, Old = T> {
  /** The item after the change; when the change is tried `again`, the item as it is now. */
  readonly item: T | undefined;
  /** The item as this change left it, if it did not delete it; when the change is tried `again`, only what `keeps` names. */
  readonly after: Old | undefined;
  /** The item before the change; when the change is tried `again`, its `type` and what its consumer's `keeps` names of it. */
  readonly old: Old | undefined;
  readonly now: number;
  /** When the item changed, in milliseconds since 1970, to the second. */
  readonly changedAt: number;
  /** Whether the change was parked before, or stands for several (`onlyLast`): then `old` does not tell what has changed. */
  readonly again: boolean;
  /** The instant that the consumer asked for with `Later`. */
  readonly due: number | undefined;
  /** Aborts the requests of the consumer after its time limit. */
  readonly signal: AbortSignal;
}

/** The item before or after a change: complete, or only the kept attributes. */
export type Old<T, Kept extends string> = Pick<T, Extract<Kept, keyof T>> & Partial<T>;
type OldOf<C> = C extends {
  readonly entity: infer E extends EntityName;
  readonly keeps: readonly (infer K extends string)[];
}
  ? Old<ItemOf<E>, K>
  : C extends { readonly entity: infer E extends EntityName }
    ? ItemOf<E>
    : never;
type ChangeOf<C> = C extends { readonly entity: infer E extends EntityName } ? Change<ItemOf<E>, OldOf<C>> : never;

type Services<C, A extends Adapters> = {
  readonly [Name in keyof C]: (change: ChangeOf<C[Name]>, deps: Deps<A>) => Promise<void>;
};

/** The functions of a feature's consumers, and the adapters that they need. */
export interface ConsumerSet {
  readonly services: Readonly<Record<string, (change: never, deps: never) => Promise<void>>>;
  readonly adapters: Adapters;
}

/**
 * The consumers of a feature; its `consumers.ts` exports them under this name. The contract is imported as a type only, so
 * the bundle does not contain its routes.
 *
 * @example export const consumers = consumersOf<typeof contract>()({ relist }, { bucket: bucketOf });
 */
export const consumersOf =
  <F extends { readonly consumers: object }>() =>
  <const A extends Adapters = Record<never, never>>(
    services: Services<F['consumers'], A>,
    adapters: A = {} as A,
  ): ConsumerSet => ({ services: services as unknown as ConsumerSet['services'], adapters });

/** The consumers of one feature in a composed function. */
export interface FeatureConsumers {
  readonly feature: string;
  readonly declared: Readonly<Record<string, Declared>>;
  /** Undefined where all of them are handed over: then the function does not carry their code. */
  readonly consumers?: ConsumerSet;
}

export interface NamedConsumer extends Declared {
  /** `feature.consumer` */
  readonly name: string;
  run(change: Change, deps: unknown): Promise<void>;
}

/**
 * All consumers of a function under their names.
 *
 * @throws Error for a consumer without a service
 */
export const namedOf = (parts: readonly FeatureConsumers[]): NamedConsumer[] =>
  parts.flatMap(({ feature, declared, consumers }) =>
    Object.entries(declared).map(([name, consumer]): NamedConsumer => {
      const service = consumers ? consumers.services[name] : handedOver;
      if (!service) throw new Error(`consumers.ts of "${feature}" has no "${name}", which its contract declares`);
      return { ...consumer, name: `${feature}.${name}`, run: service as unknown as NamedConsumer['run'] };
    }),
  );

const handedOver = async () => {
  throw new Error('the changes of this consumer are handed over');
};

/**
 * The adapters of all features of a function.
 *
 * @throws Error if a name means different adapters in two features
 */
export function adaptersOf(parts: readonly FeatureConsumers[]): Adapters {
  const all: Record<string, Adapters[string]> = {};
  for (const { feature, consumers } of parts)
    for (const [name, make] of Object.entries(consumers?.adapters ?? {})) {
      if (all[name] && all[name] !== make) throw new Error(`"${name}" of "${feature}" is another adapter elsewhere`);
      all[name] = make;
    }
  return all;
}

/** Runs a consumer with a time limit. */
export const runWithin = (
  clock: Clock,
  ms: number,
  consumer: NamedConsumer,
  change: Omit<Change, 'signal' | 'now'>,
  deps: unknown,
): Promise<void> => within(clock, ms, (signal) => consumer.run({ ...change, now: clock.now(), signal }, deps));

/** The message of a change that one consumer could not follow. */
export interface ParkedChange {
  readonly consumer: string;
  readonly event: EventName;
  readonly keys: { readonly pk: string; readonly sk: string };
  /** The change's sequence number in the stream. */
  readonly sequence: string;
  /** When the change was first parked, in milliseconds since 1970. */
  readonly since: number;
  readonly changedAt: number;
  /** The attributes of the item before the change that the consumer keeps. */
  readonly old?: Readonly<Record<string, unknown>>;
  /** The same attributes as the change left them. */
  readonly after?: Readonly<Record<string, unknown>>;
  /** The instant that the consumer asked for. The change is not tried before. */
  readonly due?: number;
}

/**
 * Whether a consumer failed because a service or the table throttles (TRY_AGAIN). An `Overtaken` after all attempts is a
 * real failure: something changes the item all the time, or a condition can never hold.
 */
export const isBusy = (error: unknown): boolean =>
  isThrottled(error) || (error instanceof Problem && error.code === 'TRY_AGAIN' && !(error instanceof Overtaken));

/** Logs why a consumer did not finish. Waiting for a turn and being throttled are no failures. */
export function tellOf(log: Log, what: object, error: unknown): void {
  if (error instanceof Later) log.info({ ...what, until: iso(error.at) }, 'waits');
  else if (isBusy(error)) log.info({ ...what, error }, 'waits');
  else log.error({ ...what, error }, 'failed');
}

type Image = Readonly<Record<string, unknown>>;
/** An item from its image in the stream. */
export const imageOf = (image: unknown): Image | undefined =>
  image ? unmarshall(image as Record<string, AttributeValue>) : undefined;

/** Some attributes of an item by name; `files.key` is the `key` of each object in the list `files`. */
export function kept(item: Image | undefined, names: readonly string[] = []): Image | undefined {
  if (!item || names.length === 0) return undefined;
  const pairs = names.flatMap((path): [string, unknown][] => {
    const [name, inner] = path.split('.') as [string, string?];
    const value = item[name];
    if (value === undefined) return [];
    return [[name, inner ? (value as Image[]).map((each) => ({ [inner]: each[inner] })) : value]];
  });
  return Object.fromEntries(pairs);
}
