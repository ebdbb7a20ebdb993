/** Row 61: who has done a mission. */
import { memberOf, seen } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import type { MissionItem } from './items.ts';
import { ownStateOf } from './week-rules.ts';
import { weeksOf } from './weeks.ts';

type Routes = typeof contract.routes;

/** Shown in this order, after one's own. */
const order = ['TODO', 'WAITING', 'SKIPPED', 'DONE'];

/** Whatever the size of the group: a page of members, and their weeks in one request. */
export async function getMissionStatus(
  { params, query: { limit, cursor }, account: { accountId }, locale, now }: RouteRequest<Routes['getMissionStatus']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getMissionStatus']>> {
  const { groupId } = params;
  const [found, page, roster] = await Promise.all([
    memberOf(table, groupId, accountId, { mission: ref('Mission', params) }),
    table.query('presentMembers', { presentIn: groupId }, { limit, cursor }),
    rosterOf(table, groupId),
  ]);
  const { group, member } = found;
  const mission = seen(found.mission);
  const day = groupDay(now, group);
  const others = page.items.filter((each) => each.accountId !== accountId);
  const members = cursor === undefined ? [member, ...others] : others;
  const weeks = await weeksOf(table, mission, members, day);
  const states = members
    .map((each) => {
      const quota = quotaOn(each, mission.missionId, day);
      return { member: each, quota, state: ownStateOf(mission, weeks.get(each.accountId), day, quota) };
    })
    .toSorted((a, b) => rankOf(a, accountId) - rankOf(b, accountId));
  const nameOf = await authorsOf(table, roster, members, locale);
  const items = states.map(async ({ member: each, state, quota }) => {
    const { nickname, picture } = nameOf(each);
    return {
      account: { id: each.accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      ...{ state, quota },
      excused: excusedOn(each, day) !== null,
    };
  });
  // A page that is full knows of no end.
  const isAll = cursor === undefined && (page.nextCursor === null || members.length >= group.memberCount);
  const count = (state: string) => states.filter((each) => each.state === state).length;
  const counts = isAll
    ? { done: count('DONE'), skipped: count('SKIPPED'), total: members.length }
    : { ...countsOf(mission), total: group.memberCount };
  return { body: { day, ...counts, items: await Promise.all(items), nextCursor: isAll ? null : page.nextCursor } };
}

/** What a mission that is done once counts of all members. */
const countsOf = ({ kind, done = 0, skipped = 0 }: MissionItem) =>
  kind === 'ONCE' ? { done, skipped } : { done: null, skipped: null };

const rankOf = ({ member, state }: { member: MembershipItem; state: string }, accountId: string) =>
  member.accountId === accountId ? -1 : order.indexOf(state);
