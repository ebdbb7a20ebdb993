import { administratorRef } from '../../../shared/access/access.ts';
import { active } from '../../../shared/access/accounts.ts';
import { lifeOf } from '../../../shared/access/proof.ts';
import type { SigningKey, SigningKeys } from '../../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret, timeOfId } from '../../../shared/core/ids.ts';
import { hashPassword, needsRehash, verifyPassword } from '../../../shared/core/password.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { above, absent, allOf, type Condition, is } from '../../../shared/data/conditions.ts';
import { nothing, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, drop, patch, remove } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import { originsOf } from '../../../shared/http/origins.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { credentialRef, rehashed } from '../accounts/credentials.ts';
import type { AuthorityItem } from '../accounts/items.ts';
import { knownDevice, newDeviceToken } from '../accounts/known-device.ts';
import { usedCode } from '../factors/totp.ts';
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
import type { Opener } from './values.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly sessionKeys: SigningKeys; readonly deviceKeys: SigningKeys };

/**
 * Row 8 in two requests: the credential with the counts of failures is read, the session is written. A failure is
 * counted in the transaction that would refuse it, and a success is checked against the same counts, so that no number
 * of guesses at once learns more than the limits allow (row 130).
 */
export async function signIn(
  { body, place, network, now, note }: RouteRequest<Routes['signIn']>,
  { table, sessionKeys, deviceKeys }: Deps,
): Promise<Answer<Routes['signIn']>> {
  const login = body.email ?? body.loginId ?? '';
  const known = await knownDevice(deviceKeys, login, body.deviceToken);
  const guesses = known
    ? guessesOnDevice(login, known.deviceId, now)
    : guessesElsewhere(login, { place, network }, now);
  const { credential, ...read } = await table.getAll({ ...guesses.references, credential: credentialRef(login) });
  note({ account: credential?.accountId, detail: known ? 'KNOWN_DEVICE' : 'NEW_DEVICE' });
  const refused = guesses.refusal(read);
  if (refused) throw refused;

  // Read while the password is judged, which takes longer.
  const [right, own] = await Promise.all([
    verifyPassword(body.password, credential?.passwordHash),
    credential && standingOf(table, credential.accountId, body.code),
  ]);
  if (!credential || !own || !right) {
    await guesses.failed(table, read);
    throw new Problem('SIGN_IN_FAILED');
  }
  const code = isCodeNeeded(own) && body.code !== undefined ? usedCode(own.totp, body.code, now) : undefined;
  if (isCodeNeeded(own) && body.code !== undefined && !code) {
    // As a wrong password, so that whoever knows the password cannot try codes without end.
    await guesses.failed(table, read);
    throw new Problem('CODE_INVALID');
  }

  const key = await sessionKeys.current();
  const deviceToken = known ? body.deviceToken : await newDeviceToken(deviceKeys, login);
  const { accountId, sessionVersion } = credential;
  const opening = { accountId, sessionVersion, device: body.device, deviceToken, keep: body.keep, isNewDevice: !known };
  const how = { openedBy: 'PASSWORD', isProof: true, isFactor: code !== undefined } as const;
  const administers = own.administrator !== undefined;
  const opened = await openSession(key, { ...opening, ...how, administers }, now);
  note({ session: opened.sessionId });
  // The password was changed while it was judged.
  const stronger =
    needsRehash(credential.passwordHash!) &&
    or('SIGN_IN_FAILED', rehashed(credential, await hashPassword(body.password)));
  const lacksCode = isCodeNeeded(own) && !code;
  let counts: typeof read | undefined = read;
  await untilSettled(async () => {
    const present = counts ?? (await table.getAll(guesses.references));
    counts = undefined;
    const spent = guesses.refusal(present);
    if (spent) throw spent;
    const may = [opened.mayEnter, guesses.stillOpen(present)];
    await (lacksCode ? table.commit(may) : table.commit([may, code, stronger, opened.session], opened.answer));
  });
  // That the password is right is told under the same counts.
  if (lacksCode) throw new Problem('CODE_NEEDED');
  return opened.answer;
}

/** What a sign-in asks of an account besides its password: a code, if it has an authenticator app. */
async function standingOf(table: Table, accountId: string, code: string | undefined) {
  const asked = { administrator: administratorRef(accountId), factors: ref('Factors', { accountId }) };
  if (code === undefined) return { ...(await table.getAll(asked)), totp: undefined };
  return table.getAll({ ...asked, totp: ref('Totp', { accountId }) });
}

