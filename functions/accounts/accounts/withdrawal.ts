import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, patch, remove } from '../../../shared/data/writes.ts';
import { requirePassword } from './credentials.ts';
import type { WithdrawnAccount } from './items.ts';
import { nicknameClaim } from './rules.ts';
import { ownAccount } from './service.ts';

/**
 * The writes that end an account, once its owner has shown the password. The account stays without a name, and its
 * claims are free again. The attributes that the erasure needs stay until it is done. The writes are refused as
 * PRECONDITION_FAILED if the account has changed.
 *
 * @throws Problem NOT_FOUND, PASSWORD_WRONG, TOO_MANY_REQUESTS
 */
export async function withdrawal(
  table: Table,
  accountId: string,
  { reason, password }: { readonly reason: string; readonly password?: string | undefined },
  now: number,
) {
  const account = await ownAccount(table, accountId);
  await requirePassword(table, account, password, now);
  const { email, loginId, nickname, picture, identities, createdAt, sessionVersion, version } = account;
  const withdrawn: WithdrawnAccount = {
    accountId,
    ...(picture ? { picture } : {}),
    ...(identities ? { identities } : {}),
    status: 'WITHDRAWN',
    role: 'USER',
    reason,
    waysIn: 0,
    bricks: account.bricks,
    sessionVersion: sessionVersion + 1,
    version: version + 1,
    createdAt,
    withdrawnAt: iso(now),
  };
  // `version` alone is not enough: a new password changes only `sessionVersion`. Bricks change neither, but counters of
  // a withdrawn account are not kept.
  const orWhen = allOf(is('version', version), is('sessionVersion', sessionVersion));
  const own = is('accountId', accountId);
  const writes = or(
    'PRECONDITION_FAILED',
    create('Account', withdrawn, { orWhen }),
    email !== undefined && remove('Credential', { login: email }, own),
    loginId !== undefined && remove('Credential', { login: loginId }, own),
    remove('NicknameClaim', { nickname: nicknameClaim(nickname) }, own),
  );
  const erasing = due({ kind: 'eraseAccount', subject: accountId, at: iso(now) });
  return { account, writes: [...writes, erasing] };
}

/**
 * Removes the last attributes from a withdrawn account, after everything else is erased. Refused if it is not
 * withdrawn.
 */
export const erased = (accountId: string) =>
  patch('Account', { accountId }, { remove: ['picture', 'identities'] }, is('status', 'WITHDRAWN'));
