import type { Kernel } from '../../shared/adapters/kernel.ts';
import type { SigningKey } from '../../shared/adapters/signing-key.ts';
import { fingerprint, newId, newSecret } from '../../shared/core/ids.ts';
import { limits } from '../../shared/core/limits.ts';
import { verifyPassword } from '../../shared/core/password.ts';
import { Problem } from '../../shared/core/problems.ts';
import { iso, ttl } from '../../shared/core/time.ts';
import { above, allOf, is } from '../../shared/data/conditions.ts';
import { create, patch, remove } from '../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../shared/http/exchange.ts';
import { credentialOf } from '../accounts/service.ts';
import type { contract } from './contract.ts';
import { readRefreshToken, refreshTokenText } from './rules.ts';
import type { SessionItem } from './store.ts';
import { issueAccessToken } from './tokens.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & { readonly signingKey: SigningKey };

export async function signIn(
  { body: { email, password, device }, now }: RouteRequest<Routes['signIn']>,
  { table, signingKey }: Deps,
): Promise<Answer<Routes['signIn']>> {
  const credential = await credentialOf(table, email);
  const right = await verifyPassword(password, credential?.passwordHash);
  if (!credential || !right) throw new Problem('SIGN_IN_FAILED');

  const { accountId } = credential;
  const sessionId = newId(now);
  const secret = newSecret();
  const at = iso(now);
  const session: Omit<SessionItem, 'expiresAt'> = {
    accountId,
    sessionId,
    device,
    refreshHash: fingerprint(secret),
    createdAt: at,
    refreshedAt: at,
  };
  const answer = await tokensOf(session, secret, await signingKey(), now);
  await table.commit(
    { session: create('Session', { ...session }, { expiresAt: ttl(now) + limits.refreshTokenSeconds }) },
    answer,
  );
  return answer;
}

/** Row 8: one conditional write exchanges the token. A token that does not fit was used before: the session ends. */
export async function refresh(
  { body, now }: RouteRequest<Routes['refresh']>,
  { table, signingKey }: Deps,
): Promise<Answer<Routes['refresh']>> {
  const token = readRefreshToken(body.refreshToken);
  if (!token) throw new Problem('REFRESH_INVALID');
  const { accountId, sessionId } = token;
  const secret = newSecret();
  const renewed = {
    refreshHash: fingerprint(secret),
    refreshedAt: iso(now),
    expiresAt: ttl(now) + limits.refreshTokenSeconds,
  };
  const unused = allOf(is('refreshHash', fingerprint(token.secret)), above('expiresAt', now / 1000));
  const key = { accountId, sessionId };

  const answer = await tokensOf(key, secret, await signingKey(), now);
  const refused = await table.commit({ session: patch('Session', key, { set: renewed }, unused) }, answer);
  if (refused) {
    if (refused.session?.item) await table.commit({ session: remove('Session', key) });
    throw new Problem('REFRESH_INVALID');
  }
  return answer;
}

/** A session that is gone already is signed out: the answer is the same. */
export async function signOut(
  { account }: RouteRequest<Routes['signOut']>,
  { table }: Deps,
): Promise<Answer<Routes['signOut']>> {
  await table.commit({ session: remove('Session', { ...account }) });
  return noContent;
}

async function tokensOf(
  { accountId, sessionId }: Pick<SessionItem, 'accountId' | 'sessionId'>,
  secret: string,
  key: Uint8Array,
  now: number,
) {
  const { token, expiresAt } = await issueAccessToken(key, { accountId, sessionId }, now);
  return {
    body: {
      accessToken: token,
      accessExpiresAt: iso(expiresAt * 1000),
      refreshToken: refreshTokenText({ accountId, sessionId, secret }),
      refreshExpiresAt: iso((ttl(now) + limits.refreshTokenSeconds) * 1000),
      accountId,
    },
  };
}