const isCodeNeeded = ({ factors }: Awaited<ReturnType<typeof standingOf>>) => factors?.totpSince !== undefined;

/** Why an account that has proven who it is may not sign in. */
export function accountRefusal(authority: AuthorityItem | undefined): Problem {
  if (authority?.status === 'PENDING') return new Problem('ACCOUNT_PENDING');
  if (authority?.status === 'REJECTED') return new Problem('ACCOUNT_REJECTED');
  if (authority?.status === 'SUSPENDED') {
    const { suspension } = authority;
    return new Problem('ACCOUNT_SUSPENDED', { suspension });
  }
  return new Problem('SIGN_IN_FAILED');
}

export interface Opening {
  readonly accountId: string;
  readonly sessionVersion: number;
  readonly device: string;
  readonly deviceToken: string | undefined;
  readonly keep: 'BODY' | 'COOKIE';
  readonly openedBy: Opener;
  /** Whether the account has not been signed in to on the device before. */
  readonly isNewDevice: boolean;
  /** Whether the sign-in itself is proof of who is there: providers do not always ask. */
  readonly isProof: boolean;
  /** Whether a passkey or an authenticator app was shown. */
  readonly isFactor: boolean;
  /** Whether the account is an administrator's: its sessions are shorter. */
  readonly administers: boolean;
}

/**
 * A session for an account that has proven who it is: the answer, and the writes to commit with whatever else the
 * proof uses up. `mayEnter` says why the account may not sign in.
 */
export async function openSession(key: SigningKey, opening: Opening, now: number) {
  const { accountId, sessionVersion, device, deviceToken, keep, openedBy, isNewDevice, isProof, isFactor } = opening;
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
    openedBy,
    ...(isNewDevice ? { isNewDevice } : {}),
    ...(isProof ? { provedAt: now } : {}),
    ...(isFactor ? { factorAt: now } : {}),
    ...(opening.administers ? { endsAt: ttl(now) + lifeOf(opening) } : {}),
  };
  const isAsProven = allOf(active, is('sessionVersion', sessionVersion));
  const expiresAt = Math.min(ttl(now) + limits.refreshTokenSeconds, ttl(now) + lifeOf(opening));
  return {
    sessionId,
    answer: await tokensOf(
      key,
      refreshTokenText(key, { accountId, sessionId, secret }),
      { accountId, sessionId, keep, deviceToken, expiresAt },
      now,
    ),
    session: create('Session', session, { expiresAt }),
    mayEnter: or(accountRefusal, check('Authority', { accountId }, isAsProven)),
  };
}

/**
 * Row 8: one conditional write exchanges the token. A token that was issued and does not fit was used before: by a client
 * that lost the answer, which gets it again, or by somebody else, which ends the session. A token that was never issued is
 * refused before the table is asked, and ends nothing.
 */
