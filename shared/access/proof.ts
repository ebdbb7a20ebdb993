/**
 * Proof anew (row 162): a session that has shown within the last minutes who it is. The one place that decides what counts.
 * Routes ask for it by `proof: 'fresh'` in their contract.
 */
import { fromIso } from '../core/time.ts';
import { above } from '../data/conditions.ts';
import type { ItemOf } from '../data/registry.ts';
import { ref, type Table } from '../data/table.ts';
import { patch, type Write } from '../data/writes.ts';
import type { Principal } from '../http/exchange.ts';
import { limits } from '../product/limits.ts';
import { Problem, type WayToProve } from '../product/problems.ts';

type Authority = ItemOf<'Authority'>;
type Factors = ItemOf<'Factors'>;
type Session = ItemOf<'Session'>;

/** As `provingProviders` of the accounts: a test compares them. */
export const provingProviders: readonly ('google' | 'apple')[] = ['google', 'apple'];

/**
 * Whether a session has shown within the last five minutes who it is: by a sign-in or by a proof.
 *
 * @param now milliseconds since 1970
 */
export const isFresh = ({ provedAt }: Pick<Session, 'provedAt'>, now: number): boolean =>
  provedAt !== undefined && provedAt > now - limits.proof.seconds * 1000;

/** The ways in which an account can show who it is. Without any, a new sign-in is the only proof. */
export function waysOf(
  { waysIn, identities = {}, email }: Pick<Authority, 'waysIn' | 'identities' | 'email'>,
  factors: Pick<Factors, 'passkeyCount' | 'totpSince'> | undefined,
): WayToProve[] {
  const has: Readonly<Record<WayToProve, boolean>> = {
    PASSWORD: waysIn > Object.keys(identities).length,
    PASSKEY: (factors?.passkeyCount ?? 0) > 0,
    TOTP: factors?.totpSince !== undefined,
    MAIL: email !== undefined,
    PROVIDER: provingProviders.some((provider) => identities[provider] !== undefined),
  };
  return (Object.keys(has) as WayToProve[]).filter((way) => has[way]);
}

/** The refusal of a session without a fresh proof. It costs one more read, which only those pay who are refused. */
export async function proofNeeded(table: Table, authority: Authority): Promise<Problem> {
  const { factors } = await table.getAll({ factors: ref('Factors', { accountId: authority.accountId }) });
  return new Problem('PROOF_NEEDED', { ways: waysOf(authority, factors) });
}

/**
 * Notes on a session that it has shown who it is. Commit it with what the proof uses up.
 *
 * @param by FACTOR: by a passkey or an authenticator app, which administrators need
 * @param now milliseconds since 1970
 */
export const proved = ({ accountId, sessionId }: Principal, by: 'FACTOR' | 'OTHER', now: number): Write => ({
  ...patch(
    'Session',
    { accountId, sessionId },
    { set: { provedAt: now, ...(by === 'FACTOR' ? { factorAt: now } : {}) } },
    above('expiresAt', now / 1000),
  ),
  or: 'TOKEN_INVALID',
});

/**
 * How long a session lives at most, however often it is refreshed.
 *
 * @returns seconds from the sign-in
 */
export const lifeOf = ({ administers }: { readonly administers: boolean }): number =>
  administers ? limits.administratorSeconds : limits.sessionDays * 86_400;

/**
 * Whether a session may administer: it has shown a passkey or an authenticator app, and its sign-in was within the last
 * twelve hours.
 *
 * @param now milliseconds since 1970
 */
export const isAdministering = (session: Pick<Session, 'factorAt' | 'createdAt'> | undefined, now: number): boolean =>
  session?.factorAt !== undefined && fromIso(session.createdAt) > now - limits.administratorSeconds * 1000;
