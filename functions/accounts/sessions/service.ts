import { active } from '../../../shared/access/accounts.ts';
import type { SigningKey, SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret } from '../../../shared/core/ids.ts';
import { hashPassword, needsRehash, verifyPassword } from '../../../shared/core/password.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { above, allOf, is } from '../../../shared/data/conditions.ts';
import { nothing, untilSettled } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { check, create, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { credentialRef, rehashed } from '../accounts/credentials.ts';
import type { AccountItem } from '../accounts/items.ts';
import { knownDevice } from '../accounts/known-device.ts';
import { deviceTokenOf } from '../accounts/rules.ts';
import type { contract } from './contract.ts';
import { guessesElsewhere, guessesOnDevice } from './guesses.ts';
import type { SessionItem } from './items.ts';
import {
  clientOf,
  isIssued,
  isLostAnswer,
  nextSecret,
  readRefreshToken,
  refreshCookie,
  refreshTokenIn,
  refreshTokenText,
} from './rules.ts';
import { sessionsOf } from './signed-in.ts';
import { issueAccessToken } from './tokens.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKeys: SigningKeys };

/**
 * Row 8 in two requests: the credential with the counts of failures is read, the session is written. A failure is
 * counted in the transaction that would refuse it, and a success is checked against the same counts, so that no number
 * of guesses at once learns more than the limits allow (row 130).
 */
export async function signIn(
  { body, place, network, now }: RouteRequest<Routes['signIn']>,
  { table, signingKeys }: Deps,
): Promise<Answer<Routes['signIn']>> {
  const login = body.email ?? body.loginId ?? '';
  const known = await knownDevice(signingKeys, login, body.deviceToken);
  const guesses = known
    ? guessesOnDevice(login, known.deviceId, now)
    : guessesElsewhere(login, { place, network }, now);
  const { credential, ...read } = await table.getAll({ ...guesses.references, credential: credentialRef(login) });
  const refused = guesses.refusal(read);
  if (refused) throw refused;

  const right = await verifyPassword(body.password, credential?.passwordHash);
  if (!credential || !right) {
    await guesses.failed(table, read);
    throw new Problem('SIGN_IN_FAILED');
  }

  const key = await signingKeys.current();
  const deviceToken = known ? body.deviceToken : deviceTokenOf(key, login, newSecret());
  const opened = await openSession(key, { ...credential, device: body.device, deviceToken, keep: body.keep }, now);
  // The password was changed while it was judged.
  const stronger =
    needsRehash(credential.passwordHash!) &&
    or('SIGN_IN_FAILED', rehashed(credential, await hashPassword(body.password)));
  let counts: typeof read | undefined = read;
  await untilSettled(async () => {
    const present = counts ?? (await table.getAll(guesses.references));
    counts = undefined;
    const spent = guesses.refusal(present);
    if (spent) throw spent;
    await table.commit([opened.mayEnter, guesses.stillOpen(present), stronger, opened.session], opened.answer);
  });
  return opened.answer;
}

/** Why an account that has proven who it is may not sign in. */
export function accountRefusal(account: AccountItem | undefined): Problem {
  if (account?.status === 'PENDING') return new Problem('ACCOUNT_PENDING');
  if (account?.status === 'REJECTED') return new Problem('ACCOUNT_REJECTED');
  return new Problem('SIGN_IN_FAILED');
}

export interface Opening {
  readonly accountId: string;
  readonly sessionVersion: number;
  readonly device: string;
  readonly deviceToken: string | undefined;
  readonly keep: 'BODY' | 'COOKIE';
}

/**
 * A session for an account that has proven who it is: the answer, and the writes to commit with whatever else the
 * proof uses up. `mayEnter` says why the account may not sign in.
 */
export async function openSession(key: SigningKey, opening: Opening, now: number) {
  const { accountId, sessionVersion, device, deviceToken, keep } = opening;
  const sessionId = newId(now);
  const secret = newSecret();
  const at = iso(now);
  const session: Omit<SessionItem, 'expiresAt'> = {
    accountId,
    sessionId,
    device,
    sessionVersion,
    refreshHash: fingerprint(secret),
    createdAt: at,
    refreshedAt: at,
  };
  const isAsProven = allOf(active, is('sessionVersion', sessionVersion));
  return {
    answer: await tokensOf(
      key,
      refreshTokenText(key, { accountId, sessionId, secret }),
      { accountId, sessionId, keep, deviceToken },
      now,
    ),
    session: create('Session', session, { expiresAt: ttl(now) + limits.refreshTokenSeconds }),
    mayEnter: or(accountRefusal, check('Account', { accountId }, isAsProven)),
  };
}

/**
 * Row 8: one conditional write exchanges the token. A token that was issued and does not fit was used before: by a client
 * that lost the answer, which gets it again, or by somebody else, which ends the session. A token that was never issued is
 * refused before the table is asked, and ends nothing.
 */
export async function refresh(
  { body, cookies, origin, place, now }: RouteRequest<Routes['refresh']>,
  { table, tally, signingKeys, environment }: Deps,
): Promise<Answer<Routes['refresh']>> {
  const inCookie = body.refreshToken === undefined ? refreshTokenIn(cookies) : undefined;
  // A page elsewhere can make a browser send the cookie, but not an Origin of ours.
  if (inCookie !== undefined && !(environment.ALLOWED_ORIGINS ?? '').split(',').includes(origin ?? ''))
    throw new Problem('ORIGIN_REFUSED');
  const token = readRefreshToken(body.refreshToken ?? inCookie ?? '');
  const sealedWith = token && (await signingKeys.named(token.keyId));
  if (!sealedWith || !isIssued(sealedWith, token)) {
    await tally.count({ limit: 'refreshFromPlace', subject: place }, now);
    throw new Problem('REFRESH_INVALID');
  }
  const { accountId, sessionId } = token;
  // Whoever shows a token that moim has issued is counted by it alone: no stranger can use that up.
  await tally.count({ limit: 'refreshOfSession', subject: sessionId }, now);
  const keep = inCookie === undefined ? 'BODY' : 'COOKIE';
  const key = await signingKeys.current();
  const secret = nextSecret(key, token);
  const set = {
    refreshHash: fingerprint(secret),
    previousHash: fingerprint(token.secret),
    keyId: key.id,
    rotatedAt: now,
    rotatedBy: clientOf(body.deviceToken, place),
    refreshedAt: iso(now),
    expiresAt: ttl(now) + limits.refreshTokenSeconds,
  };
  const unused = allOf(is('refreshHash', fingerprint(token.secret)), above('expiresAt', now / 1000));
  const session = { accountId, sessionId };

  const answer = await tokensOf(key, refreshTokenText(key, { ...session, secret }), { ...session, keep }, now);
  // The session as it stood when it refused the exchange: nothing that came later may decide.
  const refused: { session?: SessionItem | undefined } = {};
  const exchange = or(
    (stood) => {
      refused.session = stood;
      return nothing;
    },
    patch('Session', session, { set }, unused),
  );
  if (await table.commit([exchange], answer)) return answer;
  const found = refused.session;
  const client = { deviceToken: body.deviceToken, place };
  if (found && isLostAnswer(found, token, client, now) && found.expiresAt > now / 1000) {
    const then = await signingKeys.named(found.keyId ?? '');
    const same = then && refreshTokenText(then, { ...session, secret: nextSecret(then, token) });
    if (same) return tokensOf(key, same, { ...session, keep }, now);
  }
  if (found) await table.commit([or(nothing, remove('Session', session))]);
  throw new Problem('REFRESH_INVALID');
}

/** A session that is gone already is signed out: the answer is the same. Its sockets are closed by `sessionEnded`. */
export async function signOut(
  { account }: RouteRequest<Routes['signOut']>,
  { table }: Deps,
): Promise<Answer<Routes['signOut']>> {
  await table.commit([or(nothing, remove('Session', account))]);
  return { ...noContent, cookie: refreshCookie(undefined) };
}

export async function listSessions(
  { account: { accountId, sessionId: current }, now }: RouteRequest<Routes['listSessions']>,
  { table }: Deps,
): Promise<Answer<Routes['listSessions']>> {
  const living = (await sessionsOf(table, accountId)).filter(({ expiresAt }) => expiresAt > now / 1000);
  const items = living
    .toSorted((a, b) => (a.sessionId < b.sessionId ? 1 : -1))
    .map(({ sessionId, device, createdAt, refreshedAt }) => ({
      id: sessionId,
      device,
      current: sessionId === current,
      createdAt,
      refreshedAt,
    }));
  return { body: { items } };
}

export async function endSession(
  { params: { sessionId }, account: { accountId } }: RouteRequest<Routes['endSession']>,
  { table }: Deps,
): Promise<Answer<Routes['endSession']>> {
  await table.commit([or(nothing, remove('Session', { accountId, sessionId }))]);
  return noContent;
}

interface Holder {
  readonly accountId: string;
  readonly sessionId: string;
  readonly keep: 'BODY' | 'COOKIE';
  readonly deviceToken?: string | undefined;
}

async function tokensOf(
  key: SigningKey,
  refreshToken: string,
  { accountId, sessionId, keep, deviceToken }: Holder,
  now: number,
) {
  const { token, expiresAt } = await issueAccessToken(key, { accountId, sessionId }, now);
  return {
    body: {
      accessToken: token,
      accessExpiresAt: iso(expiresAt * 1000),
      refreshToken: keep === 'BODY' ? refreshToken : null,
      refreshExpiresAt: iso((ttl(now) + limits.refreshTokenSeconds) * 1000),
      deviceToken: deviceToken ?? null,
      accountId,
    },
    ...(keep === 'COOKIE' ? { cookie: refreshCookie(refreshToken) } : {}),
  };
}
