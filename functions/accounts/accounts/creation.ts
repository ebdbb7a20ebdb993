import { newId } from '../../../shared/core/ids.ts';
import type { Environment } from '../../../shared/core/platform.ts';
import { iso } from '../../../shared/core/time.ts';
import { or } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import { claimEmail, claimLoginId, hasPassword } from './credentials.ts';
import type { AuthorityItem, LivingAccount } from './items.ts';
import { nicknameClaim } from './rules.ts';

/** The part of a new account that moim does not decide itself. */
interface NewAccount extends Pick<LivingAccount, 'nickname' | 'locale' | 'timeZone'> {
  readonly identities?: AuthorityItem['identities'];
  readonly email?: string | undefined;
  readonly loginId?: string | undefined;
  readonly passwordHash?: string | undefined;
}

/**
 * A new account with one way in, and the writes that make it: commit them with what proves who it is. Where the
 * deployment approves accounts, it waits for that (row 13). Refused as EMAIL_TAKEN, LOGIN_ID_TAKEN or NICKNAME_TAKEN.
 */
export function accountCreation(
  { email, loginId, passwordHash, identities, ...person }: NewAccount,
  { ACCOUNT_APPROVAL }: Environment,
  now: number,
) {
  const account: LivingAccount = {
    accountId: newId(now),
    ...person,
    ...(email === undefined ? {} : { email }),
    ...(loginId === undefined ? {} : { loginId }),
    role: 'USER',
    ...(ACCOUNT_APPROVAL === 'on' ? { status: 'PENDING', waitingFor: 'APPROVAL' } : { status: 'ACTIVE' }),
    bricks: 0,
    version: 1,
    createdAt: iso(now),
  };
  const { accountId, status } = account;
  const authority: AuthorityItem = {
    accountId,
    status,
    ...(email === undefined ? {} : { email }),
    ...(identities === undefined ? {} : { identities }),
    waysIn: 1,
    sessionVersion: 1,
    version: 1,
  };
  const { sessionVersion } = authority;
  const credentials = email === undefined ? undefined : { accountId, email, loginId, passwordHash, sessionVersion };
  const nickname = nicknameClaim(account.nickname);
  const writes = [
    credentials && [...claimEmail(credentials), ...claimLoginId(credentials)],
    or('NICKNAME_TAKEN', create('NicknameClaim', { nickname, accountId })),
    create('Account', account),
    create('Authority', authority),
  ];
  return { account, authority, writes };
}

/** An account as its owner sees it. */
export const accountView = (account: LivingAccount, authority: AuthorityItem) => ({
  ...account,
  id: account.accountId,
  email: account.email ?? null,
  loginId: account.loginId ?? null,
  hasPassword: hasPassword(authority),
});
