import { onceMemberOf, seen, stillWasIn, wasIn } from '../../../shared/access/access.ts';
import { activeAccount, stillActive } from '../../../shared/access/accounts.ts';
import { newSecret } from '../../../shared/core/ids.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { statusOn } from '../../groups/core/rules.ts';
import type { contract } from './contract.ts';
import type { ReviewItem, ReviewScoreItem, WrittenReviewItem } from './items.ts';
import { averageOf, mayReviewIn, monthOf } from './rules.ts';
import { forgotten, takenBack, written } from './store.ts';

type Routes = typeof contract.routes;
interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Row 69. The review, the note of who wrote it and the sum are one transaction. */
export async function writeReview(
  { params, body, account: { accountId }, locale, now }: RouteRequest<Routes['writeReview']>,
  { table }: Kernel,
): Promise<Answer<Routes['writeReview']>> {
  const { groupId, accountId: revieweeId } = params;
  const found = await onceMemberOf(table, groupId, accountId, {
    reviewee: ref('Membership', { groupId, accountId: revieweeId }),
    account: ref('Account', { accountId: revieweeId }),
    before: ref('WrittenReview', { accountId, groupId, revieweeId }),
  });
  if (revieweeId === accountId) {
    const errors = [{ pointer: 'path/accountId', reason: catalogOf(locale).fields.ownAccount }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const { group, before } = found;
  seen(found.reviewee, wasIn);
  const account = activeAccount(found.account);
  const today = localDay(now, group.timeZone);
  if (!mayReviewIn(statusOn(today, group))) throw new Problem('NOT_APPLICABLE');

  const { score, text } = body;
  const reviewId = before?.reviewId ?? newSecret();
  const after = { accountId, groupId, revieweeId, reviewId, score, writtenAt: iso(now) };
  await table.commit([
    or('NOT_FOUND', check('Membership', { groupId, accountId }, stillWasIn)),
    // Nobody would erase a review that is written by an account, or about one, at the moment of its erasing.
    stillActive(accountId),
    stillActive(revieweeId),
    charged({ limit: 'review', subject: accountId }, now),
    written(before, after, { text, month: monthOf(today) }),
  ]);
  return { body: viewOf({ ...after, text }, account.nickname) };
}

export async function removeReview(
  { params, account: { accountId } }: RouteRequest<Routes['removeReview']>,
  { table }: Kernel,
): Promise<Answer<Routes['removeReview']>> {
  const key = { accountId, groupId: params.groupId, revieweeId: params.accountId };
  const before = seen(await table.get('WrittenReview', key));
  const isTakenBack = await table.commit([forgotten(before), takenBack(before)]);
  // The reviewee has withdrawn, and their reviews are deleted: only the note of this one is left.
  if (!isTakenBack) await table.commit([forgotten(before)]);
  return noContent;
}

/** Two requests: the notes of what was written, then the reviews and the names together. */
export async function listWrittenReviews(
  { query, account: { accountId }, locale }: RouteRequest<Routes['listWrittenReviews']>,
  { table }: Kernel,
): Promise<Answer<Routes['listWrittenReviews']>> {
  const { items, nextCursor } = await reviewsBy(table, accountId, query);
  const unknown = catalogOf(locale).unknownPerson;
  return { body: { items: items.map((each) => viewOf(each, each.nickname ?? unknown)), nextCursor } };
}

export async function listReceivedReviews(
  { query, account: { accountId } }: RouteRequest<Routes['listReceivedReviews']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReceivedReviews']>> {
  return { body: await reviewsAbout(table, accountId, query) };
}

type Wanted = { [review: `review ${string}`]: Reference<ReviewItem> } & {
  [account: `account ${string}`]: Reference<AccountItem>;
};

/** A page of the reviews that somebody wrote, with the names of the reviewees. */
export async function reviewsBy(table: Table, accountId: string, { limit, cursor }: Page) {
  const page = await table.query('reviewsBy', { accountId }, { limit, cursor });
  const wanted: Wanted = {};
  for (const { revieweeId, reviewId } of page.items) {
    wanted[`review ${reviewId}`] = ref('Review', { accountId: revieweeId, reviewId });
    wanted[`account ${revieweeId}`] = ref('Account', { accountId: revieweeId });
  }
  const found = await table.getAll(wanted, { eventual: true });
  const items = page.items.flatMap(({ groupId, revieweeId, reviewId, writtenAt }) => {
    const review = found[`review ${reviewId}`];
    if (!review) return [];
    const { score, text } = review;
    return [{ groupId, revieweeId, score, text, writtenAt, nickname: found[`account ${revieweeId}`]?.nickname }];
  });
  return { items, nextCursor: page.nextCursor };
}

/** A page of the reviews of somebody. Neither what it shows nor its cursor tells who wrote them. */
export async function reviewsAbout(table: Table, accountId: string, { limit, cursor }: Page) {
  const page = await table.query('reviewsOf', { accountId }, { limit, cursor });
  return { items: page.items.map(({ score, text, month }) => ({ score, text, month })), nextCursor: page.nextCursor };
}

/** The score of somebody, to read along with what else a use case reads. */
export const scoreRef = (accountId: string) => ref('ReviewScore', { accountId });

/** A score as people see it. */
export const reputationView = (score: ReviewScoreItem | undefined) => ({
  average: score ? averageOf(score) : null,
  count: score?.count ?? 0,
});

const viewOf = (
  { groupId, revieweeId, score, text, writtenAt }: Omit<WrittenReviewItem, 'accountId' | 'reviewId'> & { text: string },
  nickname: string,
) => ({ groupId, account: { id: revieweeId, nickname }, score, text, writtenAt });
