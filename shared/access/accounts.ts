/** An account that is alive: the one place that decides it. Everybody else is answered like nobody (404). */
import { type Condition, is } from '../data/conditions.ts';
import type { ItemOf } from '../data/registry.ts';
import { check, type Write } from '../data/writes.ts';
import { Problem } from '../product/problems.ts';

type Account = ItemOf<'Account'>;
/** An account as everybody may see it. */
export type ActiveAccount = Extract<Account, { readonly nickname: string }>;

/** Whether an account acts and is seen: it does not wait for approval, was not rejected, and has not withdrawn. */
export const isActive = (account: Account | undefined): account is ActiveAccount => account?.status === 'ACTIVE';

/** The same, as a condition of a write on the account. */
export const active: Condition<'status'> = is('status', 'ACTIVE');

/**
 * Gives back an account that was read, if it is active.
 *
 * @throws Problem NOT_FOUND otherwise
 * @example const { nickname } = activeAccount(found.account)
 */
export function activeAccount(account: Account | undefined): ActiveAccount {
  if (!isActive(account)) throw new Problem('NOT_FOUND');
  return account;
}

/** Somebody is still active: part of the transaction of what is done with them. Else NOT_FOUND. */
export const stillActive = (accountId: string): Write => ({
  ...check('Account', { accountId }, active),
  or: 'NOT_FOUND',
});
