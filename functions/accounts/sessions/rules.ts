import { createHmac, timingSafeEqual } from 'node:crypto';
import { derived, type Key } from '../../../shared/core/derived-key.ts';
import { fingerprint, isId } from '../../../shared/core/ids.ts';
import { limits } from '../../../shared/product/limits.ts';

/** The parts of a refresh token: its account, its session, and the secret that is stored as a hash. */
export interface RefreshToken {
  readonly accountId: string;
  readonly sessionId: string;
  readonly secret: string;
}

/** A refresh token as it was read: with the seal that it claims to have. */
export interface SealedToken extends RefreshToken {
  readonly keyId: string;
  readonly seal: string;
}

const sealOf = (key: Key, { accountId, sessionId, secret }: RefreshToken) =>
  createHmac('sha256', derived(key, 'refresh seal').bytes)
    .update(`${accountId}:${sessionId}:${secret}`)
    .digest('base64url');

/**
 * A refresh token with a seal that only moim can make. The seal tells a token that was once issued from one that somebody
 * made up, although a session remembers only its two latest tokens.
 */
export const refreshTokenText = (key: Key, token: RefreshToken) =>
  [token.accountId, token.sessionId, token.secret, key.id, sealOf(key, token)].join('.');

/** Reads a refresh token; undefined if it is none. */
export function readRefreshToken(text: string): SealedToken | undefined {
  const [accountId, sessionId = '', secret = '', keyId = '', seal = '', ...rest] = text.split('.') as [
    string,
    ...string[],
  ];
  const isWhole =
    rest.length === 0 && /^[\w-]{12}$/.test(keyId) && [secret, seal].every((part) => /^[\w-]{43}$/.test(part));
  return isWhole && isId(accountId) && isId(sessionId) ? { accountId, sessionId, secret, keyId, seal } : undefined;
}

/** Whether moim has issued a token. */
export const isIssued = (key: Key, token: SealedToken) =>
  timingSafeEqual(Buffer.from(token.seal), Buffer.from(sealOf(key, token)));

/**
 * The secret that follows another in its session. It is derived, so that the same token gives the same answer however
 * often it is sent: a client that lost its answer gets it again, and two tabs at once get one and the same.
 */
export const nextSecret = (key: Key, { sessionId, secret }: RefreshToken) =>
  createHmac('sha256', derived(key, 'refresh token').bytes).update(`${sessionId}:${secret}`).digest('base64url');

/** The memory that a session has of its tokens. */
export interface Rotation {
  /** Hash of the secret that works now, and of the one before it, which the former was given for. */
  readonly refreshHash: string;
  readonly previousHash?: string;
  /** The key that the present secret was derived with. */
  readonly keyId?: string;
  /** Milliseconds since 1970. */
  readonly rotatedAt?: number;
  /** The client that used up the secret before (`clientOf`). */
  readonly rotatedBy?: string;
}

/** The client that sends a refresh token, as a hash: its device token, or its place if it shows none. */
export const clientOf = (deviceToken: string | undefined, place: string) =>
  deviceToken === undefined ? fingerprint('place', place) : fingerprint('device', deviceToken);

/**
 * Whether a token that no longer works is that of an honest client whose answer was lost (row 8). It is the token just
 * before the present one, so nobody has used the present one yet, and the client is the one that used it. A device token
 * proves that for as long as the session lasts. A place proves it for a minute, because others may be in the same place.
 */
export const isLostAnswer = (
  { previousHash, rotatedAt = 0, rotatedBy }: Rotation,
  { secret }: RefreshToken,
  { deviceToken, place }: { readonly deviceToken: string | undefined; readonly place: string },
  now: number,
) =>
  previousHash === fingerprint(secret) &&
  rotatedBy === clientOf(deviceToken, place) &&
  (deviceToken !== undefined || now - rotatedAt <= limits.refreshGraceSeconds * 1000);

/** Which sessions must go so that no more than the allowed number stay: the oldest (row 8). */
export const beyondLimit = <S extends { readonly createdAt: string; readonly sessionId: string }>(
  sessions: readonly S[],
): S[] =>
  sessions.toSorted((a, b) => (a.createdAt + a.sessionId < b.createdAt + b.sessionId ? 1 : -1)).slice(limits.devices);

/**
 * Browsers take a cookie whose name begins so only over TLS (or on this machine), for the whole of one host and from that
 * host itself. So no other host of the domain can plant a token of its own.
 */
const cookieName = '__Host-moim-refresh';

/** The cookie that holds a refresh token where no script can read it (row 9); without one, the order to forget it. */
export const refreshCookie = (token: string | undefined) =>
  `${cookieName}=${token ?? ''}; Max-Age=${token ? limits.refreshTokenSeconds : 0}; Path=/; HttpOnly; Secure; SameSite=Strict`;

export const refreshTokenIn = (cookies: Readonly<Record<string, string>>) => cookies[cookieName];
