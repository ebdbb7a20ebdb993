/** Applications to groups: what every feature shares that writes one, or changes one along with what it does. */
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, ask } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check, checkIfThere, create, patch, remove, type UpdateOf, type Write } from '../../../shared/data/writes.ts';
import type { ApplicationItem, GroupItem, MembershipItem } from './items.ts';
import { judgesOf } from './managers.ts';
import { membershipOf } from './members.ts';
import { groupNews } from './news.ts';
import { settledStates } from './rules.ts';
import type { ApplicationState } from './values.ts';

export const applicationRef = (groupId: string, accountId: string) => ref('Application', { groupId, accountId });

interface Applying {
  readonly accountId: string;
  readonly message: string;
  /** The person's earlier membership, as it was read. */
  readonly member: MembershipItem | undefined;
}

/**
 * An application that waits, and the writes that make it: refused unless the group is as it was read, nothing waits
 * already, and the person may come back. An application to a club comes with a pending membership (row 13).
 */
export function applicationWrites(
  group: GroupItem,
  { accountId, message, member }: Applying,
  now: number,
): { readonly application: ApplicationItem; readonly writes: Part[] } {
  const { groupId, version, title } = group;
  // Row 125: everybody who may decide is asked, until one does.
  const about = { by: accountId, title, groupId };
  const { asked, write: asking } = ask(groupNews.applied, now, { to: judgesOf(group), ...about });
  const applied = { groupId, accountId, message, appliedAt: iso(now) };
  const application: ApplicationItem = { ...applied, state: 'PENDING', askedBy: asked };
  // A new application takes the place of an old one that nobody waits for any more.
  const settledBefore = anyOf(...settledStates.map((state) => is('state', state)));
  const writes = [
    or('ALREADY_APPLIED', create('Application', application, { orWhen: settledBefore })),
    // A group that no longer takes applications, or is gone, gets none.
    or(overtaken, check('Group', { groupId }, allOf(is('version', version), absent('deletedAt')))),
    group.kind === 'CLUB'
      ? pending(group, accountId, member, now)
      : or(memberRefusal, checkIfThere('Membership', { groupId, accountId }, is('state', 'LEFT'))),
    asking,
  ];
  return { application, writes };
}

/** A member who is removed at this moment does not wait to come back. */
const memberRefusal = (member: Pick<MembershipItem, 'state'> | undefined) =>
  member?.state === 'ACTIVE' ? 'ALREADY_MEMBER' : 'KICKED';

/**
 * Row 13: the membership of an applicant to a club, so that `memberOf` meets it in the item that it reads anyway. It keeps
 * all that an earlier membership says.
 */
function pending(group: GroupItem, accountId: string, member: MembershipItem | undefined, now: number): Write[] {
  const { groupId } = group;
  // Whoever left, or came in, since the read is looked at again. A removal is told.
  const refusal = (found: { readonly state?: unknown } | undefined) => {
    if (found?.state === 'ACTIVE') return 'ALREADY_MEMBER' as const;
    return found?.state === 'KICKED' ? ('KICKED' as const) : overtaken;
  };
  if (member?.state === 'LEFT') {
    const waits = { set: { state: 'PENDING', leftAt: member.leftAt ?? iso(now) } } as const;
    return or(refusal, patch('Membership', { groupId, accountId }, waits, is('state', 'LEFT')));
  }
  // It waits already: nothing but its own application makes it so, and that one has come to nothing.
  if (member?.state === 'PENDING')
    return or(refusal, check('Membership', { groupId, accountId }, is('state', 'PENDING')));
  const { presentIn: _, ...membership } = membershipOf(group, accountId, 'MEMBER', now);
  return or(refusal, create('Membership', { ...membership, state: 'PENDING' }));
}

/** Brings an application into another state, if it is still as it was read. */
export function settled(
  { groupId, accountId, state: before, appliedAt }: ApplicationItem,
  state: ApplicationState,
  now: number,
  reason?: string,
): UpdateOf<'Application'> {
  return patch(
    'Application',
    { groupId, accountId },
    { set: { state, appliedAt, decidedAt: iso(now), reason }, remove: ['askedBy'] },
    allOf(is('state', before), is('appliedAt', appliedAt)),
  );
}

/**
 * The membership of an applicant whose application to a club came to nothing: it is again what it was before, which is
 * none for a person who was never in the club.
 */
export function noLongerPending({ groupId, accountId, leftAt }: MembershipItem): Write[] {
  const key = { groupId, accountId };
  const waits = is('state', 'PENDING');
  if (leftAt === undefined) return or(overtaken, remove('Membership', key, allOf(waits, absent('leftAt'))));
  return or(overtaken, patch('Membership', key, { set: { state: 'LEFT' } }, waits));
}

/**
 * The writes that end a wait without an entry. The application and the membership are not read at one instant. So the
 * commit also holds that no membership waits where none was read.
 */
export function waitEnded(
  { groupId, accountId }: Pick<ApplicationItem, 'groupId' | 'accountId'>,
  kind: GroupItem['kind'] | undefined,
  member: MembershipItem | undefined,
): Write[] {
  if (kind !== 'CLUB') return [];
  if (member?.state === 'PENDING') return noLongerPending(member);
  const others = anyOf(is('state', 'ACTIVE'), is('state', 'LEFT'), is('state', 'KICKED'));
  return or(overtaken, checkIfThere('Membership', { groupId, accountId }, others));
}

/** An entry in another way accepts the application that waits. */
export const acceptedByEntry = (application: ApplicationItem | undefined, now: number): Write[] =>
  application?.state === 'PENDING'
    ? [...or(overtaken, settled(application, 'ACCEPTED', now)), ...answered(application.askedBy, now)]
    : [];

/** The removal of a member ends the application that had led to the membership. */
export const endedByKick = (application: ApplicationItem | undefined, now: number): Write[] =>
  or(overtaken, application && settled(application, 'KICKED', now));
