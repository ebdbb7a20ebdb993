import { iso, isoWeek, ttl } from '../../../shared/core/time.ts';
import { absent, allOf, anyOf, atMost, below, is } from '../../../shared/data/conditions.ts';
import { create, moved, patch, remove, upsert, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { MissionItem } from '../missions/items.ts';
import type { CertificationItem } from './items.ts';
import type { Status } from './values.ts';

/** Takes one of the member's certifications of the day and the week (row 53): refused where a limit is reached. */
export function takeDay(mission: MissionItem, accountId: string, day: string): Write {
  const { missionId, perDayLimit, timesPerWeek } = mission;
  const underDay = anyOf(absent(day), below(day, perDayLimit));
  const underWeek = anyOf(absent('total'), below('total', timesPerWeek));
  const key = { missionId, accountId, week: isoWeek(day) };
  return upsert('MissionWeek', key, { add: { [day]: 1, total: 1 } }, allOf(underDay, underWeek));
}

/** Gives back what `takeDay` took. */
export const freeDay = ({ missionId, accountId, day }: CertificationItem): Write =>
  patch('MissionWeek', { missionId, accountId, week: isoWeek(day) }, { add: { [day]: -1, total: -1 } });

/** Refused if the account submitted within the last five seconds (row 53). */
export function throttled(accountId: string, now: number): Write {
  const earliest = now - limits.certification.throttleSeconds * 1000;
  return create(
    'Throttle',
    { accountId, action: 'certification', at: iso(now) },
    { expiresAt: ttl(now) + limits.certification.throttleKeptSeconds, orWhen: atMost('at', iso(earliest)) },
  );
}

/** A certification after a change, one version on. What `changes` names as undefined is not there any more. */
export function revised(
  before: CertificationItem,
  changes: { readonly [K in keyof CertificationItem]?: CertificationItem[K] | undefined },
  now: number,
): CertificationItem {
  const after = { ...before, ...changes, version: before.version + 1, modifiedAt: iso(now) };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined)) as never;
}

/** Puts a revision in the place of what was read, if that still stands there. */
export function changed(before: CertificationItem, after: CertificationItem): Write {
  const { groupId, certificationId, version } = before;
  const old: Readonly<Record<string, unknown>> = { ...before };
  const news = Object.entries(after).filter(([name, value]) => value !== old[name]);
  const set = { ...Object.fromEntries(news), ...moved('Certification', { ...after }) };
  const gone = Object.keys(old).filter((name) => !(name in after));
  return patch('Certification', { groupId, certificationId }, { set, remove: gone }, is('version', version));
}

/** Takes a certification out that is still as it was read. */
export const deleted = ({ groupId, certificationId, version }: CertificationItem): Write =>
  remove('Certification', { groupId, certificationId }, is('version', version));

/** The ledger row of a brick: there exactly while the certification is approved (row 67). */
export function brick({ accountId, certificationId, groupId }: CertificationItem, change: 1 | -1, now: number): Write {
  if (change < 0) return remove('Brick', { accountId, certificationId });
  return create('Brick', { accountId, certificationId, groupId, earnedAt: iso(now) });
}
