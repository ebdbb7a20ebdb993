/**
 * A session that is alive: the one place that decides it. An access token is good for 15 minutes and says who somebody
 * is; whether they are signed in still is read from the table, strongly, in the first request that is made anyway.
 */

import type { Proof } from '../core/contract.ts';
import { above, allOf, is } from '../data/conditions.ts';
import type { ItemOf } from '../data/registry.ts';
import { type ReadOptions, type Reference, ref, type Table } from '../data/table.ts';
import { check, type Write } from '../data/writes.ts';
import type { Principal } from '../http/exchange.ts';
import { Problem } from '../product/problems.ts';
import { active, isActive } from './accounts.ts';
import { isFresh, proofNeeded } from './proof.ts';

type Authority = ItemOf<'Authority'>;
type Session = ItemOf<'Session'>;

/**
 * Guarded routes that do more for a session that is over than answer TOKEN_INVALID, and why. `asks: 'nothing'`: the
 * session is not looked at. `asks: 'for new work'`: only the kept answer of a request with an Idempotency-Key is given again.
 */
export const afterTheEnd: Readonly<
  Record<string, { readonly asks: 'nothing' | 'for new work'; readonly why: string }>
> = {
  signOut: {
    asks: 'nothing',
    why: 'It ends the very session that asks, and answers the same when that has ended already.',
  },
  withdraw: {
    asks: 'for new work',
    why: 'It ends the session that asks: a client that lost the answer gets it again.',
  },
};

/**
 * Whether a session is alive: it is there, has not expired (DynamoDB deletes what has expired hours later), was opened
 * under the account's present password, and the account is active. Only the account's `Authority` says so: what is shown
 * of the account decides nothing.
 *
 * @param now milliseconds since 1970
 */
const isAlive = (session: Session | undefined, authority: Authority | undefined, now: number): boolean =>
  session !== undefined &&
  session.expiresAt > now / 1000 &&
  isActive(authority) &&
  session.sessionVersion === authority.sessionVersion;

const sessionRef = ({ accountId, sessionId }: Principal) => ref('Session', { accountId, sessionId });
const authorityRef = ({ accountId }: Principal) => ref('Authority', { accountId });

/**
 * Whether a session is alive, read strongly with the account's authority: one request, two read units.
 *
 * @param now milliseconds since 1970
 * @example if (!(await isSignedInStill(table, { accountId, sessionId }, now))) return undefined
 */
export async function isSignedInStill(table: Table, who: Principal, now: number): Promise<boolean> {
  const { session, authority } = await table.getAll({ session: sessionRef(who), authority: authorityRef(who) });
  return isAlive(session, authority, now);
}

/**
 * As `isSignedInStill`, where nothing else is to be done.
 *
 * @param proof what the route asks for besides
 * @throws Problem TOKEN_INVALID where the session is over; PROOF_NEEDED
 */
async function requireAlive(table: Table, who: Principal, now: number, proof?: Proof): Promise<void> {
  const found = await table.getAll({ session: sessionRef(who), authority: authorityRef(who) });
  await judge(table, found, now, proof);
}

interface Judged {
  readonly session: Session | undefined;
  readonly authority: Authority | undefined;
}

/** Refuses a session that is over, and one without a fresh proof where the route asks for one. */
async function judge(table: Table, { session, authority }: Judged, now: number, proof: Proof | undefined) {
  if (!isAlive(session, authority, now)) throw new Problem('TOKEN_INVALID');
  if (proof === 'fresh' && !isFresh(session!, now)) throw await proofNeeded(table, authority!);
}

/**
 * What must hold in the transaction of anything that outlives the answer by itself: a socket ticket, a device, an
 * archive, a way to sign in. The session is still there, under the password that the account was read with.
 *
 * @param authority as it was read before
 * @example await table.commit([stillSignedIn(principal, authority, now), create('SocketTicket', ticket, { expiresAt })], answer)
 */
export const stillSignedIn = (who: Principal, authority: Pick<Authority, 'sessionVersion'>, now: number): Write[] => [
  stillInSession(who, authority, now),
  {
    ...check('Authority', { accountId: who.accountId }, allOf(active, is('sessionVersion', authority.sessionVersion))),
    or: 'TOKEN_INVALID',
  },
];

/** As `stillSignedIn`, where the transaction changes the authority under a condition on its own. */
export const stillInSession = (
  { accountId, sessionId }: Principal,
  { sessionVersion }: Pick<Authority, 'sessionVersion'>,
  now: number,
): Write => ({
  ...check(
    'Session',
    { accountId, sessionId },
    allOf(is('sessionVersion', sessionVersion), above('expiresAt', now / 1000)),
  ),
  or: 'TOKEN_INVALID',
});

/** A table for the requests of one principal, and the question whether their session is alive, asked once. */
export interface SignedIn {
  readonly table: Table;
  /**
   * Waits for the answer to that question; asks it where no request has been made.
   * @throws Problem TOKEN_INVALID, PROOF_NEEDED
   */
  required(): Promise<void>;
}

/** DynamoDB reads 100 items in one request; two of them are the session and the authority. */
const besides = 98;

/**
 * A table that gives nothing to a session that is over, and takes nothing from it. The first read brings session and
 * authority along: in the same request where it reads items, at the same time where it reads a list. A first write waits for
 * a read of them. It costs two read units, and no round trip more unless the use case only writes.
 *
 * @param now milliseconds since 1970
 * @param proof `fresh`: the same also holds for a session without proof of the last minutes (`proof.ts`)
 * @throws Problem TOKEN_INVALID from each method, where the session is over; PROOF_NEEDED
 */
export function signedIn(table: Table, who: Principal, now: number, proof?: Proof): SignedIn {
  let asked: Promise<void> | undefined;
  const required = () => {
    asked ??= requireAlive(table, who, now, proof);
    return asked;
  };
  /** Gives what was read, once it is known that the session is alive; else that it is not, whatever the read says. */
  async function beside<T>(reading: Promise<T>): Promise<T> {
    // A list and items that are read at once: the items bring session and account along.
    await Promise.resolve();
    await Promise.allSettled([reading, required()]);
    await required();
    return reading;
  }
  async function getAll(references: Readonly<Record<string, Reference<unknown>>>, options?: ReadOptions) {
    // Session and authority decide, so they never come with a read that may lag.
    if (asked || options?.eventual || Object.keys(references).length > besides)
      return beside(table.getAll(references, options));
    const own = { session: sessionRef(who), authority: authorityRef(who) };
    const named = Object.entries(references).map(([name, reference]) => [`: ${name}`, reference] as const);
    const reading = table.getAll({ ...Object.fromEntries(named), ...own }, options);
    asked = reading.then((found) => judge(table, found as unknown as Judged, now, proof));
    const found: Readonly<Record<string, unknown>> = await beside(reading);
    return Object.fromEntries(named.map(([name]) => [name.slice(2), found[name]]));
  }
  return {
    required,
    table: {
      async get(entity, key) {
        if (asked) return beside(table.get(entity, key));
        return (await getAll({ item: ref(entity, key) })).item as never;
      },
      getAll: (references, options) => getAll(references, options) as never,
      query: (...list) => (list[2].ahead ? table.query(...list) : beside(table.query(...list))),
      async change(write) {
        await required();
        return table.change(write);
      },
      async commit(writes, answer) {
        await required();
        return table.commit(writes, answer);
      },
    },
  };
}
