import { memberOf, seen, stillMember } from '../../../shared/access/access.ts';
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso, ttl } from '../../../shared/core/time.ts';
import { atMost, is } from '../../../shared/data/conditions.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import type { ItemOf } from '../../../shared/data/registry.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { check, create, type Write } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { blockedBy } from '../../accounts/blocks/service.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { excusedOn } from '../../groups/core/excused-rules.ts';
import { quotaOn } from '../../groups/core/quota-rules.ts';
import { rosterOf } from '../../groups/core/roster.ts';
import { hoursOf, missionClosed } from '../certifications/rules.ts';
import { ownStateOf } from '../missions/week-rules.ts';
import { weekAmong, weekRefs } from '../missions/weeks.ts';
import { authorsOf } from '../written/authors.ts';
import type { contract } from './contract.ts';
import { nudgeNews } from './news.ts';
import { coolDown, isNudgeable } from './rules.ts';

type Routes = typeof contract.routes;

/** Row 64. Settings and blocks are judged where the news is delivered, so the answer is the same for everybody. */
export async function nudge(
  { params, body, account: { accountId }, locale, now }: RouteRequest<Routes['nudge']>,
  { table }: Kernel,
): Promise<Answer<Routes['nudge']>> {
  const { groupId, missionId } = params;
  const { to, message } = body;
  const found = await memberOf(table, groupId, accountId, {
    mission: ref('Mission', params),
    receiver: ref('Membership', { groupId, accountId: to }),
    ...weekRefs(groupId, to, missionId, now),
  });
  const { group } = found;
  const mission = seen(found.mission);
  if (to === accountId) {
    const errors = [{ pointer: '/to', reason: catalogOf(locale).fields.ownAccount }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  const receiver = seen(found.receiver, ({ state }) => state === 'ACTIVE');
  const today = groupDay(now, group);
  const state = ownStateOf(mission, weekAmong(found, mission.kind, today), today, quotaOn(receiver, missionId, today));
  const closed = missionClosed(mission, today, hoursOf(group, iso(now)), iso(now));
  if (closed || !isNudgeable(state, excusedOn(receiver, today) !== null)) throw new Problem('NOT_APPLICABLE');

  const nudgeId = newId(now);
  const said = { groupId, missionId, to, createdAt: iso(now) };
  const answer = { body: { id: nudgeId, ...said, message: message ?? null } };
  const telling = { to: [to], by: accountId, mission: mission.title, groupId, missionId };
  await table.commit(
    [
      stillMember(groupId, accountId),
      or('NOT_FOUND', check('Membership', receiver, is('state', 'ACTIVE'))),
      cooled(accountId, to, now),
      charged({ limit: 'nudge', subject: accountId }, now),
      create('Nudge', {
        ...{ ...said, nudgeId, accountId, expiresAt: ttl(now) + limits.nudge.keptSeconds },
        ...(message === undefined ? {} : { message }),
      }),
      message === undefined
        ? tell(nudgeNews.nudged, now, telling)
        : tell(nudgeNews.nudgedWith, now, { ...telling, message }),
    ],
    answer,
  );
  return answer;
}

/** Refused as TOO_MANY_REQUESTS while one has nudged the same person within an hour. */
function cooled(accountId: string, to: string, now: number): Write[] {
  const earliest = iso(now - limits.nudge.everySeconds * 1000);
  return or(
    (last) =>
      new Problem('TOO_MANY_REQUESTS', {
        retryAfter: coolDown((last as ItemOf<'Throttle'> | undefined)?.at ?? iso(now), now),
      }),
    create(
      'Throttle',
      { accountId, action: `nudge ${to}`, at: iso(now) },
      { expiresAt: ttl(now) + limits.nudge.everySeconds, orWhen: atMost('at', earliest) },
    ),
  );
}

export async function listNudges(
  { params: { groupId }, query: { limit, cursor }, account: { accountId }, locale }: RouteRequest<Routes['listNudges']>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<Answer<Routes['listNudges']>> {
  const options = { limit, cursor, newestFirst: true, between: [groupId, groupId] as const };
  const [page, blocked, roster] = await Promise.all([
    table.query('nudgesTo', { to: accountId }, options),
    blockedBy(table, accountId),
    rosterOf(table, groupId),
    memberOf(table, groupId, accountId),
  ]);
  const shown = page.items.filter((each) => !blocked.has(each.accountId));
  const personOf = await authorsOf(table, roster, shown, locale);
  const items = shown.map(async ({ nudgeId, missionId, message, createdAt, accountId: id }) => {
    const { nickname, picture } = personOf({ accountId: id });
    const account = { id, nickname, picture: await thumbnailOf(bucket, picture) };
    return { id: nudgeId, missionId, message: message ?? null, createdAt, account };
  });
  return { body: { items: await Promise.all(items), nextCursor: page.nextCursor } };
}
