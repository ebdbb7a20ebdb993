import type { Kernel } from '../../shared/adapters/kernel.ts';
import { localDay } from '../../shared/core/time.ts';
import { ref } from '../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../shared/http/exchange.ts';
import { isOffered, isPublic } from '../groups/rules.ts';
import type { GroupItem } from '../groups/store.ts';
import { viewOf } from '../groups/view.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

export async function listGroups(
  { query: { kind, limit, cursor }, now }: RouteRequest<Routes['listGroups']>,
  { table }: Kernel,
): Promise<Answer<Routes['listGroups']>> {
  const list = `${kind ? `kind:${kind}` : 'all'}:LATEST`;
  const page = await table.query<{ groupId: string }, 'listing'>(
    'listing',
    { list },
    { limit, cursor, newestFirst: true },
  );
  const groups = await table.getAll(
    Object.fromEntries(page.items.map(({ groupId }) => [groupId, ref<GroupItem>('Group', { groupId })])),
  );
  const items = page.items
    .map(({ groupId }) => groups[groupId])
    .filter((group) => group && isPublic(group) && isOffered(localDay(now, group.timeZone), group))
    .map((group) => viewOf(group!, now));
  return { body: { items, nextCursor: page.nextCursor } };
}
