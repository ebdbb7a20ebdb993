import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { create, drop, patch, remove, type Write } from '../../../shared/data/writes.ts';
import type { AuthorityItem, LivingAccount, WithdrawnAccount } from './items.ts';
import { nicknameClaim } from './rules.ts';

/**
 * The writes that end an account. Its authority goes, and with it every session. The account stays without a name, and its
 * claims are free again: address, login id, nickname and identities. The picture stays until the erasure has deleted it.
 * Refused as `overtaken` if either has changed since it was read, and as NOT_FOUND if it was withdrawn meanwhile.
 */
export function withdrawal(account: LivingAccount, authority: AuthorityItem, reason: string, now: number): Write[] {
  const { accountId, email, loginId, nickname, picture, createdAt, version } = account;
  const withdrawn: WithdrawnAccount = {
    accountId,
    ...(picture ? { picture } : {}),
    status: 'WITHDRAWN',
    role: 'USER',
    reason,
    bricks: account.bricks,
    version: version + 1,
    createdAt,
    withdrawnAt: iso(now),
  };
  // Bricks do not change the version, but counters of a withdrawn account are not kept.
  const orWhen = is('version', version);
  const own = is('accountId', accountId);
  const claims = or(
    overtaken,
    email !== undefined && remove('Credential', { login: email }, own),
    loginId !== undefined && remove('Credential', { login: loginId }, own),
    remove('NicknameClaim', { nickname: nicknameClaim(nickname) }, own),
    Object.entries(authority.identities ?? {}).map(([provider, subject]) =>
      remove('Identity', { provider, subject }, own),
    ),
  );
  return [
    ...or(
      (stood) => (stood?.status === 'WITHDRAWN' ? 'NOT_FOUND' : overtaken),
      create('Account', withdrawn, { orWhen }),
    ),
    ...or(overtaken, remove('Authority', { accountId }, is('version', authority.version))),
    drop('Administrator', { accountId }),
    ...claims,
    due({ kind: 'eraseAccount', subject: accountId, at: iso(now) }),
  ];
}

/**
 * Removes the last attribute from a withdrawn account, after everything else is erased. Refused if it is not withdrawn.
 */
export const erased = (accountId: string) =>
  patch('Account', { accountId }, { remove: ['picture'] }, is('status', 'WITHDRAWN'));
