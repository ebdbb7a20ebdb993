import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { SigningKey } from '../../../shared/adapters/signing-key.ts';
import { isId } from '../../../shared/core/ids.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type PublicKeys, privateKeyOf } from './keys.ts';

const issuer = 'moim';
const audience = 'moim-api';
const typ = 'at+jwt';
const algorithm = 'EdDSA';
/** How far apart the clocks of two functions may be. */
const clockSkewSeconds = 30;

interface AccessClaims {
  readonly accountId: string;
  readonly sessionId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** An access token (RFC 9068) for 15 minutes. It says who, never what they may. */
export async function issueAccessToken(key: SigningKey, claims: Omit<AccessClaims, 'expiresAt'>, now: number) {
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + limits.accessTokenSeconds;
  const token = await new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: algorithm, typ, kid: key.id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.accountId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(privateKeyOf(key));
  return { token, expiresAt };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * The claims of a token; undefined if it is forged, expired, of another issuer or kind, or of a key that is not alive.
 */
export async function judgeAccessToken(
  keys: PublicKeys,
  token: string,
  now: number,
): Promise<AccessClaims | undefined> {
  try {
    const { kid } = decodeProtectedHeader(token);
    const key = isText(kid) ? await keys.named(kid) : undefined;
    if (!key) return undefined;
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'sid', 'iat', 'exp'],
    });
    const { sub, sid, iat, exp } = payload as { sub: unknown; sid: unknown; iat: number; exp: number };
    // jose has made sure that all are there, but asks of `iat` only that it is a number. A token may be judged by a
    // clock that is a little behind.
    if (iat > now / 1000 + clockSkewSeconds || !isText(sub) || !isText(sid) || !isId(sub) || !isId(sid))
      return undefined;
    return { accountId: sub, sessionId: sid, expiresAt: exp };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
}
