/** Ballots: one item for each person and poll, which the next vote replaces. */
import { memberOf } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check, drop, patch, upsert } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { one, readAlong } from '../../activity/written/seen.ts';
import type { contract } from './contract.ts';
import type { PollItem } from './items.ts';
import { isOpenAt, voteError } from './rules.ts';

type Routes = typeof contract.routes;
type Asked = Pick<RouteRequest<Routes['takeBackVote']>, 'params' | 'account' | 'now'>;

/** An open poll that the caller sees, after their use was counted. */
async function openPoll({ params, account: { accountId }, now }: Asked, { table, tally }: Kernel): Promise<PollItem> {
  await tally.count({ limit: 'ballot', subject: accountId }, now);
  const { groupId } = params;
  const found = await memberOf(table, groupId, accountId, {
    poll: ref('Poll', params),
    ...readAlong(accountId, groupId),
  });
  const poll = one('poll', found.poll, found);
  if (!isOpenAt(poll, now)) throw new Problem('POLL_CLOSED');
  return poll;
}

/** The poll is open and says what the caller has read. The closing writes it, so a ballot is before it or refused. */
const asRead = ({ version }: PollItem) => allOf<'state' | 'version'>(is('state', 'OPEN'), is('version', version));

/** The first vote marks the poll: from then on nobody edits it. All others only check it. */
const stillOpen = (poll: PollItem): Part =>
  or(
    overtaken,
    poll.begun ? check('Poll', poll, asRead(poll)) : patch('Poll', poll, { set: { begun: true } }, asRead(poll)),
  );

export async function vote(request: RouteRequest<Routes['vote']>, deps: Kernel): Promise<Answer<Routes['vote']>> {
  const { params, body, account, locale, now } = request;
  const poll = await openPoll(request, deps);
  const choiceIds = [...new Set(body.choiceIds)].toSorted();
  const error = voteError(poll, choiceIds);
  if (error) {
    const errors = [{ pointer: '/choiceIds', reason: catalogOf(locale).fields[error] }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const key = { groupId: params.groupId, pollId: params.pollId, accountId: account.accountId };
  await deps.table.commit([stillOpen(poll), upsert('Ballot', key, { set: { choiceIds, votedAt: iso(now) } })]);
  return noContent;
}

export async function takeBackVote(
  request: RouteRequest<Routes['takeBackVote']>,
  deps: Kernel,
): Promise<Answer<Routes['takeBackVote']>> {
  const poll = await openPoll(request, deps);
  const { groupId, pollId } = poll;
  const ballot = drop('Ballot', { groupId, pollId, accountId: request.account.accountId });
  await deps.table.commit([or(overtaken, check('Poll', poll, asRead(poll))), ballot]);
  return noContent;
}
