/**
 * An account that is alive: the one place that decides it. Everybody else is answered like nobody (404). What somebody may
 * do is in their `Authority`; the account is what is shown of them. Both always have the same status.
 */
import { type Condition, is } from '../data/conditions.ts';
import type { ItemOf } from '../data/registry.ts';
import { check, type Write } from '../data/writes.ts';
import { Problem } from '../product/problems.ts';

type Account = ItemOf<'Account'>;
type Authority = ItemOf<'Authority'>;
/** An account as everybody may see it. */
export type ActiveAccount = Extract<Account, { readonly nickname: string }>;

/** Whether an account acts and is seen: it does not wait for approval, was not rejected, and has not withdrawn. */
export function isActive(account: Account | undefined): account is ActiveAccount;
export function isActive(authority: Authority | undefined): authority is Authority;
export function isActive(either: { readonly status: string } | undefined): boolean {
  return either?.status === 'ACTIVE';
}

/** The same, as a condition of a write on either of the two. */
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

/**
 * The same for what an account may do.
 *
 * @throws Problem NOT_FOUND
 */
export function activeAuthority(authority: Authority | undefined): Authority {
  if (!isActive(authority)) throw new Problem('NOT_FOUND');
  return authority;
}

/** Somebody is still active: part of the transaction of what is done with them. Else NOT_FOUND. */
export const stillActive = (accountId: string): Write => ({
  ...check('Account', { accountId }, active),
  or: 'NOT_FOUND',
});
