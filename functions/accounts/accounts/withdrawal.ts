import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import type { Table } from '../../../shared/data/table.ts';
import { create, patch, remove, type Write } from '../../../shared/data/writes.ts';
import { credentialOf, requirePassword } from './credentials.ts';
import { nicknameClaim } from './rules.ts';
import { ownAccount } from './service.ts';

/**
 * What ends an account, once its owner has shown the password: the account stays as a stone without a name, everything
 * that it claimed is free. What the erasing still needs to know stays on it until that is done.
 *
 * @throws Problem NOT_FOUND, PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function withdrawal(
  table: Table,
  accountId: string,
  { reason, password = '' }: { readonly reason: string; readonly password?: string | undefined },
  now: number,
) {
  const account = await ownAccount(table, accountId);
  const credential = await credentialOf(table, account);
  if (credential) await requirePassword(table, credential, password, now);
  const { email, loginId, nickname, picture, identities, createdAt, sessionVersion, version } = account;
  const stone = {
    accountId,
    ...(picture ? { picture } : {}),
    ...(identities ? { identities } : {}),
    status: 'WITHDRAWN',
    role: 'USER',
    waitingFor: 'ERASURE',
    reason,
    waysIn: 0,
    bricks: account.bricks,
    sessionVersion: sessionVersion + 1,
    version: version + 1,
    createdAt,
    withdrawnAt: iso(now),
  };
  // The version alone would not do: bricks come and go without it, and nothing else does.
  const orWhen = allOf(is('version', version), is('sessionVersion', sessionVersion));
  const own = is('accountId', accountId);
  const writes: Readonly<Record<string, Write | undefined>> = {
    account: create('Account', stone, { orWhen }),
    credential: email ? remove('Credential', { login: email }, own) : undefined,
    loginId: loginId ? remove('Credential', { login: loginId }, own) : undefined,
    nickname: remove('NicknameClaim', { nickname: nicknameClaim(nickname) }, own),
  };
  return { account, writes };
}

/** Takes the rest off a stone, when all that hung on the account is gone. */
export const erased = (accountId: string): Write =>
  patch(
    'Account',
    { accountId },
    { remove: ['picture', 'identities', 'waitingFor', 'gsi1pk', 'gsi1sk'] },
    is('status', 'WITHDRAWN'),
  );
