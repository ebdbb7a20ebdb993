/** What a request may use up (row 130): looked at before anything else is done, and counted when it is known what it cost. */
import type { Route } from '../core/contract.ts';
import type { Meter } from '../data/meter.ts';
import type { LotUse, Tally } from '../data/tally.ts';
import type { Log } from '../observe/log.ts';
import { Problem } from '../product/problems.ts';

/** Units of work for a write unit of the table: it costs five times as much as a read unit. */
const workOfWrite = 5;
/** Bytes sent for one unit of work. */
const bytesOfWork = 1000;

/** What a request cost, in units of work: read units, five for each write unit, refused ones too, one for each KB sent. */
export const workOf = ({ readUnits, writeUnits, refusedUnits }: Meter, sent: number): number =>
  Math.ceil(readUnits + workOfWrite * (writeUnits + refusedUnits) + sent / bytesOfWork);

/** Who asks: an account, or a guest at a place. */
export interface Who {
  readonly accountId: string | undefined;
  readonly place: string;
}

const workUse = ({ accountId, place }: Who): LotUse =>
  accountId === undefined ? { limit: 'workFromPlace', subject: place } : { limit: 'workOfAccount', subject: accountId };

/**
 * Lets a request in, or refuses it before it costs more than its answer. What has a limit of its own by place is not
 * refused for other work of that place, so whoever reads too much there keeps nobody from signing in.
 *
 * @throws Problem TOO_MANY_REQUESTS
 */
export async function admitted(tally: Tally, { fromPlace }: Pick<Route, 'fromPlace'>, who: Who, now: number) {
  if (fromPlace === undefined) tally.refuse(workUse(who), now);
  else if (typeof fromPlace === 'string') await tally.count({ limit: fromPlace, subject: who.place }, now);
}

/** Counts the work of a request that is done. Whatever comes of that, the answer stands. */
export async function worked(tally: Tally, who: Who, work: number, now: number, log: Log): Promise<void> {
  if (work === 0) return;
  await tally.count({ ...workUse(who), count: work }, now).catch((error: unknown) => {
    if (!(error instanceof Problem && error.code === 'TOO_MANY_REQUESTS')) log.warn({ error }, 'work not counted');
  });
}
