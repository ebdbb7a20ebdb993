import { isId } from '../../shared/core/ids.ts';

/** What a refresh token is made of: whose it is, of which session, and the secret that is stored as a hash. */
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
