/** Questions of other features about accounts: a light file, because nearly all of them ask. */
import { iso } from '../../../shared/core/time.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { AccountRole } from './values.ts';

/** The names people are shown by, in one request; an account that is gone has none. */
export async function nicknamesOf(table: Table, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(accountIds)];
  if (unique.length === 0) return new Map();
  const references = Object.fromEntries(unique.map((accountId) => [accountId, ref('Account', { accountId })]));
  const accounts = await table.getAll(references);
  return new Map(
    Object.values(accounts).flatMap((account) => (account?.nickname ? [[account.accountId, account.nickname]] : [])),
  );
}

/** The counter of approved certifications moves only together with its ledger row (row 67). */
export const addBricks = (accountId: string, by: 1 | -1) =>
  patch('Account', { accountId }, { add: { bricks: by, moves: 1 } });

/** The changes that give an account a role. No permission rests on the list of administrators, only who is notified. */
export const withRole = (role: AccountRole, now: number) =>
  role === 'USER'
    ? ({ set: { role }, add: { version: 1 }, remove: ['administers', 'administersSince'] } as const)
    : ({ set: { role, administers: 'MOIM', administersSince: iso(now) }, add: { version: 1 } } as const);