export async function refresh(
  { body, cookies, origin, place, now, note }: RouteRequest<Routes['refresh']>,
  { table, tally, sessionKeys, environment }: Deps,
): Promise<Answer<Routes['refresh']>> {
  const inCookie = body.refreshToken === undefined ? refreshTokenIn(cookies) : undefined;
  // A page elsewhere can make a browser send the cookie, but not an Origin of ours.
  if (inCookie !== undefined && !originsOf(environment).includes(origin ?? '')) throw new Problem('ORIGIN_REFUSED');
  const token = readRefreshToken(body.refreshToken ?? inCookie ?? '');
  const sealedWith = token && (await sessionKeys.named(token.keyId));
  if (!sealedWith || !isIssued(sealedWith, token)) {
    await tally.count({ limit: 'refreshFromPlace', subject: place }, now);
    throw new Problem('REFRESH_INVALID');
  }
  const { accountId, sessionId } = token;
  note({ account: accountId, session: sessionId });
  // Whoever shows a token that moim has issued is counted by it alone: no stranger can use that up.
  await tally.count({ limit: 'refreshOfSession', subject: sessionId }, now);
  const keep = inCookie === undefined ? 'BODY' : 'COOKIE';
  const key = await sessionKeys.current();
  const secret = nextSecret(key, token);
  // However often it is refreshed, a session ends so long after its sign-in, which its id tells (row 162).
  const end = ttl(timeOfId(sessionId)) + lifeOf({ administers: false });
  const expiresAt = Math.min(ttl(now) + limits.refreshTokenSeconds, end);
  const set = {
    refreshHash: fingerprint(secret),
    previousHash: fingerprint(token.secret),
    keyId: key.id,
    rotatedAt: now,
    rotatedBy: clientOf(body.deviceToken, place),
    refreshedAt: iso(now),
  };
  const unused = allOf(is('refreshHash', fingerprint(token.secret)), above('expiresAt', now / 1000));
  const session = { accountId, sessionId };
  const answerOf = (expiresAt: number) =>
    tokensOf(key, refreshTokenText(key, { ...session, secret }), { ...session, keep, expiresAt }, now);

  // The session as it stood when it refused the exchange: nothing that came later may decide.
  let found: SessionItem | undefined;
  const exchange = (expiresAt: number, when: Condition<'endsAt'>) =>
    or(
      (stood) => {
        found = stood;
        return nothing;
      },
      patch(
        'Session',
        session,
        { set: { ...set, expiresAt } },
        allOf<'refreshHash' | 'expiresAt' | 'endsAt'>(unused, when),
      ),
    );
  const answer = await answerOf(expiresAt);
  if (await table.commit([exchange(expiresAt, absent('endsAt'))], answer)) return answer;
  if (found?.endsAt !== undefined && found.refreshHash === fingerprint(token.secret)) {
    const soon = Math.min(expiresAt, found.endsAt);
    const own = await answerOf(soon);
    if (await table.commit([exchange(soon, is('endsAt', found.endsAt))], own)) return own;
  }
  const client = { deviceToken: body.deviceToken, place };
  if (found && isLostAnswer(found, token, client, now) && found.expiresAt > now / 1000) {
    const then = await sessionKeys.named(found.keyId ?? '');
    const same = then && refreshTokenText(then, { ...session, secret: nextSecret(then, token) });
    if (same) return tokensOf(key, same, { ...session, keep, expiresAt: found.expiresAt }, now);
  }
  if (found) {
    note({ detail: 'REUSED' });
    await table.commit([or(nothing, remove('Session', session))]);
  }
  throw new Problem('REFRESH_INVALID');
}

/**
 * Row 162: ends every session that there is, this one too. A sign-in that comes at the same moment is a new one, and stays: it
 * has shown a password or a passkey.
 */
export async function signOutEverywhere(
  { account: { accountId } }: RouteRequest<Routes['signOutEverywhere']>,
  { table }: Deps,
): Promise<Answer<Routes['signOutEverywhere']>> {
  const sessions = await sessionsOf(table, accountId);
  await table.commit(sessions.map(({ sessionId }) => drop('Session', { accountId, sessionId })));
  return { ...noContent, cookie: refreshCookie(undefined), endsSession: true };
}

/** A session that is gone already is signed out: the answer is the same. Its sockets are closed by `sessionEnded`. */
export async function signOut(
  { account }: RouteRequest<Routes['signOut']>,
  { table }: Deps,
): Promise<Answer<Routes['signOut']>> {
  await table.commit([or(nothing, remove('Session', account))]);
  return { ...noContent, cookie: refreshCookie(undefined), endsSession: true };
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

export async function listSignIns(
  { query: { limit, cursor }, account: { accountId } }: RouteRequest<Routes['listSignIns']>,
  { table }: Deps,
): Promise<Answer<Routes['listSignIns']>> {
  const page = await table.query('signInsOfAccount', { accountId }, { limit, cursor, newestFirst: true });
  const items = page.items.map(({ sessionId, device, openedBy, isNewDevice, at }) => ({
    ...{ id: sessionId, device, way: openedBy },
    ...{ isNewDevice, at },
  }));
  return { body: { items, nextCursor: page.nextCursor } };
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
  /** When its refresh token expires: seconds since 1970. */
  readonly expiresAt: number;
}

async function tokensOf(
  key: SigningKey,
  refreshToken: string,
  { accountId, sessionId, keep, deviceToken, expiresAt: endsAt }: Holder,
  now: number,
) {
  const { token, expiresAt } = await issueAccessToken(key, { accountId, sessionId }, now);
  return {
    body: {
      accessToken: token,
      accessExpiresAt: iso(expiresAt * 1000),
      refreshToken: keep === 'BODY' ? refreshToken : null,
      refreshExpiresAt: iso(endsAt * 1000),
      deviceToken: deviceToken ?? null,
      accountId,
    },
    ...(keep === 'COOKIE' ? { cookie: refreshCookie(refreshToken) } : {}),
  };
}
