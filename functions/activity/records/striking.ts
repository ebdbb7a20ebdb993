/** Row 95: a record that the leader does not believe counts no more, until it is restored. */
import { changedSince, memberWho, requireVersion, seen, stillMay, stillMember } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { decided } from '../../../shared/data/decision.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { patch, revised, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { marked } from '../boards/boards.ts';
import { seasonsRef } from '../seasons/service.ts';
import type { contract } from './contract.ts';
import type { RecordItem, RecordTotalsItem } from './items.ts';
import { recordNews } from './news.ts';
import { boardsOpenFor } from './rules.ts';
import { dayOfId, totalsRef, viewOf } from './service.ts';
import { movedStandings, restoredStandings, standingsOn } from './standing-rules.ts';

type Routes = typeof contract.routes;
type Request = Pick<RouteRequest<Routes['restoreRecord']>, 'params' | 'body' | 'account' | 'now' | 'ifMatch'>;

/** What it counts leaves the boards that are open now. The record keeps which they are, and everything else. */
export async function strikeRecord(
  request: RouteRequest<Routes['strikeRecord']>,
  deps: Kernel,
): Promise<Answer<Routes['strikeRecord']>> {
  const { params, body, account, now } = request;
  const { group, record: before, open, totals } = await recordOfMember(request, deps);
  if (before.struckAt !== undefined) throw new Problem('ALREADY_DECIDED');
  const struckFrom = standingsOn(totals.standings, before, open);
  const change = revised('Record', before, { struckAt: iso(now), struckOff: open, struckFrom });
  const standings = movedStandings(totals.standings, before, {}, now, (board) => open.includes(board));
  const telling = { to: [before.accountId], by: account.accountId, groupId: params.groupId };
  return decide(request, deps, { ...change, totals, standings }, [
    decided(now, { ...decisionOn(before, account), before: 'COUNTS', after: 'STRUCK', reason: body.reason }),
    tell(recordNews.struck, now, { ...telling, title: group.title, day: before.day, reason: body.reason }),
  ]);
}

/** It counts as it is now, on the boards that it was taken off and that are still open, and keeps its place among equals. */
export async function restoreRecord(
  request: RouteRequest<Routes['restoreRecord']>,
  deps: Kernel,
): Promise<Answer<Routes['restoreRecord']>> {
  const { params, account, now } = request;
  const { group, record: before, open, totals } = await recordOfMember(request, deps);
  const { struckAt, struckOff = [] } = before;
  if (struckAt === undefined) throw new Problem('ALREADY_DECIDED');
  const back = struckOff.filter((board) => open.includes(board));
  if (struckOff.length > 0 && back.length === 0) throw new Problem('NOT_APPLICABLE');
  const change = revised('Record', before, { struckAt: undefined, struckOff: undefined, struckFrom: undefined });
  const standings = restoredStandings(totals.standings, before, now, (board) => back.includes(board));
  const telling = { to: [before.accountId], by: account.accountId, groupId: params.groupId };
  return decide(request, deps, { ...change, totals, standings }, [
    decided(now, { ...decisionOn(before, account), before: 'STRUCK', after: 'COUNTS' }),
    tell(recordNews.restored, now, { ...telling, title: group.title, day: before.day }),
  ]);
}

/** A record of a present member, with what a decision on it needs; `open`: the boards that it may move. */
async function recordOfMember({ params, body, account, now, ifMatch }: Request, { table, tally }: Kernel) {
  const { groupId, recordId } = params;
  const { accountId } = body;
  await tally.count({ limit: 'tellMember', subject: `${account.accountId}:${accountId}` }, now);
  const { group, seasons, ...found } = await memberWho(table, 'strikeRecords', groupId, account.accountId, {
    record: ref('Record', { groupId, accountId, day: dayOfId(recordId) }),
    seasons: seasonsRef(groupId),
    totals: totalsRef(groupId, accountId),
  });
  const record = seen(found.record, (each) => each.recordId === recordId);
  if (accountId === account.accountId) throw new Problem('OWN_DECISION');
  requireVersion(record, ifMatch);
  return { group, record, open: boardsOpenFor(record, seasons?.list ?? [], group, now), totals: seen(found.totals) };
}

const decisionOn = ({ groupId, recordId, accountId: authorId }: RecordItem, { accountId }: Request['account']) => ({
  scopeId: groupId,
  by: accountId,
  subject: `record:${recordId}` as const,
  authorId,
});

interface Change {
  readonly after: RecordItem;
  readonly write: Write;
  readonly totals: RecordTotalsItem;
  /** Undefined if no board moves. */
  readonly standings: Readonly<Record<string, string>> | undefined;
}

/** The record, what counts, its mark, the decision and the news are one transaction. */
async function decide(
  { params: { groupId }, body: { accountId }, account, now, ifMatch }: Request,
  { table }: Kernel,
  { after, write, totals, standings }: Change,
  telling: readonly Part[],
) {
  const answer = { body: viewOf(after), version: after.version };
  const { version } = totals;
  const moved = standings && [
    or(overtaken, patch('RecordTotals', totals, { set: { standings, version: version + 1 } }, is('version', version))),
    marked(groupId, accountId, now),
  ];
  await table.commit(
    [
      stillMay('strikeRecords', groupId, account.accountId),
      stillMember(groupId, accountId),
      or(changedSince(ifMatch), write),
      moved,
      ...telling,
    ],
    answer,
  );
  return answer;
}
