/** Skipping a mission with a reason (row 58): done for reminders, but not for bricks, rates and ranks. */
import { memberOf, seen } from '../../../shared/access/access.ts';
import { activeAccount } from '../../../shared/access/accounts.ts';
import { iso } from '../../../shared/core/time.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import type { UploadDeps } from '../files/service.ts';
import { maySkipIn } from '../missions/week-rules.ts';
import { weekAmong, weekRefs } from '../missions/weeks.ts';
import type { contract } from './contract.ts';
import type { CertificationItem } from './items.ts';
import { hoursOf, maySkip, missionClosed } from './rules.ts';
import { markBegun, skipKeyOf, takeDay } from './store.ts';
import { stillInPart } from './submitting.ts';
import { viewOf } from './view.ts';

type Routes = typeof contract.routes;

export async function skipMission(
  { params, body, account: { accountId }, locale, now }: RouteRequest<Routes['skipMission']>,
  deps: Kernel & UploadDeps,
): Promise<Answer<Routes['skipMission']>> {
  const { groupId, missionId } = params;
  const found = await memberOf(deps.table, groupId, accountId, {
    mission: ref('Mission', { groupId, missionId }),
    account: ref('Account', { accountId }),
    ...weekRefs(groupId, accountId, missionId, now, body.day),
  });
  const mission = seen(found.mission);
  const today = groupDay(now, found.group);
  const day = body.day ?? today;
  if (!maySkip(day, today) || (mission.kind === 'ONCE' && day !== today)) throw new Problem('NOT_IN_PERIOD');
  const closed = missionClosed(mission, day, hoursOf(found.group, iso(now)), iso(now));
  if (closed) throw new Problem(closed);
  const week = weekAmong(found, mission.kind, day);
  if (!maySkipIn(mission, week, day)) throw new Problem('CERTIFICATION_LIMIT');

  const once = mission.kind === 'ONCE' ? { once: true as const } : {};
  const skip: CertificationItem = {
    ...skipKeyOf({ groupId, accountId, missionId, day, ...once }),
    ...{ missionId, missionTitle: mission.title, ...once, accountId, status: 'SKIPPED' },
    ...{ approval: mission.approval, way: mission.way, text: body.reason, photos: [], day },
    ...{ version: 1, createdAt: iso(now), modifiedAt: iso(now) },
  };
  const viewer = { accountId, judges: false };
  const view = await viewOf(deps.bucket, skip, activeAccount(found.account), viewer, locale);
  const answer = { body: view, version: 1, location: `/v1/groups/${groupId}/certifications/${view.id}` };
  await markBegun(deps.table, mission);
  await deps.table.commit(
    [stillInPart(found.member), takeDay(skip, week), or(overtaken, create('Certification', skip))],
    answer,
  );
  return answer;
}
