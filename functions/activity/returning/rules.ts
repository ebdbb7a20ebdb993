/** Row 144: when somebody is away from a group, and what they can choose then. Pure. */
import { addDays, fromIso } from '../../../shared/core/time.ts';
import { limits } from '../../../shared/product/limits.ts';
import { type GroupDays, groupDay } from '../../groups/core/day-rules.ts';
import { type Quota, quotaOn } from '../../groups/core/quota-rules.ts';
import {
  type Counts,
  daysFor,
  isExcused,
  type Member,
  type Mission,
  type RepeatMission,
  type Setting,
  standingIn,
  standingOnce,
  termsIn,
  weeksBetween,
} from '../progress/rules.ts';

const { awayDays, restDays } = limits.returning;

/** A member, with the day of their last choice after time away. */
export interface Returner extends Member {
  readonly returnedOn?: string | undefined;
}

interface Kept {
  readonly quotas?: string | undefined;
}

export interface Away {
  /** The first day of the time away and the last, which is yesterday. */
  readonly from: string;
  readonly until: string;
}

/** The day of somebody's last choice. */
export const returnedOn = ({ returnedAt }: { readonly returnedAt?: string | undefined }, days: GroupDays) =>
  returnedAt === undefined ? undefined : groupDay(fromIso(returnedAt), days);

const daysOf = ({ taken, skipped }: Counts) =>
  [taken, skipped].flatMap((counts) => Object.keys(counts).filter((day) => counts[day]! > 0));

const latest = (days: readonly (string | undefined)[]) =>
  days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);

/**
 * The time for which somebody has been away from a group; undefined if they are not. They are where for seven days they
 * have neither done nor skipped anything, were not excused, have not just joined or chosen, and missed something. A mission of
 * once a week leaves days between that are no time away.
 */
export function awayIn(missions: readonly Mission[], member: Returner, setting: Setting): Away | undefined {
  const { today } = setting;
  const deeds = [...member.counts.values()].flatMap((weeks) => [...weeks.values()].flatMap(daysOf));
  const rests = member.excused.filter(({ from }) => from <= today).map(({ until }) => until);
  const last = latest([...deeds, ...rests, member.since, member.returnedOn])!;
  // Days ahead can be skipped, and excused.
  if (last > addDays(today, -awayDays)) return undefined;
  const away = { from: addDays(last, 1), until: addDays(today, -1) };
  return missions.some((mission) => isMissed(mission, away, member, setting)) ? away : undefined;
}

/** Whether something of a mission was missed in these days. */
function isMissed(mission: Mission, { from, until }: Away, member: Member, setting: Setting): boolean {
  if (mission.kind === 'ONCE') {
    const { dueDay } = mission;
    const isIn = dueDay !== undefined && from <= dueDay && dueDay <= until;
    return isIn && standingOnce(mission, member, setting).missed > 0;
  }
  return weeksBetween(from, until).some((week) => {
    const wasAsked = daysFor(mission, week, member, setting).some((day) => from <= day && day <= until);
    return wasAsked && standingIn(mission, week, member, setting).missed > 0;
  });
}

/** The days away that an excuse can cover; null if none is left. It has 31 days at most, so a long time keeps its end. */
export function gapOf({ from, until }: Away, member: Member): Away | null {
  const earliest = addDays(until, 1 - limits.excuse.mostDays);
  const gap = { from: from > earliest ? from : earliest, until };
  return isExcused(gap.from, member) ? null : gap;
}

/** The most times a week that a member can choose for a mission: fewer than now. 0: there is nothing to choose. */
export function mostTimes(mission: RepeatMission, kept: Kept, today: string): number {
  const week = weeksBetween(today, today)[0]!;
  return (quotaOn(kept, mission.missionId, today) ?? termsIn(mission, week).timesPerWeek) - 1;
}

/** What the home screen offers in a group; null to whoever is not away. */
export function wayBackOf(missions: readonly Mission[], member: Returner, kept: Kept, setting: Setting) {
  const away = awayIn(missions, member, setting);
  if (!away) return null;
  const repeated = missions.filter((mission) => mission.kind === 'REPEAT');
  const fewer = repeated.map((mission) => ({
    missionId: mission.missionId,
    most: mostTimes(mission, kept, setting.today),
  }));
  return {
    gap: gapOf(away, member),
    fewer: fewer.filter(({ most }) => most > 0),
    restUntil: restUntil(setting.today),
  };
}

/** The latest day of a rest. */
export const restUntil = (today: string) => addDays(today, restDays - 1);

/** What somebody has chosen of missions, with another choice. What they had chosen of this mission for later days goes. */
export const withQuota = (quotas: readonly Quota[], quota: Quota): Quota[] => [
  ...quotas.filter(({ missionId, from }) => missionId !== quota.missionId || from < quota.from),
  quota,
];
