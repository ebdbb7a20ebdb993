import { memberOf, stillMember } from '../../../shared/access/access.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from '../core/items.ts';
import { namedIn, rosterOf } from '../core/roster.ts';
import { profileItem, requireProfile, storedProfile } from './applying.ts';
import type { contract } from './contract.ts';
import type { GivenProfile } from './rules.ts';

type Routes = typeof contract.routes;

/** A profile of a club, as it is shown. */
export const profileViewOf = ({ level, homeGym, realName }: GivenProfile = {}) => ({
  level: level ?? null,
  homeGym: homeGym ?? null,
  realName: realName ?? null,
});

export const profileRef = (groupId: string, accountId: string) => ref('ClubProfile', { groupId, accountId });

function requireClub({ kind }: GroupItem): void {
  if (kind !== 'CLUB') throw new Problem('NOT_APPLICABLE');
}

export async function getOwnClubProfile(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['getOwnClubProfile']>,
  { table }: Kernel,
): Promise<Answer<Routes['getOwnClubProfile']>> {
  const more = { profile: profileRef(groupId, accountId) };
  const { group, profile } = await memberOf(table, groupId, accountId, more);
  requireClub(group);
  return { body: profileViewOf(profile) };
}

/** Only its owner changes a profile, so the last change wins. A member who leaves meanwhile leaves no profile behind. */
export async function setClubProfile(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['setClubProfile']>,
  { table }: Kernel,
): Promise<Answer<Routes['setClubProfile']>> {
  const { group } = await memberOf(table, groupId, accountId);
  requireClub(group);
  requireProfile(group, body, '', locale);
  const profile = profileItem(group, accountId, body, now);
  // The club may end, or ask for more, at this moment.
  const same = check('Group', { groupId }, allOf(is('version', group.version), absent('deletedAt')));
  await table.commit([stillMember(groupId, accountId), or(overtaken, same), storedProfile(profile)]);
  return { body: profileViewOf(profile) };
}

/** The index holds those who are in the club, so a profile that is about to be deleted is not shown. */
export async function listClubProfiles(
  {
    params: { groupId },
    query: { limit, cursor },
    account: { accountId },
    locale,
  }: RouteRequest<Routes['listClubProfiles']>,
  { table }: Kernel,
): Promise<Answer<Routes['listClubProfiles']>> {
  const [page, { group }, roster] = await Promise.all([
    table.query('presentMembers', { presentIn: groupId }, { limit, cursor }),
    memberOf(table, groupId, accountId),
    rosterOf(table, groupId),
  ]);
  requireClub(group);
  const ids = page.items.map((member) => member.accountId);
  const [profiles, people] = await Promise.all([
    table.getAll(Object.fromEntries(ids.map((id) => [id, profileRef(groupId, id)])), { eventual: true }),
    namedIn(table, roster, ids),
  ]);
  const items = ids.map((id) => ({
    accountId: id,
    nickname: people.get(id)?.nickname ?? catalogOf(locale).unknownPerson,
    ...profileViewOf(profiles[id]),
  }));
  return { body: { items, nextCursor: page.nextCursor } };
}
