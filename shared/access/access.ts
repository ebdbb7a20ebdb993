/**
 * The one door to group data. What may not be seen is answered like what does not exist (404), so that nobody learns
 * from an answer which groups, members or certifications there are.
 */

import { allOf, anyOf, type Condition, is } from '../data/conditions.ts';
import { type Outcome, overtaken } from '../data/meaning.ts';
import type { ItemOf } from '../data/registry.ts';
import { type Found, type Reference, ref, type Table } from '../data/table.ts';
import { check, type Write } from '../data/writes.ts';
import { Problem } from '../product/problems.ts';
import { active, isActive } from './accounts.ts';
import { type AdminPower, may, type Power, powers } from './powers.ts';

type Group = ItemOf<'Group'>;
type Member = ItemOf<'Membership'>;
type More = Readonly<Record<string, Reference<unknown>>>;
type None = Record<never, never>;

type Access<M extends More> = { readonly group: Group; readonly member: Member } & Found<M>;
type MaybeIn<M extends More> = { readonly group: Group; readonly member: Member | undefined } & Found<M>;

/** Whether everybody may see a group: a private one, and one that is not approved, shows itself to its members alone (row 37). */
export const isPublic = ({
  visibility,
  approvalStatus,
  deletedAt,
}: Pick<Group, 'visibility' | 'approvalStatus'> & { readonly deletedAt?: string | undefined }): boolean =>
  visibility === 'PUBLIC' && approvalStatus === 'APPROVED' && deletedAt === undefined;

/** Whether somebody may see that a group is there: everybody a public one, its members any that has not ended. */
export const isSeenBy = (group: Group, member: Pick<Member, 'state'> | undefined): boolean =>
  isPublic(group) || (member?.state === 'ACTIVE' && !group.deletedAt);

/** A group that is there, with what somebody is or was in it, if anything: what every door to a group begins with. */
async function partIn<M extends More>(table: Table, groupId: string, accountId: string, more: M): Promise<MaybeIn<M>> {
  const found = await table.getAll({
    ...more,
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
  });
  const { group } = found as { readonly group?: Group };
  if (!group || group.deletedAt) throw new Problem('NOT_FOUND');
  return found as unknown as MaybeIn<M>;
}

/**
 * A group that the caller may see from outside, with their part in it, if any: what every way to come near a group begins
 * with. Whatever else the use case needs comes along in the same request.
 *
 * @param more further items to read, by name
 * @throws Problem NOT_FOUND where they may not see it
 * @example const { group, member, like } = await groupSeenBy(table, groupId, me, { like: ref('Like', { groupId, accountId: me }) })
 */
export async function groupSeenBy<M extends More = None>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<MaybeIn<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (!isSeenBy(found.group, found.member)) throw new Problem('NOT_FOUND');
  return found;
}

/**
 * A group and the caller's part in it, for one of its present members. Whatever else the use case needs comes along in
 * the same request.
 *
 * A list may run its query beside this call (`Promise.all`): where this throws, what the query found goes nowhere.
 *
 * @param more further items to read, by name
 * @throws Problem NOT_FOUND for everybody else
 * @example const { group, mission } = await memberOf(table, groupId, me, { mission: ref('Mission', { groupId, missionId }) })
 */
export async function memberOf<M extends More = None>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (found.member?.state !== 'ACTIVE') throw new Problem('NOT_FOUND');
  return found as Access<M>;
}

/**
 * A group and the caller's part in it, for those of its present members who have a power (`powers.ts`); else as `memberOf`.
 *
 * @throws Problem NOT_FOUND for everybody else
 * @example await memberWho(table, 'invite', groupId, me, { invite: ref('Invite', { groupId }) })
 */
export async function memberWho<M extends More = None>(
  table: Table,
  power: Power,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await memberOf(table, groupId, accountId, more);
  if (!may(found.member.role, power)) throw new Problem('NOT_FOUND');
  return found;
}

/**
 * As `memberOf`, for whoever is in the group or has left it, but was not removed: for what people who were in it
 * together go on having to do with each other.
 *
 * @throws Problem NOT_FOUND for everybody else
 */
export async function onceMemberOf<M extends More = None>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (!wasIn(found.member)) throw new Problem('NOT_FOUND');
  return found as Access<M>;
}

/** Whether somebody is in a group, or was and has left it by themselves. */
export const wasIn = (member: Pick<Member, 'state'> | undefined) =>
  member?.state === 'ACTIVE' || member?.state === 'LEFT';

/**
 * As `memberWho`, also for administrators of the deployment, who need not be in the group. `still` is the check that goes
 * into the transaction of what is done with it.
 *
 * @param power one that administrators have too: `admins` in `powers.ts`
 * @throws Problem NOT_FOUND for everybody else
 */
