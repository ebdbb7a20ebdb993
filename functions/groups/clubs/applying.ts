/** Rows 13, 15: the profile that comes with an application to a club, and applying while signing up. */
import { isPublic } from '../../../shared/access/access.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { exists } from '../../../shared/data/conditions.ts';
import type { Part, Table } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { applicationWrites } from '../core/application.ts';
import type { GroupItem } from '../core/items.ts';
import { joinRefusal } from '../core/rules.ts';
import type { ClubProfileItem } from './items.ts';
import { type GivenProfile, profileErrors } from './rules.ts';

/**
 * Refuses a profile that lacks what the club asks for, and any profile for a group of another kind.
 *
 * @param pointer the JSON pointer of the profile in the body
 * @throws Problem INVALID_REQUEST with a reason for each field
 */
export function requireProfile(
  group: GroupItem,
  profile: GivenProfile | undefined,
  pointer: string,
  locale: Locale,
): void {
  const { fields } = catalogOf(locale);
  const errors = profileErrors(group, profile).map(({ field, reason }) => ({
    pointer: field === undefined ? pointer : `${pointer}/${field}`,
    reason: fields[reason],
  }));
  if (errors.length > 0) throw new Problem('INVALID_REQUEST', { errors });
}

/** A profile as it is stored. */
export const profileItem = (
  { groupId }: Pick<GroupItem, 'groupId'>,
  accountId: string,
  { level, homeGym, realName }: GivenProfile,
  now: number,
): ClubProfileItem => ({
  groupId,
  accountId,
  ...(level === undefined ? {} : { level }),
  ...(homeGym === undefined ? {} : { homeGym }),
  ...(realName === undefined ? {} : { realName }),
  modifiedAt: iso(now),
});

/** Stores a profile in the place of any earlier one. */
export const storedProfile = (item: ClubProfileItem): Part =>
  create('ClubProfile', item, { orWhen: exists('accountId') });

interface ClubToJoin {
  readonly groupId: string;
  readonly message: string;
  readonly profile?: GivenProfile | undefined;
}

/**
 * Row 13: reads the club that somebody signs up through. Gives back the writes that make the new account an applicant:
 * commit them with the account.
 *
 * @throws Problem NOT_FOUND unless everybody sees the club; GROUP_CLOSED, GROUP_FULL, JOIN_BY_OTHER_WAY; INVALID_REQUEST
 * for an incomplete profile
 */
export async function throughClub(
  table: Table,
  { groupId, message, profile }: ClubToJoin,
  locale: Locale,
  now: number,
): Promise<(accountId: string) => Part> {
  const group = await table.get('Group', { groupId });
  if (group?.kind !== 'CLUB' || !isPublic(group)) throw new Problem('NOT_FOUND');
  const refusal = joinRefusal(localDay(now, group.timeZone), group, undefined, 'APPLY');
  if (refusal) throw new Problem(refusal);
  requireProfile(group, profile, '/club/profile', locale);
  return (accountId) => [
    applicationWrites(group, { accountId, message, member: undefined }, now).writes,
    profile && storedProfile(profileItem(group, accountId, profile, now)),
  ];
}
