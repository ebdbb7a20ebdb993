import { memberOf, requireVersion, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { newId } from '../../../shared/core/ids.ts';
import { fromIso, iso } from '../../../shared/core/time.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { create, remove, revised } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { authorsOf } from '../../activity/written/authors.ts';
import { subjectOf } from '../../activity/written/reported.ts';
import { one, readAlong, shown } from '../../activity/written/seen.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { commentCountsOf } from '../comments/counts.ts';
import { closeNow } from './closing.ts';
import type { contract, PollView } from './contract.ts';
import type { BallotItem, PollItem, Tally } from './items.ts';
import { pollNews } from './news.ts';
import { choicesOf, closedAtOf, countedIn, isOpenAt, mayEndAt, placeOf, remindsAt, tallyOf, twinAt } from './rules.ts';
import { ballotsOf, dueSubject, presentAt } from './store.ts';
import { pollView, summaryOf } from './view.ts';

type Routes = typeof contract.routes;

/** A poll, what is due for it, and the news that there is one, are one transaction. */
export async function makePoll(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['makePoll']>,
  { table }: Kernel,
): Promise<Answer<Routes['makePoll']>> {
  const { group, account } = await memberOf(table, groupId, accountId, { account: ref('Account', { accountId }) });
  const { closesAt: wanted, choices, ...rest } = body;
  requireDifferent(choices, locale);
  if (wanted !== null && !mayEndAt(wanted, now)) throw invalid('/closesAt', 'pollEnd', locale);
  const closesAt = wanted === null ? undefined : iso(fromIso(wanted));
  const at = iso(now);
  const poll: PollItem = {
    ...{ groupId, pollId: newId(now), accountId, ...rest },
    choices: choicesOf(choices, [], () => newId(now)),
    ...{ state: 'OPEN', since: at, place: placeOf('OPEN', at), createdAt: at, version: 1 },
    ...(closesAt === undefined ? {} : { closesAt }),
  };
  const subject = dueSubject(poll);
  const reminded = remindsAt(poll);
  const person = { nickname: account?.nickname ?? catalogOf(locale).unknownPerson };
  const answer = { body: pollView(poll, person, { tally: emptyTally(poll), mine: undefined }, now), version: 1 };
  const { pollId, question } = poll;
  await table.commit(
    [
      stillMember(groupId, accountId),
      charged({ limit: 'makePoll', subject: accountId }, now),
      create('Poll', poll),
      closesAt !== undefined && due({ kind: 'endPoll', subject, at: closesAt }),
      reminded !== undefined && due({ kind: 'remindOfPoll', subject, at: reminded }),
      tell(pollNews.opened, now, {
        ...{ toMembersOf: groupId, by: accountId, title: group.title, question, groupId, pollId },
      }),
    ],
    answer,
  );
  return answer;
}

const invalid = (pointer: string, reason: 'pollEnd' | 'pollSameChoices', locale: Locale) =>
  new Problem('INVALID_REQUEST', { errors: [{ pointer, reason: catalogOf(locale).fields[reason] }] });

function requireDifferent(choices: readonly string[], locale: Locale): void {
  const at = twinAt(choices);
  if (at >= 0) throw invalid(`/choices/${at}`, 'pollSameChoices', locale);
}

const emptyTally = ({ choices }: PollItem): Tally => tallyOf(choices, [], () => true);

/** Two steps of requests: the page beside what decides who sees it, then the viewer's own ballots and what others say. */
export async function listPolls(
  { params: { groupId }, query, account: { accountId }, locale, now }: RouteRequest<Routes['listPolls']>,
  { table }: Kernel,
): Promise<Answer<Routes['listPolls']>> {
  const { limit, cursor } = query;
  const [page, found, blocked, roster] = await Promise.all([
    table.query('pollsByState', { groupId }, { limit, cursor, newestFirst: true }),
    memberOf(table, groupId, accountId, readAlong(accountId, groupId)),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
  ]);
  const polls = shown('poll', page.items, { ...found, blocked });
  const wanted: { [ballot: `ballot ${string}`]: Reference<BallotItem> } = {};
  for (const { pollId } of polls) wanted[`ballot ${pollId}`] = ref('Ballot', { groupId, pollId, accountId });
  const subjects = polls.map((poll) => subjectOf('poll', poll));
  const [own, authorOf, countOf] = await Promise.all([
    table.getAll(wanted, { eventual: true }),
    authorsOf(table, roster, polls, locale),
    commentCountsOf(table, groupId, subjects),
  ]);
  const items = polls.map((poll, at) => {
    const sight = { voted: own[`ballot ${poll.pollId}`] !== undefined, comments: countOf(subjects[at]!) };
    return summaryOf(poll, authorOf(poll), sight, now);
  });
  return { body: { items, nextCursor: page.nextCursor } };
}

interface Asked {
  readonly params: { readonly groupId: string; readonly pollId: string };
  readonly account: { readonly accountId: string };
  readonly locale: RouteRequest['locale'];
  readonly now: number;
}

/** What decides on a poll, beside it. */
async function found({ params, account: { accountId } }: Asked, table: Table) {
  const { groupId, pollId } = params;
  const along = { poll: ref('Poll', params), mine: ref('Ballot', { groupId, pollId, accountId }) };
  const all = await memberOf(table, groupId, accountId, { ...along, ...readAlong(accountId, groupId) });
  return { ...all, poll: one('poll', all.poll, all) };
}

/**
 * A poll as the caller sees it: one step of requests. While it is open it is counted by the roster of the group, which is half a unit
 * for forty members; between the closing and the result by who was a member at the closing, as the result is.
 */
async function viewFor(asked: Asked, table: Table): Promise<PollView> {
  const { params, account, locale, now } = asked;
  const [{ poll, mine }, ballots, roster] = await Promise.all([
    found(asked, table),
    ballotsOf(table, params),
    rosterOf(table, params.groupId),
  ]);
  const closedAt = poll.tally ? undefined : closedAtOf(poll, now);
  const isMember = closedAt
    ? await presentAt(table, poll, closedAt)
    : (accountId: string) => roster.has(accountId) || accountId === account.accountId;
  // The own ballot is read consistently, the others may lag by a moment.
  const others = ballots.filter(({ accountId }) => accountId !== account.accountId);
  const tally = poll.tally ?? tallyOf(poll.choices, mine ? [...others, mine] : others, countedIn(poll, isMember));
  const authorOf = await authorsOf(table, roster, [poll], locale);
  return pollView(poll, authorOf(poll), { tally, mine }, now);
}

export async function getPoll(
  request: RouteRequest<Routes['getPoll']>,
  { table }: Kernel,
): Promise<Answer<Routes['getPoll']>> {
  const body = await viewFor(request, table);
  return { body, version: body.version };
}

/** Nobody can vote for what then changes: a vote checks the version of the poll, and an edit that nobody has voted. */
export async function editPoll(
  request: RouteRequest<Routes['editPoll']>,
  { table }: Kernel,
): Promise<Answer<Routes['editPoll']>> {
  const { body, account, ifMatch, locale, now } = request;
  const [{ poll: before }, roster] = await Promise.all([
    found(request, table),
    rosterOf(table, request.params.groupId),
  ]);
  if (before.accountId !== account.accountId) throw new Problem('NOT_FOUND');
  requireVersion(before, ifMatch);
  if (!isOpenAt(before, now)) throw new Problem('POLL_CLOSED');
  if (before.begun) throw new Problem('POLL_HAS_BALLOTS');
  const { question = before.question, choices } = body;
  if (choices) requireDifferent(choices, locale);
  const changes = {
    question,
    choices: choices ? choicesOf(choices, before.choices, () => newId(now)) : before.choices,
  };
  const { after, write } = revised('Poll', before, changes, is('state', 'OPEN'), absent('begun'));
  await table.commit([stillMember(before.groupId, account.accountId), or(overtaken, write)]);
  const authorOf = await authorsOf(table, roster, [after], locale);
  const view = pollView(after, authorOf(after), { tally: emptyTally(after), mine: undefined }, now);
  return { body: view, version: after.version };
}

/** The poll if the caller may end it, and the check for the commit. */
async function ended(asked: Asked, table: Table) {
  const { poll, member } = await found(asked, table);
  const { groupId, accountId } = member;
  const isOwn = poll.accountId === accountId;
  seen(poll, () => isOwn || may(member.role, 'runPolls'));
  return { poll, still: isOwn ? stillMember(groupId, accountId) : stillMay('runPolls', groupId, accountId) };
}

/** The ballots follow by the stream (`dropBallots`). */
export async function deletePoll(
  request: RouteRequest<Routes['deletePoll']>,
  { table }: Kernel,
): Promise<Answer<Routes['deletePoll']>> {
  const { poll, still } = await ended(request, table);
  await table.commit([still, or('NOT_FOUND', remove('Poll', poll))]);
  return noContent;
}

export async function closePoll(
  request: RouteRequest<Routes['closePoll']>,
  { table }: Kernel,
): Promise<Answer<Routes['closePoll']>> {
  const { poll, still } = await ended(request, table);
  const { account, now } = request;
  await closeNow(table, poll, { still, by: account.accountId, now, answer: noContent });
  return noContent;
}
