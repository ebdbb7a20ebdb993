/** Row 82: who chose what, of polls that are not anonymous. */
import { memberOf } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { one, readAlong } from '../../activity/written/seen.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { contract } from './contract.ts';
import { closedAtOf, showsResults, wasPresentAt } from './rules.ts';
import { ballotsOf, membershipsOf } from './store.ts';

type Routes = typeof contract.routes;

/** People are named whose ballots count: those of members now, and after the closing of members then. */
export async function listVoters(
  { params, query: { choiceId }, account: { accountId }, locale, now }: RouteRequest<Routes['listVoters']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listVoters']>> {
  const { groupId, pollId } = params;
  const [found, ballots, members, blocked, roster] = await Promise.all([
    memberOf(table, groupId, accountId, {
      poll: ref('Poll', params),
      mine: ref('Ballot', { groupId, pollId, accountId }),
      ...readAlong(accountId, groupId),
    }),
    ballotsOf(table, params),
    membershipsOf(table, groupId),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  const poll = one('poll', found.poll, found);
  const closedAt = closedAtOf(poll, now);
  const isShown = showsResults(poll, { isOpen: closedAt === undefined, hasVoted: found.mine !== undefined });
  if (poll.anonymous || !isShown) throw new Problem('NOT_APPLICABLE');
  const counted = new Set(
    members.filter((member) => wasPresentAt(member, closedAt ?? iso(now))).map((member) => member.accountId),
  );
  const chose = ballots
    .filter((ballot) => (poll.tally ? !ballot.uncounted : counted.has(ballot.accountId)))
    .filter((ballot) => ballot.choiceIds.includes(choiceId))
    .toSorted((a, b) => (a.votedAt < b.votedAt ? 1 : -1));
  const named = chose.filter((ballot) => !blocked.has(ballot.accountId)).slice(0, limits.poll.named);
  const personOf = await authorsOf(table, roster, named, locale);
  const items = named.map(async (ballot) => {
    const { nickname, picture } = personOf(ballot);
    return { id: ballot.accountId, nickname, picture: await thumbnailOf(bucket, picture) };
  });
  return { body: { items: await Promise.all(items), count: chose.length } };
}
