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
import { presentMembers } from '../../groups/core/members.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import { ownStateOf } from './week-rules.ts';
import { weeksOf } from './weeks.ts';

type Routes = typeof contract.routes;

/** Shown in this order, after one's own. */
const order = ['TODO', 'WAITING', 'SKIPPED', 'DONE'];

export async function getMissionStatus(
  { params, account: { accountId }, locale, now }: RouteRequest<Routes['getMissionStatus']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['getMissionStatus']>> {
  const { groupId } = params;
  const [found, members, roster] = await Promise.all([
    memberOf(table, groupId, accountId, { mission: ref('Mission', params) }),
    presentMembers(table, groupId),
    rosterOf(table, groupId),
  ]);
  const mission = seen(found.mission);
  const day = groupDay(now, found.group);
  const weeks = await weeksOf(table, mission, members, day);
  const states = members
    .map((member) => {
      const quota = quotaOn(member, mission.missionId, day);
      return { member, quota, state: ownStateOf(mission, weeks.get(member.accountId), day, quota) };
    })
    .toSorted((a, b) => rankOf(a, accountId) - rankOf(b, accountId));
  const nameOf = await authorsOf(table, roster, members, locale);
  const count = (state: string) => states.filter((each) => each.state === state).length;
  const items = states.map(async ({ member, state, quota }) => {
    const { nickname, picture } = nameOf(member);
    return {
      account: { id: member.accountId, nickname, picture: await thumbnailOf(bucket, picture) },
      ...{ state, quota },
      excused: excusedOn(member, day) !== null,
    };
  });
  return {
    body: {
      ...{ day, done: count('DONE'), skipped: count('SKIPPED'), total: members.length },
      items: await Promise.all(items),
    },
  };
}

const rankOf = ({ member, state }: { member: MembershipItem; state: string }, accountId: string) =>
  member.accountId === accountId ? -1 : order.indexOf(state);
