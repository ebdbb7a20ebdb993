import { active } from '../../../shared/access/accounts.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { check, create, remove, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../accounts/people.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** There if the first has blocked the second. Read it along with what else a use case reads. */
export const blockRef = (accountId: string, blockedId: string) => ref('Block', { accountId, blockedId });

/** The block and the count of them move together: no number of requests at once gets past the limit. */
export async function blockAccount(
  { params: { accountId: blockedId }, account: { accountId }, locale, now }: RouteRequest<Routes['blockAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['blockAccount']>> {
  if (blockedId === accountId) {
    const errors = [{ pointer: 'path/accountId', reason: catalogOf(locale).fields.ownAccount }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const isThere = anyOf(active, is('status', 'PENDING'));
  const hasRoom = anyOf(absent('count'), below('count', limits.blocks));
  await table.commit([
    or(nothing, create('Block', { accountId, blockedId, blockedAt: iso(now) })),
    or('NOT_FOUND', check('Account', { accountId: blockedId }, isThere)),
    or('TOO_MANY_BLOCKS', upsert('Blocks', { accountId }, { add: { count: 1 } }, hasRoom)),
  ]);
  return noContent;
}

export async function unblockAccount(
  { params: { accountId: blockedId }, account: { accountId } }: RouteRequest<Routes['unblockAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['unblockAccount']>> {
  await table.commit([
    or(nothing, remove('Block', { accountId, blockedId })),
    upsert('Blocks', { accountId }, { add: { count: -1 } }),
  ]);
  return noContent;
}

export async function listBlocks(
  { query: { limit, cursor }, account: { accountId }, locale }: RouteRequest<Routes['listBlocks']>,
  { table }: Kernel,
): Promise<Answer<Routes['listBlocks']>> {
  const page = await blocksOf(table, accountId, { limit, cursor });
  const nicknames = await nicknamesOf(
    table,
    page.items.map(({ blockedId }) => blockedId),
  );
  const items = page.items.map(({ blockedId, blockedAt }) => ({
    accountId: blockedId,
    nickname: nicknames.get(blockedId) ?? catalogOf(locale).unknownPerson,
    blockedAt,
  }));
  return { body: { items, nextCursor: page.nextCursor } };
}

const blocksOf = (table: Table, accountId: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('blocksOfAccount', { accountId }, page);

/**
 * Everybody an account has blocked, for lists that hide them: one request, which can run beside the list's own. Half a
 * unit for who has blocked nobody or a few, where a look for each author would cost a unit each.
 */
export async function blockedBy(table: Table, accountId: string): Promise<ReadonlySet<string>> {
  const { items } = await blocksOf(table, accountId, { limit: limits.blocks });
  return new Set(items.map(({ blockedId }) => blockedId));
}

/** Everybody who has blocked an account, for what is sent to many: one request, by an index that may lag by a moment. */
export async function blockersOf(table: Table, blockedId: string): Promise<ReadonlySet<string>> {
  const { items } = await table.query('blockersOf', { blockedId }, { limit: 1000 });
  return new Set(items.map(({ accountId }) => accountId));
}
