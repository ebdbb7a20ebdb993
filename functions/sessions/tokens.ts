import { errors, jwtVerify, SignJWT } from 'jose';
import { fingerprint, isId } from '../../shared/core/ids.ts';
import { limits } from '../../shared/core/limits.ts';

const issuer = 'moim';
const audience = 'moim-api';
const typ = 'at+jwt';
const algorithm = 'HS256';
/** How far apart the clocks of two functions may be. */
const clockSkewSeconds = 30;

export interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Names a key without telling it, so that tokens of an older key can be told apart. */
const keyIdOf = (key: Uint8Array) => fingerprint('kid', Buffer.from(key).toString('base64')).slice(0, 12);

/** An access token (RFC 9068) for 15 minutes. It says who, never what they may. */
export async function issueAccessToken(key: Uint8Array, claims: Omit<AccessClaims, 'expiresAt'>, now: number) {
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + limits.accessTokenSeconds;
  const token = await new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: algorithm, typ, kid: keyIdOf(key) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.accountId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key);
  return { token, expiresAt };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** What a token says, or undefined if it is forged, expired, of another issuer, kind or key. */
export async function judgeAccessToken(key: Uint8Array, token: string, now: number): Promise<AccessClaims | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'sid', 'iat', 'exp'],
    });
    if (protectedHeader.kid !== keyIdOf(key)) return undefined;
    const { sub, sid, iat, exp } = payload as { sub: unknown; sid: unknown; iat: number; exp: number };
    // jose has made sure that all are there, but asks of `iat` only that it is a number. A token may be judged by a clock that is a little behind.
    if (iat > now / 1000 + clockSkewSeconds || !isText(sub) || !isText(sid) || !isId(sub) || !isId(sid))
      return undefined;
    return { accountId: sub, sessionId: sid, expiresAt: exp };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}
