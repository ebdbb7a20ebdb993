/** Questions of other features about accounts: a light file, because nearly all of them ask. */
import { piecesOf } from '../../../shared/core/parallel.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { AccountItem, Picture } from './items.ts';

/** A person as lists show them. */
export interface Person {
  readonly nickname: string;
  readonly picture?: Picture | undefined;
}

/** How lists show an account; undefined once it is withdrawn. */
export const personOf = (account: AccountItem | undefined): Person | undefined =>
  account?.nickname === undefined ? undefined : { nickname: account.nickname, picture: account.picture };

/** Accounts of one request: the most that it takes. */
const atOnce = 100;

/**
 * People by account, a hundred in a request, of half a unit each. A withdrawn account is nobody. Names are only shown, so they may
 * lag by a moment.
 */
export async function peopleOf(table: Table, accountIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const unique = [...new Set(accountIds)];
  const found = await Promise.all(
    piecesOf(atOnce, unique).map((some) => {
      const references = Object.fromEntries(some.map((accountId) => [accountId, ref('Account', { accountId })]));
      return table.getAll(references, { eventual: true });
    }),
  );
  return new Map(
    found
      .flatMap((some) => Object.entries(some))
      .flatMap(([accountId, account]) => {
        const person = personOf(account);
        return person ? [[accountId, person] as const] : [];
      }),
  );
}

/** The names that people are shown by. */
export async function nicknamesOf(table: Table, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await peopleOf(table, accountIds);
  return new Map([...people].map(([accountId, { nickname }]) => [accountId, nickname]));
}

/** The counter of approved certifications moves only together with its ledger row (row 67). */
export const addBricks = (accountId: string, by: 1 | -1) =>
  patch('Account', { accountId }, { add: { bricks: by, moves: 1 } });
