/**
 * The one door to group data. What may not be seen is answered like what does not exist (404), so that nobody learns
 * from an answer which groups, members or certifications there are.
 */

import { allOf, anyOf, is } from '../data/conditions.ts';
import { type Reference, ref, type Table } from '../data/table.ts';
import { check, type Write } from '../data/writes.ts';
import { Problem } from '../product/problems.ts';
import { type AdminPower, type MemberState, may, type Power, powers, type Role } from './powers.ts';

/** What permission is decided by, of a group. */
export interface GroupAccess {
  readonly groupId: string;
  readonly deletedAt?: string;
}
/** What permission is decided by, of a membership. */
export interface MemberAccess {
  readonly accountId: string;
  readonly role: Role;
  readonly state: MemberState;
}

type More = Readonly<Record<string, Reference<unknown>>>;
type Found<M extends More> = { readonly [Name in keyof M]: M[Name] extends Reference<infer T> ? T | undefined : never };

type Access<M extends More> = { readonly group: GroupAccess; readonly member: MemberAccess } & Found<M>;

/** A group that is there, with what somebody is or was in it, if anything: what every door to a group begins with. */
async function partIn(table: Table, groupId: string, accountId: string, more: More) {
  const found = await table.getAll({
    group: ref<GroupAccess>('Group', { groupId }),
    member: ref<MemberAccess>('Membership', { groupId, accountId }),
    ...more,
  });
  const { group, member } = found as { group?: GroupAccess; member?: MemberAccess };
  if (!group || group.deletedAt) throw new Problem('NOT_FOUND');
  return { ...found, group, member };
}

/**
 * A group and the caller's part in it, for one of its present members. Whatever else the use case needs comes along in
 * the same request.
 *
 * A list may run its query beside this call (`Promise.all`): where this throws, what the query found goes nowhere.
 *
 * @param more further items to read, by name; `group` among them, to have more of the group than permission needs
 * @throws Problem NOT_FOUND for everybody else
 * @example const { group } = await memberOf(table, groupId, me, { group: ref<GroupItem>('Group', { groupId }) })
 */
export async function memberOf<M extends More = Record<never, never>>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (found.member?.state !== 'ACTIVE') throw new Problem('NOT_FOUND');
  return found as never;
}

/**
 * A group and the caller's part in it, for those of its present members who have a power (`powers.ts`); else as `memberOf`.
 *
 * @throws Problem NOT_FOUND for everybody else
 * @example await memberWho(table, 'invite', groupId, me, { invite: ref<InviteItem>('Invite', { groupId }) })
 */
export async function memberWho<M extends More = Record<never, never>>(
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
export async function onceMemberOf<M extends More = Record<never, never>>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (!wasIn(found.member)) throw new Problem('NOT_FOUND');
  return found as never;
}

/** Whether somebody is in a group, or was and has left it by themselves. */
export const wasIn = (member: Pick<MemberAccess, 'state'> | undefined) =>
  member?.state === 'ACTIVE' || member?.state === 'LEFT';

/**
 * As `memberWho`, also for administrators of the deployment, who need not be in the group. `still` is the check that goes
 * into the transaction of what is done with it.
 *
 * @param power one that administrators have too: `admins` in `powers.ts`
 * @throws Problem NOT_FOUND for everybody else
 */
export async function memberWhoOrAdmin<M extends More = Record<never, never>>(
  table: Table,
  power: AdminPower,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<{ readonly group: GroupAccess; readonly still: Write } & Found<M>> {
  const account = ref<{ readonly role: string; readonly status: string }>('Account', { accountId });
  const found = await partIn(table, groupId, accountId, { admin: account, ...more });
  const { member, admin } = found as { member?: MemberAccess; admin?: { role: string; status: string } };
  if (member?.state === 'ACTIVE' && may(member.role, power))
    return { ...found, still: check('Membership', { groupId, accountId }, has(power)) } as never;
  if (admin?.role === 'ADMIN' && admin.status === 'ACTIVE')
    return { ...found, still: check('Account', { accountId }, isAdmin) } as never;
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
export const unchanged = ({ role }: Pick<MemberAccess, 'role'>) => allOf(is('state', 'ACTIVE'), is('role', role));

/** What must hold of an account that acts as an administrator: check it in the transaction of what it does. */
export const isAdmin = allOf(is('role', 'ADMIN'), is('status', 'ACTIVE'));

/**
 * Lets an administrator of the deployment pass, with whatever else the use case needs, in one request. The role is read
 * from the table and not from the token, so that it is gone at once where it is taken away (row 14).
 *
 * @throws Problem NOT_FOUND for everybody else
 */
export async function adminOf<M extends More = Record<never, never>>(
  table: Table,
  accountId: string,
  more: M = {} as M,
): Promise<Found<M>> {
  const admin = ref<{ readonly role: string; readonly status: string }>('Account', { accountId });
  const found = await table.getAll({ admin, ...more });
  const { role, status } = (found as { admin?: { role: string; status: string } }).admin ?? {};
  if (role !== 'ADMIN' || status !== 'ACTIVE') throw new Problem('NOT_FOUND');
  return found as never;
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
