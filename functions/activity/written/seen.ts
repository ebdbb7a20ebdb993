/**
 * Who sees a thing that a member has written: one answer for all kinds. It depends on the viewer's role, on the thing's
 * status, on reports and on blocks. A thing of a withdrawn writer stays, without a name (`authors.ts`).
 *
 * A use case reads `readAlong` in its first request:
 *
 *     const found = await memberOf(table, groupId, me, { post: ref('Post', params), ...readAlong(me, groupId) });
 *     const post = one('post', found.post, found);
 */
import { seen } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { ReportedItem } from './items.ts';
import { type Kind, kinds, type WrittenKind } from './kinds.ts';
import { hasReported, reportedRef, subjectOf } from './reported.ts';
import { isSeen, type Written } from './rules.ts';

/** The items that decide what somebody sees, apart from the membership, which the access door reads. */
export const readAlong = (accountId: string, groupId: string) => ({ reported: reportedRef(accountId, groupId) });

/** Somebody who looks at things of a group, as `memberOf` found them with `readAlong`. */
export interface Viewer {
  readonly member: MembershipItem;
  readonly reported?: ReportedItem | undefined;
  /** People whose things a list leaves out (`blockedBy`). A thing that is opened by its id is shown in spite of a block. */
  readonly blocked?: ReadonlySet<string>;
}

/** Whether a role decides on things of a kind: it sees those that wait, and those of people it has blocked. */
export const mayJudge = (kind: WrittenKind, { role }: Pick<MembershipItem, 'role'>): boolean => {
  const { judges }: Kind = kinds[kind];
  return judges !== undefined && may(role, judges);
};

/**
 * The things of a page that the viewer sees.
 *
 * @example const items = shown('certification', page.items, { member, reported, blocked })
 */
export const shown = <T extends Written>(kind: WrittenKind, things: readonly T[], viewer: Viewer): T[] =>
  things.filter((thing) => isSeenBy(kind, thing, viewer));

/**
 * A thing that the viewer sees.
 *
 * @throws Problem NOT_FOUND if there is none, or if the viewer does not see it
 */
export const one = <T extends Written>(kind: WrittenKind, thing: T | undefined, viewer: Viewer): T =>
  seen(thing, (each) => isOfKind(kind, each) && isSeenBy(kind, each, viewer));

function isOfKind(kind: WrittenKind, thing: Written): boolean {
  const { is }: Kind = kinds[kind];
  // A thing was read by its kind, so it is an item of it.
  return is === undefined || (is as (item: never) => boolean)(thing as never);
}

const isSeenBy = (kind: WrittenKind, thing: Written, { member, reported, blocked }: Viewer) =>
  isSeen(thing, {
    viewerId: member.accountId,
    judges: mayJudge(kind, member),
    hides: may(member.role, 'hideReported'),
    reported: hasReported(reported, subjectOf(kind, thing)),
    blocked: blocked?.has(thing.accountId) ?? false,
  });
