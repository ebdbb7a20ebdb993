import type { AccountItem, LivingAccount } from '../../accounts/accounts/items.ts';

export const isLiving = (account: AccountItem): account is LivingAccount => account.status !== 'WITHDRAWN';

/** An account as administrators see it. */
export const viewOf = (account: LivingAccount) => ({
  ...account,
  id: account.accountId,
  email: account.email ?? null,
  loginId: account.loginId ?? null,
});
