/** What makes a chain begin, or look earlier: a membership, a mission, a deed after silence, another zone. */
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { is } from '../../../shared/data/conditions.ts';
import { everyItem } from '../../../shared/data/every-item.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { summaryOf } from '../../groups/core/view.ts';
import type { CertificationItem } from '../certifications/items.ts';
import type { MissionItem } from '../missions/items.ts';
import { isLive } from '../missions/rules.ts';
import type { OwnReminder } from './items.ts';
import { nextMoment } from './moment-rules.ts';
import { circleOf, ownRef, taskOf } from './part.ts';
import { remindingRef, wake } from './waking.ts';

/** Members of one group that are woken at once. */
const wokenAtOnce = 20;

/** What of a membership decides when its member is reminded. */
const termsOf = ({ state, excused, quotas, returnedAt, group }: MembershipItem) => {
  const { timeZone, startDate, endDate, status, approvalStatus, disbandsAt } = group;
  const over = status === 'FINISHED' || status === 'COMPLETED';
  return JSON.stringify([
    state,
    excused,
    quotas,
    returnedAt,
    timeZone,
    startDate,
    endDate,
    over,
    approvalStatus,
    disbandsAt,
  ]);
};

/**
 * A membership begins, or its group has other days. The missions are read from the table itself: whichever of membership and
 * mission is followed last finds the other.
 */
export async function followMembership(
  { item, old, again, now }: Change<MembershipItem, Old<MembershipItem, 'groupId' | 'accountId' | 'state'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item) return;
  const { groupId, accountId, group, state } = item;
  if (state !== 'ACTIVE') return old?.state === 'ACTIVE' ? forgotten(table, item) : undefined;
  if (!again && old && termsOf(item) === termsOf(old as MembershipItem)) return;
  const circle = circleOf(groupId, group, now);
  if (!circle) return;
  const missions = await everyItem((cursor) =>
    table.query('missionsOfGroup', { groupId }, { limit: limits.missionsShown, consistent: true, cursor }),
  );
  const tasks = missions.filter(isLive).map((mission) => taskOf(circle, mission));
  const first = nextMoment({ timeZone: group.timeZone, circles: [circle], tasks }, now);
  // Whoever joins has done something, whoever is excused has asked for it, and so has whoever chose how to go on (row 144).
  const chosen = (['excused', 'quotas', 'returnedAt'] as const).some((name) => item[name] !== old?.[name]);
  const answers = old?.state !== 'ACTIVE' || (!again && chosen);
  if (first) await wake(table, { accountId, at: first.at, answers }, now);
}

/** Somebody has left a group: what they had chosen for its missions goes. Unless they are back by now. */
async function forgotten(table: Table, { groupId, accountId }: MembershipItem): Promise<void> {
  await untilSettled(async () => {
    const [own, member] = await Promise.all([
      table.get('OwnReminders', { accountId }),
      table.get('Membership', { groupId, accountId }),
    ]);
    const names = Object.entries(own ?? {}).flatMap(([name, chosen]) =>
      name.startsWith('mission ') && (chosen as OwnReminder).groupId === groupId ? [name as `mission ${string}`] : [],
    );
    if (!own || names.length === 0 || member?.state === 'ACTIVE') return;
    await table.commit(
      or(
        overtaken,
        patch('OwnReminders', { accountId }, { remove: names, add: { version: 1 } }, is('version', own.version)),
      ),
    );
  });
}

/** What of a mission decides when members are reminded of it. */
const daysOf = (mission: MissionItem) =>
  JSON.stringify([isLive(mission), mission.startDate, mission.dueAt, mission.weekdays, mission.next]);

/** A mission is made, or asks for other days: all members are looked at by its first moment. Most are looked at earlier anyway. */
export async function followMission(
  { item, old, again, now, signal }: Change<MissionItem, Old<MissionItem, 'groupId' | 'missionId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || !isLive(item) || (!again && old && daysOf(item) === daysOf(old as MissionItem))) return;
  const { groupId } = item;
  const [group, members] = await Promise.all([table.get('Group', { groupId }), presentMembers(table, groupId)]);
  const circle = group && !group.deletedAt ? circleOf(groupId, summaryOf(group), now) : undefined;
  const first =
    circle && nextMoment({ timeZone: circle.days.timeZone, circles: [], tasks: [taskOf(circle, item)] }, now);
  if (!first) return;
  for (const piece of piecesOf(100, members)) {
    if (signal.aborted) return;
    const known = await table.getAll(
      Object.fromEntries(piece.map(({ accountId }) => [accountId, remindingRef(accountId)])),
    );
    await inParallel(wokenAtOnce, piece, ({ accountId }) =>
      wake(table, { accountId, at: first.at }, now, known[accountId]),
    );
  }
}

/** Row 144: whoever does something after days of silence is reminded as before. What is due next is decided at once. */
export async function followDeed(
  { item, now }: Change<CertificationItem, Old<CertificationItem, 'accountId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item) return;
  const { accountId } = item;
  const reminding = await table.get('Reminding', { accountId });
  if ((reminding?.unanswered?.length ?? 0) < limits.reminders.unansweredDays) return;
  await wake(table, { accountId, at: now, answers: true }, now, reminding);
}

/** Somebody lives in another zone: their own times are at other instants. */
export async function followZone(
  { item, old, again, now }: Change<AccountItem, Old<AccountItem, 'accountId' | 'timeZone'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item?.timeZone || (!again && item.timeZone === old?.timeZone)) return;
  const { accountId } = item;
  const { own, reminding } = await table.getAll({ own: ownRef(accountId), reminding: remindingRef(accountId) });
  const hasTimes = Object.entries(own ?? {}).some(
    ([name, chosen]) => name.startsWith('mission ') && (chosen as OwnReminder).times.length > 0,
  );
  if (hasTimes) await wake(table, { accountId, at: now }, now, reminding);
}