export async function memberWhoOrAdmin<M extends More = None>(
  table: Table,
  power: AdminPower,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<MaybeIn<M> & { readonly still: Write }> {
  const found = await partIn(table, groupId, accountId, { ...more, admin: ref('Account', { accountId }) });
  const { member, admin } = found as MaybeIn<More> & { readonly admin?: ItemOf<'Account'> };
  if (member?.state === 'ACTIVE' && may(member.role, power))
    return { ...found, still: stillMay(power, groupId, accountId) };
  if (isAdministrator(admin)) return { ...found, still: stillAdmin(accountId) };
  throw new Problem('NOT_FOUND');
}

/**
 * What must still hold of a membership whose power is used: check it in the transaction of what is done with it, as the
 * power may be taken away between the read and the write.
 *
 * @example check('Membership', { groupId, accountId }, has('editGroup'))
 */
export const has = (power: Power) =>
  allOf(is('state', 'ACTIVE'), anyOf(...powers[power].who.map((role) => is('role', role))));

/**
 * What must still hold of a membership that was read, where the part in it decides what is written: check it in the
 * transaction of that.
 */
export const unchanged = ({ role }: Pick<Member, 'role'>) => allOf(is('state', 'ACTIVE'), is('role', role));

/** What must hold of an account that acts as an administrator: check it in the transaction of what it does. */
export const isAdmin = allOf(is('role', 'ADMIN'), active);
const isAdministrator = (account: ItemOf<'Account'> | undefined) => isActive(account) && account.role === 'ADMIN';

/** Somebody still has a power in a group when it is used: part of the transaction of what is done with it. Else NOT_FOUND. */
export const stillMay = (power: Power, groupId: string, accountId: string): Write => ({
  ...check('Membership', { groupId, accountId }, has(power)),
  or: 'NOT_FOUND',
});

/** Somebody is still in a group: part of the transaction of what they do there. Else NOT_FOUND. */
export const stillMember = (groupId: string, accountId: string): Write => ({
  ...check('Membership', { groupId, accountId }, is('state', 'ACTIVE')),
  or: 'NOT_FOUND',
});

/** Somebody is still an administrator: part of the transaction of what they do as such. Else NOT_FOUND. */
export const stillAdmin = (accountId: string): Write => ({
  ...check('Account', { accountId }, isAdmin),
  or: 'NOT_FOUND',
});

/**
 * Lets an administrator of the deployment pass, with whatever else the use case needs, in one request. The role is read
 * from the table and not from the token, so that it is gone at once where it is taken away (row 14).
 *
 * @throws Problem NOT_FOUND for everybody else
 */
export async function adminOf<M extends More = None>(
  table: Table,
  accountId: string,
  more: M = {} as M,
): Promise<Found<M>> {
  const found = await table.getAll({ ...more, admin: ref('Account', { accountId }) });
  const { admin } = found as { readonly admin?: ItemOf<'Account'> };
  if (!isAdministrator(admin)) throw new Problem('NOT_FOUND');
  return found as unknown as Found<M>;
}

/**
 * Gives back what was read, if it is there and the caller may see it.
 *
 * @param visible a pure rule of the feature; anything that is there may be seen unless it is given
 * @throws Problem NOT_FOUND otherwise
 * @example const before = seen(found.member, ({ state }) => state === 'ACTIVE')
 */
export function seen<T>(thing: T | undefined, visible: (thing: T) => boolean = () => true): T {
  if (thing === undefined || !visible(thing)) throw new Problem('NOT_FOUND');
  return thing;
}

/** Whether an item is in the version that the caller has seen (`If-Match`); any will do where none was sent. */
export const isVersion = ({ version }: { readonly version: number }, ifMatch: number | undefined): boolean =>
  ifMatch === undefined || ifMatch === version;

/** The same, as conditions of a write on the item. */
export const atVersion = (ifMatch: number | undefined): Condition<'version'>[] =>
  ifMatch === undefined ? [] : [is('version', ifMatch)];

/** How a write is refused that found another version than was read: who has named one is told, all others look again. */
export const changedSince = (ifMatch: number | undefined): Outcome =>
  ifMatch === undefined ? overtaken : 'PRECONDITION_FAILED';

/**
 * Refuses a change of an item that is no longer in the version that the caller has seen (`If-Match`).
 *
 * @throws Problem PRECONDITION_FAILED
 */
export function requireVersion(item: { readonly version: number }, ifMatch: number | undefined): void {
  if (!isVersion(item, ifMatch)) throw new Problem('PRECONDITION_FAILED');
}
