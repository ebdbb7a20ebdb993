/**
 * All access to group data goes through here. A thing that the caller may not see gets the same answer as one that does
 * not exist (404), so answers do not reveal which groups, members or certifications exist.
 */

import { allOf, anyOf, type Condition, exists, is } from '../data/conditions.ts';
import { type Outcome, overtaken } from '../data/meaning.ts';
import type { ItemOf } from '../data/registry.ts';
import { type Found, type ReadOptions, type Reference, ref, type Table } from '../data/table.ts';
import { check, type Write } from '../data/writes.ts';
import type { Principal, RouteRequest } from '../http/exchange.ts';
import { Problem } from '../product/problems.ts';
import { type AdminPower, may, type Power, powers } from './powers.ts';
import { isAdministering } from './proof.ts';

type Group = ItemOf<'Group'>;
type Member = ItemOf<'Membership'>;
type More = Readonly<Record<string, Reference<unknown>>>;
type None = Record<never, never>;

type Access<M extends More> = { readonly group: Group; readonly member: Member } & Found<M>;
type MaybeIn<M extends More> = { readonly group: Group; readonly member: Member | undefined } & Found<M>;

/** Whether everybody may see a group. Only members see a private group, and one that is not approved (row 37). */
export const isPublic = ({
  visibility,
  approvalStatus,
  deletedAt,
}: Pick<Group, 'visibility' | 'approvalStatus'> & { readonly deletedAt?: string | undefined }): boolean =>
  visibility === 'PUBLIC' && approvalStatus === 'APPROVED' && deletedAt === undefined;

/** Whether somebody may see that a group exists: everybody sees a public group, members see theirs until it ends. */
export const isSeenBy = (group: Group, member: Pick<Member, 'state'> | undefined): boolean =>
  isPublic(group) || (member?.state === 'ACTIVE' && !group.deletedAt);

/**
 * An existing group with the caller's present or former membership, if there is one. Every function here begins with
 * it.
 */
async function partIn<M extends More>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M,
  options?: ReadOptions,
): Promise<MaybeIn<M>> {
  const own = { group: ref('Group', { groupId }), member: ref('Membership', { groupId, accountId }) };
  const found = await table.getAll({ ...more, ...own }, options);
  const { group } = found as { readonly group?: Group };
  if (!group || group.deletedAt) throw new Problem('NOT_FOUND');
  return found as unknown as MaybeIn<M>;
}

/**
 * A group that the caller may see from outside, with their membership, if there is one. Joining, applying and liking begin
 * with it. Further items that the use case needs are read in the same request.
 *
 * @param more further items to read, by name
 * @throws Problem NOT_FOUND unless the caller may see the group
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
 * A group and the caller's membership, for present members. Further items that the use case needs are read in the same
 * request.
 *
 * A list may run its query at the same time (`Promise.all`): if this throws, the result of the query is dropped.
 *
 * @param more further items to read, by name
 * @param options `snapshot`: all of them as they were at one instant
 * @throws Problem NOT_FOUND unless the caller is a member; MEMBERSHIP_PENDING while the caller's application to the club
 * waits (row 13)
 * @example const { group, mission } = await memberOf(table, groupId, me, { mission: ref('Mission', { groupId, missionId }) })
 */
export async function memberOf<M extends More = None>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
  options?: Pick<ReadOptions, 'snapshot'>,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more, options);
  if (found.member?.state !== 'ACTIVE') throw outside(found.member);
  return found as Access<M>;
}

/** The refusal of somebody who is not in a group. An applicant knows the club, so the answer may say what they wait for. */
const outside = (member: Member | undefined) =>
  new Problem(member?.state === 'PENDING' ? 'MEMBERSHIP_PENDING' : 'NOT_FOUND');

/**
 * Like `memberOf`, for members who have a power (`powers.ts`).
 *
 * @throws Problem NOT_FOUND unless the caller is a member with that power
 * @example await memberWho(table, 'invite', groupId, me, { invite: ref('Invite', { groupId }) })
 */
export async function memberWho<M extends More = None>(
  table: Table,
  power: Power,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  // Acceptance would not give an applicant the power, so they are not told to wait for it.
  if (found.member?.state !== 'ACTIVE' || !may(found.member.role, power)) throw new Problem('NOT_FOUND');
  return found as Access<M>;
}

/**
 * Like `memberOf`, also for people who have left the group, but not for removed members. For data that former members
 * still share, such as reviews of each other.
 *
 * @throws Problem NOT_FOUND for everybody else; MEMBERSHIP_PENDING as `memberOf`
 */
export async function onceMemberOf<M extends More = None>(
  table: Table,
  groupId: string,
  accountId: string,
  more: M = {} as M,
): Promise<Access<M>> {
  const found = await partIn(table, groupId, accountId, more);
  if (!wasIn(found.member)) throw outside(found.member);
  return found as Access<M>;
}

/** Whether somebody is a member, or was one and left by their own decision. */
export const wasIn = (member: Pick<Member, 'state' | 'leftAt'> | undefined) =>
  member?.state === 'ACTIVE' ||
  member?.state === 'LEFT' ||
  (member?.state === 'PENDING' && member.leftAt !== undefined);

/** The same, as a condition of a write on the membership. */
export const stillWasIn = anyOf<'state' | 'leftAt'>(
  is('state', 'ACTIVE'),
  is('state', 'LEFT'),
  allOf<'state' | 'leftAt'>(is('state', 'PENDING'), exists('leftAt')),
);

