/** Submitting a certification: for today, for the day on which it was done (row 155), or for a missed one (row 137). */
import { memberOf, seen, unchanged } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { newId } from '../../../shared/core/ids.ts';
import { fromIso, iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { ask } from '../../../shared/data/outbox.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check, create, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import type { UploadDeps } from '../files/service.ts';
import type { MissionItem } from '../missions/items.ts';
import { monthOf, monthUsed } from '../missions/months.ts';
import { laidBefore, leftOn } from '../missions/week-rules.ts';
import { weekAmong, weekRefs } from '../missions/weeks.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { certificationNews } from './news.ts';
import { takePhotos } from './photos.ts';
import {
  askedBy,
  firstLaid,
  hoursOf,
  initialStatus,
  mayMakeUp,
  missingEvidence,
  missionClosed,
  occurredError,
} from './rules.ts';
import { bricks, markBegun, takeDay, throttled } from './store.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;
type Submission = RouteRequest<Routes['submitCertification']>;

export async function submitCertification(
  { params, body, account: { accountId }, locale, now }: Submission,
  deps: Kernel & UploadDeps,
): Promise<Answer<Routes['submitCertification']>> {
  const { groupId, missionId } = params;
  const found = await memberOf(deps.table, groupId, accountId, {
    mission: ref('Mission', { groupId, missionId }),
    account: ref('Account', { accountId }),
    ...weekRefs(groupId, accountId, missionId, now, body.makeUpFor),
  });
  const { group, member } = found;
  const mission = seen(found.mission);
  const place = placeOf({ body, group, member, mission, locale, now });
  requireEvidence(
    askedBy(mission),
    { text: body.text, link: body.link, images: body.uploadIds.length, checked: body.checked ?? [] },
    locale,
  );
  const week = weekAmong(found, mission.kind, place.day);
  if (leftOn(mission, week, place.day) === 0) throw new Problem(place.madeUp ? 'MAKE_UP_OVER' : 'CERTIFICATION_LIMIT');
  const certificationId = newId(now);
  const taken = await takePhotos(deps, body.uploadIds, { groupId, certificationId, accountId, locale, now });

  const approval = place.madeUp ? 'LEADER' : mission.approval;
  const status = initialStatus(approval, member.role);
  const laidAt = laidBefore(week)?.at ?? firstLaid(undefined, status, iso(now));
  const { itemPhotos } = askedBy(mission);
  const submitted: CertificationItem = {
    ...{ groupId, certificationId, missionId, missionTitle: mission.title },
    ...(mission.kind === 'ONCE' ? { once: true } : {}),
    ...{ accountId, status, approval, way: mission.way, text: body.text },
    ...(laidAt === undefined ? {} : { laidAt }),
    ...(body.link === undefined ? {} : { link: body.link }),
    photos: taken.photos,
    ...(itemPhotos > 0 ? { itemPhotos } : {}),
    ...(taken.photos.length > 0 ? { undecoded: true } : {}),
    ...place,
    ...{ version: 1, createdAt: iso(now), modifiedAt: iso(now) },
  };
  const asking = askJudges(group, submitted, now);
  const certification = asking ? { ...submitted, askedBy: asking.asked } : submitted;
  const view = await viewOf(
    deps.bucket,
    certification,
    activeAccount(found.account),
    { accountId, judges: false },
    locale,
  );
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/certifications/${view.id}` };
  const writes: Part[] = [
    stillInPart(member),
    takeDay(certification, week),
    usedMonth(certification, group),
    throttled(accountId, now),
    create('Certification', certification),
    bricks(certification, undefined, certification.status, now, group),
    asking?.write,
    taken.writes,
  ];
  await taken.settle(markBegun(deps.table, mission).then(() => deps.table.commit(writes, answer)));
  return answer;
}

interface Wanted {
  readonly body: Submission['body'];
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly mission: MissionItem;
  readonly locale: Locale;
  readonly now: number;
}

/** The day that a certification counts for, if the mission takes one for it. */
function placeOf(wanted: Wanted): Pick<CertificationItem, 'day' | 'occurredAt' | 'madeUp'> {
  const { body, group, member, mission, locale, now } = wanted;
  if (body.makeUpFor !== undefined) return missedDay(wanted, body.makeUpFor);
  const at = body.occurredAt === undefined ? now : fromIso(body.occurredAt);
  const error = occurredError(at, now);
  if (error) throw refusal('/occurredAt', error, locale);
  const day = groupDay(at, group);
  const closed = missionClosed(mission, day, hoursOf(group, iso(now)), iso(at));
  if (closed) throw new Problem(closed);
  if (at < fromIso(member.joinedAt) || at < fromIso(mission.createdAt)) throw new Problem('NOT_IN_PERIOD');
  return { day, ...(day < groupDay(now, group) ? { occurredAt: iso(at) } : {}) };
}

/** Row 137: a day of a repeated mission that the member missed a few days ago. */
function missedDay({ group, member, mission, now }: Wanted, day: string) {
  if ((group.makeUps ?? 0) === 0 || mission.kind !== 'REPEAT') throw new Problem('NOT_APPLICABLE');
  const first = [member.joinedAt, mission.createdAt].map((instant) => groupDay(fromIso(instant), group)).toSorted()[1]!;
  if (!mayMakeUp(day, groupDay(now, group)) || day < first) throw new Problem('MAKE_UP_OVER');
  const closed = missionClosed(mission, day, hoursOf(group, iso(now)), iso(now));
  if (closed) throw new Problem(closed);
  return { day, madeUp: true as const };
}

/** Counts what a month allows only so often. */
function usedMonth({ day, occurredAt, madeUp, ...member }: CertificationItem, { makeUps = 0 }: GroupItem): Write[] {
  if (madeUp) return or('MAKE_UP_LIMIT', monthUsed(member, monthOf(day), 'madeUp', makeUps));
  if (occurredAt === undefined) return [];
  return or('LATE_LIMIT', monthUsed(member, monthOf(day), 'late', limits.late.perMonth));
}

/** The member still has the role that was read. The role decides whether a certification waits. */
export const stillInPart = (member: MembershipItem) =>
  or((now) => (now?.state === 'ACTIVE' ? overtaken : 'NOT_FOUND'), check('Membership', member, unchanged(member)));

/** Rows 54, 125: asks everybody who may decide on a certification; undefined if it does not wait. */
export function askJudges(
  group: GroupItem,
  { groupId, certificationId, accountId, status }: CertificationItem,
  now: number,
) {
  if (status !== 'WAITING') return undefined;
  const about = { by: accountId, title: group.title, groupId, certificationId };
  return ask(certificationNews.submitted, now, { to: judgesOf(group), ...about });
}

/** Refuses what lacks the evidence that a mission asks for. */
export function requireEvidence(
  asked: Parameters<typeof missingEvidence>[0],
  given: Parameters<typeof missingEvidence>[1],
  locale: Locale,
): void {
  const missing = missingEvidence(asked, given);
  if (missing) throw refusal(missing.pointer, missing.reason, locale);
}

const refusal = (pointer: string, reason: keyof ReturnType<typeof catalogOf>['fields'], locale: Locale) =>
  new Problem('INVALID_REQUEST', { errors: [{ pointer, reason: catalogOf(locale).fields[reason] }] });
