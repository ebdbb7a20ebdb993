import { createHmac } from 'node:crypto';
import { fingerprint, isId } from '../../../shared/core/ids.ts';
import { limits } from '../../../shared/product/limits.ts';

/** The parts of a refresh token: its account, its session, and the secret that is stored as a hash. */
export interface RefreshToken {
  readonly accountId: string;
  readonly sessionId: string;
  readonly secret: string;
}

export const refreshTokenText = ({ accountId, sessionId, secret }: RefreshToken) =>
  `${accountId}.${sessionId}.${secret}`;

/** Reads a refresh token; undefined if it is none. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  const [accountId, sessionId = '', secret = '', ...rest] = text.split('.') as [string, ...string[]];
  if (rest.length > 0 || !isId(accountId) || !isId(sessionId) || !/^[\w-]{43}$/.test(secret)) return undefined;
  return { accountId, sessionId, secret };
}

interface Key {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/**
 * The secret that follows another in its session. It is derived, so that the same token gives the same answer however
 * often it is sent: a client that lost its answer gets it again, and two tabs at once get one and the same.
 */
export const nextSecret = (key: Key, { sessionId, secret }: RefreshToken) =>
  createHmac('sha256', key.bytes).update(`refresh:${sessionId}:${secret}`).digest('base64url');

/** The memory that a session has of its tokens. */
export interface Rotation {
  /** Hash of the secret that works now, and of the one before it, which the former was given for. */
  readonly refreshHash: string;
  readonly previousHash?: string;
  /** The key that the present secret was derived with. */
  readonly keyId?: string;
  /** Milliseconds since 1970. */
  readonly rotatedAt?: number;
  /** Hash of what the device showed that used up the one before; absent where it showed nothing. */
  readonly rotatedBy?: string;
}

/**
 * Whether a token that no longer works is that of an honest client whose answer was lost (row 8): the one just before,
 * soon after it was used, from the very device that used it.
 */
export const isLostAnswer = (
  { previousHash, rotatedAt = 0, rotatedBy }: Rotation,
  { secret }: RefreshToken,
  deviceToken: string | undefined,
  now: number,
) =>
  previousHash === fingerprint(secret) &&
  now - rotatedAt <= limits.refreshGraceSeconds * 1000 &&
  deviceToken !== undefined &&
  rotatedBy === fingerprint(deviceToken);

/** Which sessions must go so that no more than the allowed number stay: the oldest (row 8). */
export const beyondLimit = <S extends { readonly createdAt: string; readonly sessionId: string }>(
  sessions: readonly S[],
): S[] =>
  sessions.toSorted((a, b) => (a.createdAt + a.sessionId < b.createdAt + b.sessionId ? 1 : -1)).slice(limits.devices);

const cookieName = 'moim-refresh';

/** The cookie that holds a refresh token where no script can read it (row 9); without one, the order to forget it. */
export const refreshCookie = (token: string | undefined) =>
  `${cookieName}=${token ?? ''}; Max-Age=${token ? limits.refreshTokenSeconds : 0}; Path=/v1/sessions; HttpOnly; Secure; SameSite=Strict`;

export const refreshTokenIn = (cookies: Readonly<Record<string, string>>) => cookies[cookieName];
