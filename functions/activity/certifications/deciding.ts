/** Decisions on certifications (row 54): by leaders and managers, one or several at once. */
import { changedSince, memberWho, requireVersion, stillMay } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import { untilSettled } from '../../../shared/data/meaning.ts';
import { answered, tell } from '../../../shared/data/outbox.ts';
import { type Found, or, type Part, type Reference, ref } from '../../../shared/data/table.ts';
import { revised } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import type { UploadDeps } from '../files/service.ts';
import { movedWeek } from '../missions/weeks.ts';
import { authorsOf } from '../written/authors.ts';
import { one, readAlong, type Viewer } from '../written/seen.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { certificationNews } from './news.ts';
import { requireDecoded } from './photos.ts';
import { firstLaid, mayDecide } from './rules.ts';
import { bricks } from './store.ts';
import type { Decided } from './values.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;
type Deps = Kernel & UploadDeps;

export const approveCertification = (request: RouteRequest<Routes['approveCertification']>, deps: Deps) =>
  decide(request, deps, 'APPROVED', undefined);

export const denyCertification = (request: RouteRequest<Routes['denyCertification']>, deps: Deps) =>
  decide(request, deps, 'DENIED', request.body.reason);

async function decide(
  { params, account, locale, now, ifMatch }: Omit<RouteRequest<Routes['approveCertification']>, 'query' | 'body'>,
  deps: Deps,
  status: Decided,
  reason: string | undefined,
) {
  const { accountId } = account;
  const [found, roster] = await Promise.all([
    memberWho(deps.table, 'judgeCertifications', params.groupId, accountId, {
      certification: ref('Certification', params),
      ...readAlong(accountId, params.groupId),
    }),
    rosterOf(deps.table, params.groupId),
  ]);
  const before = one('certification', found.certification, found);
  requireDecidable(before, accountId, status, ifMatch);
  const { after, writes } = decisionOn(before, { accountId, status, reason, ifMatch, now, group: found.group });
  const authorOf = await authorsOf(deps.table, roster, [after], locale);
  const view = await viewOf(deps.bucket, after, authorOf(after), { accountId, judges: true }, locale);
  const answer = { body: view, version: after.version };
  await deps.table.commit(writes, answer);
  return answer;
}

/** Refuses a decision on one's own, on another version, on what is decided, and on photos that may turn out to be none. */
function requireDecidable(
  before: CertificationItem,
  accountId: string,
  status: Decided,
  ifMatch: number | undefined,
): void {
  if (before.accountId === accountId) throw new Problem('OWN_DECISION');
  requireVersion(before, ifMatch);
  if (!mayDecide(before.status, status)) throw new Problem('ALREADY_DECIDED');
  if (status === 'APPROVED') requireDecoded(before);
}

interface Decision {
  readonly accountId: string;
  readonly status: Decided;
  readonly reason: string | undefined;
  readonly ifMatch?: number | undefined;
  readonly now: number;
  readonly group: GroupItem;
}

/** The decision, the counts, the brick, the record and the news are one transaction. */
function decisionOn(
  before: CertificationItem,
  { accountId, status, reason, ifMatch, now, group }: Decision,
): { readonly after: CertificationItem; readonly writes: Part[] } {
  const { groupId, certificationId } = before;
  const laidAt = firstLaid(before, status, iso(now));
  const changes = { status, reason, askedBy: undefined, laidAt, modifiedAt: iso(now) };
  const { after, write } = revised('Certification', before, changes);
  const telling = { to: [before.accountId], by: accountId, groupId, certificationId };
  const writes = [
    stillMay('judgeCertifications', groupId, accountId),
    or(changedSince(ifMatch), write),
    movedWeek(before, before.status, status),
    bricks(before, before.status, status, now, group),
    decided(now, {
      scopeId: groupId,
      by: accountId,
      subject: `certification:${certificationId}`,
      authorId: before.accountId,
      before: before.status,
      after: status,
      reason,
    }),
    reason === undefined
      ? tell(certificationNews.approved, now, telling)
      : tell(certificationNews.denied, now, { ...telling, reason }),
    answered(before.askedBy, now),
  ];
  return { after, writes };
}

/**
 * Up to 25 at once, each in a transaction of its own, one after another: they share the membership of whoever decides. A
 * repetition finds those in the wanted state that it has decided before, and goes on with the others.
 */
export async function decideCertifications(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['decideCertifications']>,
  { table }: Deps,
): Promise<Answer<Routes['decideCertifications']>> {
  const { ids, decision: status, reason } = body;
  const references = Object.fromEntries(
    ids.map((certificationId) => [
      `certification ${certificationId}`,
      ref('Certification', { groupId, certificationId }),
    ]),
  ) as { readonly [certification: `certification ${string}`]: Reference<CertificationItem> };
  const found = await memberWho(table, 'judgeCertifications', groupId, accountId, {
    ...references,
    ...readAlong(accountId, groupId),
  });
  const viewer: Viewer = found;
  const results: Answer<Routes['decideCertifications']>['body']['results'] = [];
  for (const certificationId of ids) {
    let read: CertificationItem | undefined = (found as Found<typeof references>)[`certification ${certificationId}`];
    try {
      await untilSettled(async () => {
        const before = one('certification', read, viewer);
        if (before.status === status && before.accountId !== accountId) return;
        requireDecidable(before, accountId, status, undefined);
        const { writes } = decisionOn(before, { accountId, status, reason, now, group: found.group });
        try {
          await table.commit(writes);
        } catch (error) {
          read = await table.get('Certification', { groupId, certificationId });
          throw error;
        }
      });
      results.push({ id: certificationId, status, problem: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const title = catalogOf(locale).problems[error.code];
      results.push({ id: certificationId, status: null, problem: { code: error.code, title } });
    }
  }
  const answer = { body: { results } };
  // Keeps the answer for a repetition; one without a key finds those in the wanted state.
  await table.commit([], answer);
  return answer;
}
