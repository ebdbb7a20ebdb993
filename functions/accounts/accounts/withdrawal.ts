import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, patch, remove, type Write } from '../../../shared/data/writes.ts';
import type { LivingAccount, WithdrawnAccount } from './items.ts';
import { nicknameClaim } from './rules.ts';

/**
 * The writes that end an account. The account stays without a name, and its claims are free again: address, login id,
 * nickname and identities. The attributes that the erasure needs stay until it is done. Refused as `overtaken` if the account
 * has changed since it was read, and as NOT_FOUND if it was withdrawn meanwhile.
 */
export function withdrawal(account: LivingAccount, reason: string, now: number): Write[] {
  const { accountId, email, loginId, nickname, picture, identities, createdAt, sessionVersion, version } = account;
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
  const claims = or(
    overtaken,
    email !== undefined && remove('Credential', { login: email }, own),
    loginId !== undefined && remove('Credential', { login: loginId }, own),
    remove('NicknameClaim', { nickname: nicknameClaim(nickname) }, own),
    Object.entries(identities ?? {}).map(([provider, subject]) => remove('Identity', { provider, subject }, own)),
  );
  return [
    ...or(
      (stood) => (stood?.status === 'WITHDRAWN' ? 'NOT_FOUND' : overtaken),
      create('Account', withdrawn, { orWhen }),
    ),
    ...claims,
    due({ kind: 'eraseAccount', subject: accountId, at: iso(now) }),
  ];
}

/**
 * Removes the last attributes from a withdrawn account, after everything else is erased. Refused if it is not
 * withdrawn.
 */
export const erased = (accountId: string) =>
  patch('Account', { accountId }, { remove: ['picture', 'identities'] }, is('status', 'WITHDRAWN'));
