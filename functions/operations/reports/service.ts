import { adminOf, memberOf, memberWhoOrAdmin, seen, stillMember } from '../../../shared/access/access.ts';
import { may } from '../../../shared/access/powers.ts';
import { iso } from '../../../shared/core/time.ts';
import { decided } from '../../../shared/data/decision.ts';
import type { KeyOf } from '../../../shared/data/keys.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Reference, ref, type Table } from '../../../shared/data/table.ts';
import { check, patch, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { mayView } from '../../activity/certifications/rules.ts';
import type { Status } from '../../activity/certifications/values.ts';
import { hasReported, reportedRef } from '../../activity/written/reported.ts';
import { isKeptFrom, type Reportable } from '../../activity/written/rules.ts';
import type { GroupItem } from '../../groups/core/items.ts';
import { type contract, reasons, type SubjectKind, subjects } from './contract.ts';
import { caseRef, countedOnce, file } from './filing.ts';
import type { ReportCaseItem } from './items.ts';
import { reportNews } from './news.ts';
import { decidedState, isOpenTo, type LeadersNews, waitingPlace } from './rules.ts';
import { closed, stateOf } from './store.ts';

type Routes = typeof contract.routes;
type Thing = Reportable & { readonly status?: Status };

/** Row 83. */
export async function report(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['report']>,
  { table }: Kernel,
): Promise<Answer<Routes['report']>> {
  const { subject, reason, text } = body;
  const found = await memberOf(table, groupId, accountId, {
    reported: reportedRef(accountId, groupId),
    thing: thingRef(groupId, subject),
    known: caseRef(groupId, subject),
  });
  if (hasReported(found.reported, subject)) return countedOnce(table, accountId, groupId);
  const hides = may(found.member.role, 'hideReported');
  const judges = may(found.member.role, 'judgeCertifications');
  const thing = seen(
    found.thing,
    (each) => isShown(each, accountId, judges) && !isKeptFrom(each, accountId, { hides, reported: false }),
  );
  if (thing.accountId === accountId) {
    const errors = [{ pointer: '/subject', reason: catalogOf(locale).fields.ownThing }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const { group } = found;
  const waitingIn = waitingPlace(groupId, thing.accountId, group.leaderId);
  return file(
    table,
    {
      ...{ groupId, subject, authorId: thing.accountId, waitingIn, reporterId: accountId, reason, text },
      still: stillMember(groupId, accountId),
      thing: (third) => (third ? hiddenWrite(groupId, subject, iso(now)) : thereStill(groupId, subject)),
      // Only those who can decide on it: what the leader wrote is for administrators, who have a list of what waits.
      tell: (news) =>
        waitingIn === groupId && group.leaderId !== accountId ? tellLeader(group, news, now) : undefined,
    },
    found.known,
    now,
  );
}

/** In nobody's name: neither is the reporter told, nor is it lost where the leader has blocked them. */
const tellLeader = ({ groupId, leaderId, title }: GroupItem, news: LeadersNews, now: number): Write =>
  tell(reportNews[news], now, { to: [leaderId], by: byItself, title, groupId });

export async function listReports(
  { params: { groupId }, query, account: { accountId }, locale }: RouteRequest<Routes['listReports']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReports']>> {
  const [page] = await Promise.all([
    casesIn(table, groupId, query),
    memberWhoOrAdmin(table, 'hideReported', groupId, accountId),
  ]);
  // Somebody may lead the group by now who wrote what was reported.
  const items = page.items.filter(({ authorId }) => authorId !== accountId);
  return { body: { items: await viewsOf(table, items, locale), nextCursor: page.nextCursor } };
}

export async function listReportsOfLeaders(
  { query, account: { accountId }, locale }: RouteRequest<Routes['listReportsOfLeaders']>,
  { table }: Kernel,
): Promise<Answer<Routes['listReportsOfLeaders']>> {
  const [page] = await Promise.all([casesIn(table, 'ADMIN', query), adminOf(table, accountId)]);
  return { body: { items: await viewsOf(table, page.items, locale), nextCursor: page.nextCursor } };
}

/** A decision on a thing holds whatever reports came before it; a report that comes at the same moment looks anew. */
export async function decideReport(
  { params: { groupId }, body, account: { accountId }, now }: RouteRequest<Routes['decideReport']>,
  { table }: Kernel,
): Promise<Answer<Routes['decideReport']>> {
  const { subject, decision, reason } = body;
  const found = await memberWhoOrAdmin(table, 'hideReported', groupId, accountId, {
    thing: thingRef(groupId, subject),
    known: caseRef(groupId, subject),
  });
  const { still, thing } = found;
  const before = seen(found.known);
  if (before.authorId === accountId) throw new Problem('OWN_DECISION');
  if (!isOpenTo({ ...before, state: stateOf(before) }, decision)) throw new Problem('ALREADY_DECIDED');

  const state = decidedState(decision);
  const answer = { body: { subject, state, decidedAt: iso(now) } } as const;
  const hiddenAt = state === 'HIDDEN' ? (thing?.hiddenAt ?? iso(now)) : undefined;
  await table.commit(
    [
      still,
      or('ALREADY_DECIDED', closed(before, state, accountId, now)),
      // If its author has deleted it meanwhile, the case is only put away.
      thing && or(overtaken, hiddenWrite(groupId, subject, hiddenAt)),
      decided(now, { scopeId: groupId, by: accountId, subject, before: stateOf(before), after: state, reason }),
    ],
    answer,
  );
  return answer;
}

/** The item that a subject names: one of a group, under an id whose name its kind tells. */
function thingOf(groupId: string, subject: string) {
  const [kind = '', id = ''] = subject.split(':');
  const { entity, id: name } = subjects[kind as SubjectKind];
  return { entity, key: { groupId, [name]: id } as KeyOf<typeof entity> };
}

function thingRef(groupId: string, subject: string): Reference<Thing> {
  const { entity, key } = thingOf(groupId, subject);
  return ref(entity, key);
}

/** Hides a thing that is there, or shows it again. */
function hiddenWrite(groupId: string, subject: string, hiddenAt: string | undefined) {
  const { entity, key } = thingOf(groupId, subject);
  return patch(entity, key, hiddenAt === undefined ? { remove: ['hiddenAt'] } : { set: { hiddenAt } });
}

function thereStill(groupId: string, subject: string) {
  const { entity, key } = thingOf(groupId, subject);
  return check(entity, key);
}

/** A thing that waits for approval is not yet everybody's to see, so not to report either. */
const isShown = (thing: Thing, viewerId: string, judges: boolean) =>
  thing.status === undefined || mayView({ ...thing, status: thing.status }, viewerId, judges);

/** Everything that reporters wrote of a thing, in no order. */
const textsOf = (item: ReportCaseItem): string[] =>
  Object.keys(item).flatMap((name) => (isText(name) ? (item[name] ?? []) : []));
const isText = (name: string): name is `text ${string}` => name.startsWith('text ');

const casesIn = (table: Table, waitingIn: string, page: { limit: number; cursor?: string | undefined }) =>
  table.query('casesIn', { waitingIn }, { ...page, newestFirst: true });

async function viewsOf(table: Table, cases: readonly ReportCaseItem[], locale: Locale) {
  const nicknames = await nicknamesOf(
    table,
    cases.flatMap(({ authorId }) => authorId ?? []),
  );
  return cases.map((each) => {
    const { groupId, subject, authorId, open, reportedAt } = each;
    return {
      // A plan does not say of which group it is.
      groupId: subject.startsWith('plan:') ? null : groupId,
      subject,
      author:
        authorId === undefined
          ? null
          : { id: authorId, nickname: nicknames.get(authorId) ?? catalogOf(locale).unknownPerson },
      state: stateOf(each),
      reports: open,
      reasons: reasons.flatMap((reason) => {
        const count = each[`reason ${reason}`];
        return count ? [{ reason, count }] : [];
      }),
      texts: textsOf(each),
      reportedAt,
    };
  });
}