/**
 * Like `memberWho`, also for administrators of the deployment, who need not be members. Put `still` into the
 * transaction of the action: it checks that the power still exists. `asAdmin`: they have it as an administrator alone.
 *
 * @param power a power that administrators have too: `admins` in `powers.ts`
 * @param who the request: its account and its instant
 * @throws Problem NOT_FOUND for everybody else; FACTOR_NEEDED for an administrator as `adminOf`
 * @example
 * const { still } = await memberWhoOrAdmin(table, 'appoint', groupId, request);
 * await table.commit([still, ...writes]);
 */
export async function memberWhoOrAdmin<M extends More = None>(
  table: Table,
  power: AdminPower,
  groupId: string,
  who: Asking,
  more: M = {} as M,
): Promise<MaybeIn<M> & { readonly still: Write; readonly asAdmin: boolean }> {
  const { accountId } = who.account;
  const found = await partIn(table, groupId, accountId, { ...more, ...administering(who) });
  const { member, admin, session } = found as MaybeIn<More> & Administering;
  if (member?.state === 'ACTIVE' && may(member.role, power))
    return { ...found, asAdmin: false, still: stillMay(power, groupId, accountId) };
  requireAdministrator({ admin, session }, who.now);
  return { ...found, asAdmin: true, still: stillAdmin(accountId) };
}

/** The request of somebody who may be an administrator. */
type Asking = Pick<RouteRequest, 'now'> & { readonly account: Principal };
interface Administering {
  readonly admin: ItemOf<'Administrator'> | undefined;
  readonly session: ItemOf<'Session'> | undefined;
}
export const administering = ({ account: { accountId, sessionId } }: Asking) => ({
  admin: administratorRef(accountId),
  session: ref('Session', { accountId, sessionId }),
});

function requireAdministrator({ admin, session }: Administering, now: number): void {
  if (!admin) throw new Problem('NOT_FOUND');
  if (!isAdministering(session, now)) throw new Problem('FACTOR_NEEDED');
}

/**
 * Row 162: who administers and has a passkey or an authenticator app changes these only in a session that has shown one.
 * Else the password or the mailbox alone would add another, and administer by it.
 *
 * @param factors what the account has now
 * @throws Problem FACTOR_NEEDED
 */
export function requireShownFactor(
  { admin, session }: Administering,
  factors: Pick<ItemOf<'Factors'>, 'passkeyCount' | 'totpSince'> | undefined,
): void {
  const has = (factors?.passkeyCount ?? 0) > 0 || factors?.totpSince !== undefined;
  if (admin && has && session?.factorAt === undefined) throw new Problem('FACTOR_NEEDED');
}

/**
 * The condition that a member still has a power. Check it in the transaction of the action, as the power may be
 * withdrawn between the read and the write.
 *
 * @example check('Membership', { groupId, accountId }, has('editGroup'))
 */
export const has = (power: Power) =>
  allOf(is('state', 'ACTIVE'), anyOf(...powers[power].who.map((role) => is('role', role))));

/**
 * The condition that a membership still has the role that was read. Check it in the transaction if the role decides
 * what is written.
 */
export const unchanged = ({ role }: Pick<Member, 'role'>) => allOf(is('state', 'ACTIVE'), is('role', role));

/** Whether an account is shown as an administrator's, for words about it. Who may act as one, `adminOf` decides. */
export const isShownAsAdmin = ({ role }: Pick<ItemOf<'Account'>, 'role'>): boolean => role === 'ADMIN';

/** There is an item as long as somebody is an administrator; a withdrawn account has none. */
export const administratorRef = (accountId: string) => ref('Administrator', { accountId });

/** A check for the transaction of an action: the account still has a power in the group. Refused as NOT_FOUND. */
export const stillMay = (power: Power, groupId: string, accountId: string): Write => ({
  ...check('Membership', { groupId, accountId }, has(power)),
  or: 'NOT_FOUND',
});

/** A check for the transaction of an action: the account is still a member of the group. Refused as NOT_FOUND. */
export const stillMember = (groupId: string, accountId: string): Write => ({
  ...check('Membership', { groupId, accountId }, is('state', 'ACTIVE')),
  or: 'NOT_FOUND',
});

/** A check for the transaction of an action: the account is still an administrator. Refused as NOT_FOUND. */
export const stillAdmin = (accountId: string): Write => ({
  ...check('Administrator', { accountId }),
  or: 'NOT_FOUND',
});

/**
 * Lets an administrator of the deployment pass, and reads further items in the same request. It is read from the table
 * and not from the token, so that a withdrawn role ends at once (row 14). The session says that the account is active.
 *
 * An administrator also needs a session that has shown a passkey or an authenticator app, of at most twelve hours (row 162).
 * The session is read along with the guard's own reading of it, so it costs nothing.
 *
 * @param who the request: its account and its instant
 * @throws Problem NOT_FOUND for everybody else; FACTOR_NEEDED for an administrator without such a session
 */
export async function adminOf<M extends More = None>(table: Table, who: Asking, more: M = {} as M): Promise<Found<M>> {
  const found = await table.getAll({ ...more, ...administering(who) });
  requireAdministrator(found as unknown as Administering, who.now);
  return found as unknown as Found<M>;
}

/**
 * Gives back an item that was read, if it exists and the caller may see it.
 *
 * @param visible a pure rule of the feature; without it, every item that exists is visible
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
 * Refuses a change if the item no longer has the version that the caller has seen (`If-Match`).
 *
 * @param ifMatch the version in `If-Match`; undefined accepts every version
 * @throws Problem PRECONDITION_FAILED
 */
export function requireVersion(item: { readonly version: number }, ifMatch: number | undefined): void {
  if (!isVersion(item, ifMatch)) throw new Problem('PRECONDITION_FAILED');
}
