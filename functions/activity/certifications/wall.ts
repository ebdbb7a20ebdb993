/** The wall of a group: who laid how many bricks on which day. */
import { memberOf } from '../../../shared/access/access.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { contract } from './contract.ts';
import type { WallWeekItem } from './items.ts';
import { columnsOf, weeksOfMonth } from './rules.ts';

type Routes = typeof contract.routes;

/** The weeks of a month are one range of the wall: an item for each member and week, whatever number of bricks. */
export async function getWall(
  { params: { groupId }, query: { month }, account: { accountId }, now }: RouteRequest<Routes['getWall']>,
  { table }: Kernel,
): Promise<Answer<Routes['getWall']>> {
  const { group } = await memberOf(table, groupId, accountId);
  const of = month ?? groupDay(now, group).slice(0, 7);
  return { body: { items: columnsOf(of, await wallIn(table, groupId, weeksOfMonth(of))) } };
}

/** What members have laid from one week to another. */
export const wallIn = (
  table: Table,
  groupId: string,
  between: readonly [first: string, last: string],
): Promise<WallWeekItem[]> =>
  everyItem((cursor) => table.query('wallOfGroup', { groupId }, { limit: limits.wallWeeks, cursor, between }));
