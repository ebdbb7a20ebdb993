/** Row 147: how loud the groups of a person are. */
import { memberOf, stillMember } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { chosenIn, endOf, isOfOther, loudnessOf } from '../notifications/volume-rules.ts';
import type { contract } from './contract.ts';

type Routes = typeof contract.routes;

/** Two requests at the same time, whatever the number of groups on the page. */
export async function listVolumes(
  { query: { limit, cursor }, account: { accountId }, now }: RouteRequest<Routes['listVolumes']>,
  { table }: Kernel,
): Promise<Answer<Routes['listVolumes']>> {
  const [page, settings] = await Promise.all([
    table.query('groupsOfAccount', { accountId }, { limit, cursor, newestFirst: true }),
    table.get('NotificationSettings', { accountId }),
  ]);
  const items = page.items.flatMap(({ groupId, state, group: { title } }) =>
    state === 'ACTIVE' ? [{ groupId, title, ...loudnessOf(settings, groupId, now) }] : [],
  );
  return { body: { items, nextCursor: page.nextCursor } };
}

export async function getVolume(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['getVolume']>,
  { table }: Kernel,
): Promise<Answer<Routes['getVolume']>> {
  const more = { settings: ref('NotificationSettings', { accountId }) };
  const { settings } = await memberOf(table, groupId, accountId, more);
  return { body: loudnessOf(settings, groupId, now) };
}

/**
 * The volume and the pause are attributes of their own, so of two changes at once both hold. They name the membership that they were
 * made in: whoever leaves and comes back begins anew.
 */
export async function editVolume(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['editVolume']>,
  { table }: Kernel,
): Promise<Answer<Routes['editVolume']>> {
  const { volume, snooze } = body;
  const found = await memberOf(table, groupId, accountId, {
    settings: ref('NotificationSettings', { accountId }),
    account: ref('Account', { accountId }),
  });
  const { joinedAt } = found.member;
  const until = snooze ? endOf(snooze, now, found.account?.timeZone ?? 'UTC') : undefined;
  if (snooze && until === undefined)
    throw new Problem('INVALID_REQUEST', {
      errors: [{ pointer: '/snooze/through', reason: catalogOf(locale).fields.pauseDay }],
    });
  const [volumeName, quietName] = [`volume ${groupId}`, `quiet ${groupId}`] as const;
  const set = {
    ...(volume !== undefined && volume !== 'ALL' && { [volumeName]: chosenIn(volume, joinedAt) }),
    ...(until !== undefined && { [quietName]: chosenIn(iso(until), joinedAt) }),
  };
  const remove = [...(volume === 'ALL' ? [volumeName] : []), ...(snooze === null ? [quietName] : [])];
  await table.commit([stillMember(groupId, accountId), upsert('NotificationSettings', { accountId }, { set, remove })]);
  const before = loudnessOf(found.settings, groupId, now);
  const quietUntil = until === undefined ? null : iso(until);
  return {
    body: { volume: volume ?? before.volume, quietUntil: snooze === undefined ? before.quietUntil : quietUntil },
  };
}

type Kept = Old<MembershipItem, 'groupId' | 'accountId' | 'joinedAt' | 'state'>;

/** A membership has ended: what was chosen in it is forgotten. Late deliveries leave what was chosen since. */
export async function forgetVolume({ item, old }: Change<MembershipItem, Kept>, { table }: Kernel): Promise<void> {
  const key = item ?? old;
  if (!key || item?.state === 'ACTIVE') return;
  const { groupId, accountId } = key;
  const names = [`volume ${groupId}`, `quiet ${groupId}`] as const;
  const { settings, member } = await table.getAll({
    settings: ref('NotificationSettings', { accountId }),
    member: ref('Membership', { groupId, accountId }),
  });
  for (const name of names) {
    const chosen = settings?.[name];
    if (chosen === undefined || (member?.state === 'ACTIVE' && !isOfOther(chosen, member.joinedAt))) continue;
    const gone = patch('NotificationSettings', { accountId }, { remove: [name] }, is(name, chosen));
    await table.commit(or(nothing, gone));
  }
}
