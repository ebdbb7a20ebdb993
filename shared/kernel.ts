import { required } from './adapters/aws.ts';
import { dynamoOf } from './adapters/dynamo.ts';
import type { Environment, Platform } from './core/platform.ts';
import { type Meter, newMeter } from './data/meter.ts';
import { type Rider, type Table, tableOf } from './data/table.ts';
import { type Tally, tallies } from './data/tally.ts';
import { type Log, logOf } from './observe/log.ts';

/** The dependencies of every service, in addition to the adapters of its feature. */
export interface Kernel {
  readonly table: Table;
  /** Counts fair use in memory (`shared/data/tally.ts`). */
  readonly tally: Tally;
  readonly log: Log;
  readonly environment: Environment;
}

/** The adapters that a feature needs, each made once for each cold start: `{ bucket: bucketOf }`. */
export type Adapters = Readonly<Record<string, (platform: Platform) => unknown>>;
export type Made<A extends Adapters> = { readonly [Name in keyof A]: ReturnType<A[Name]> };
export type Deps<A extends Adapters> = Kernel & Made<A>;

/**
 * Makes the clients of a function once, and for each invocation what its services need: a table with a meter of its
 * own, and with the rider that stores the request's answer, if it has one. A function without a table in its
 * environment gets none.
 */
export function kernelOf<A extends Adapters>(platform: Platform, adapters: A) {
  const { environment } = platform;
  const log = logOf(platform);
  const made = Object.fromEntries(Object.entries(adapters).map(([name, make]) => [name, make(platform)])) as Made<A>;
  const tallyOf = tallies();
  const client = environment.TABLE_NAME ? dynamoOf(platform) : undefined;
  return {
    log,
    open(useCase: string, meter = newMeter(), rider?: Rider): { deps: Deps<A>; meter: Meter } {
      const table = client && tableOf(client, required(environment, 'TABLE_NAME'), { useCase, meter, rider });
      const tally = table && tallyOf(table);
      return { deps: { ...made, log, environment, table, tally } as unknown as Deps<A>, meter };
    },
  };
}
