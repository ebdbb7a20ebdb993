/**
 * The agenda of a group follows the group, its missions, meetings, seasons, certifications, applications, excuses and reports by
 * the stream. It is only shown and decides nothing, so it may lag. Submitting, applying and deciding write nothing for it: one
 * item of a group in their transactions would make them wait for each other.
 */
import { absent, is } from '../../../shared/data/conditions.ts';
import { Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { patch, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { ApplicationItem, GroupItem } from '../../groups/core/items.ts';
import type { ReportCaseItem } from '../../operations/reports/items.ts';
import type { AttendancePlanItem } from '../attendance/items.ts';
import type { CertificationItem } from '../certifications/items.ts';
import type { ExcuseItem } from '../excuses/items.ts';
import type { MissionItem } from '../missions/items.ts';
import type { SeasonsItem } from '../seasons/items.ts';
import type { AgendaItem } from './items.ts';
import { cardOf, packed, packedMeetings, packedQueue } from './rules.ts';

type Entry = 'card' | 'meetings' | 'certifications' | 'applications' | 'excuses' | 'reports' | `mission ${string}`;

/** A group has another notice, another member, other seats, another leader, or has ended. */
export async function followGroup(
  { item, old, again, signal }: Change<GroupItem, Old<GroupItem, 'groupId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item) return;
  if (again || !old || packedCard(item) !== packedCard(old as GroupItem))
    await brought(table, item.groupId, 'card', signal, async (group) => packedCard(group));
  // A founder has no reports yet.
  if (again || (old && old.leaderId !== item.leaderId))
    await brought(table, item.groupId, 'reports', signal, (group) => reportsIn(table, group));
}
const packedCard = (group: GroupItem): string | undefined =>
  group.deletedAt ? undefined : JSON.stringify(cardOf(group));

export async function followMission(
  { item, old, signal }: Change<MissionItem, Old<MissionItem, 'groupId' | 'missionId'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key) return;
  await brought(table, key.groupId, `mission ${key.missionId}`, signal, async () => {
    const mission = await table.get('Mission', key);
    return mission && packed(mission);
  });
}

/** A group meets at other times, or its seasons are others. What the night closes changes nothing here. */
export async function followMeetings(
  { item, old, again, signal }: Change<AttendancePlanItem | SeasonsItem, Old<AttendancePlanItem, 'groupId'>>,
  { table }: Kernel,
): Promise<void> {
  if (!item || (!again && item.version === old?.version)) return;
  const { groupId } = item;
  await brought(table, groupId, 'meetings', signal, async () => {
    const { plan, seasons } = await table.getAll({
      plan: ref('AttendancePlan', { groupId }),
      seasons: ref('Seasons', { groupId }),
    });
    return packedMeetings(plan, seasons?.list ?? []);
  });
}

export async function countCertifications(
  { item, old, again, signal }: Change<CertificationItem, Old<CertificationItem, 'groupId' | 'certificationId'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  const place = (one: Partial<CertificationItem> | undefined) => (waits(one?.status) ? one?.modifiedAt : undefined);
  if (!key || (!again && place(item) === place(old))) return;
  const { groupId, certificationId } = key;
  await brought(table, groupId, 'certifications', signal, async () => {
    const list = await table.query('certificationsByStatus', { groupId, status: 'WAITING' }, { limit: limits.waiting });
    const one = await table.get('Certification', { groupId, certificationId });
    const others = list.items.filter((each) => each.certificationId !== certificationId);
    const waiting = one && waits(one.status) ? [...others, one] : others;
    return packedQueue(
      waiting.map(({ modifiedAt, ...each }) => ({ ...each, since: modifiedAt })),
      limits.waiting,
    );
  });
}

export async function countApplications(
  { item, old, again, signal }: Change<ApplicationItem, Old<ApplicationItem, 'groupId' | 'accountId'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && waits(item?.state) === waits(old?.state))) return;
  const { groupId, accountId } = key;
  await brought(table, groupId, 'applications', signal, async () => {
    const list = await table.query('applicationsIn', { groupId, state: 'PENDING' }, { limit: limits.waiting });
    const one = await table.get('Application', { groupId, accountId });
    const others = list.items.filter((each) => each.accountId !== accountId);
    return countOf(others.length, waits(one?.state));
  });
}

export async function countExcuses(
  { item, old, again, signal }: Change<ExcuseItem, Old<ExcuseItem, 'groupId' | 'excuseId'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && item?.waitingIn === old?.waitingIn)) return;
  const { groupId, excuseId } = key;
  await brought(table, groupId, 'excuses', signal, async () => {
    const list = await table.query('excusesWaiting', { waitingIn: groupId }, { limit: limits.waiting });
    const one = await table.get('Excuse', { groupId, excuseId });
    const others = list.items.filter((each) => each.excuseId !== excuseId);
    return countOf(others.length, one?.waitingIn === groupId);
  });
}

export async function countReports(
  { item, old, again, signal }: Change<ReportCaseItem, Old<ReportCaseItem, 'groupId' | 'subject'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key || (!again && item?.waitingIn === old?.waitingIn)) return;
  await brought(table, key.groupId, 'reports', signal, (group) => reportsIn(table, group, key.subject));
}

/** The reports that the leader of a group decides on. Of what the leader wrote, an administrator does (row 83). */
async function reportsIn(table: Table, { groupId, leaderId }: GroupItem, changed?: string) {
  const list = await table.query('casesIn', { waitingIn: groupId }, { limit: limits.waiting });
  const one = changed === undefined ? undefined : await table.get('ReportCase', { groupId, subject: changed });
  const others = list.items.filter(({ subject, authorId }) => subject !== changed && authorId !== leaderId);
  return countOf(others.length, one?.waitingIn === groupId && one.authorId !== leaderId);
}

const waits = (state: string | undefined) => state === 'WAITING' || state === 'PENDING';

/** The index may lag behind the one item that has just changed, so that one is counted as it is. Nothing is no entry. */
const countOf = (others: number, one: boolean) => Math.min(limits.waiting, others + (one ? 1 : 0)) || undefined;

/** What an entry should be now. The group is read with the entry; a run that wrote looks once more, so that is near enough. */
type Now = (group: GroupItem) => Promise<string | number | undefined>;

/** Rounds after which it is left to a later delivery. */
const rounds = 10;

/**
 * Brings one entry of an agenda to what `now` finds. The entry is read before its source, and it is written as long as it
 * is what was read: a slow run is refused by one that has written meanwhile. A run that wrote looks once more, because
 * another run may have found the entry right and written nothing.
 */
async function brought(table: Table, groupId: string, name: Entry, signal: AbortSignal, now: Now): Promise<void> {
  for (let n = 1; await untilSettled(() => written(table, groupId, name, now)); n++) {
    // Its time is over, so it is tried again in any case.
    if (signal.aborted) return;
    if (n === rounds) throw new Overtaken();
  }
}

/** Whether it wrote anything. The agenda of a group that has ended only loses its card: its purge deletes it. */
async function written(table: Table, groupId: string, name: Entry, now: Now): Promise<boolean> {
  const { group, agenda } = await table.getAll({ group: ref('Group', { groupId }), agenda: agendaRef(groupId) });
  if (!group || (group.deletedAt && name !== 'card')) return false;
  const before = agenda?.[name];
  const after = await now(group);
  if (before === after) return false;
  const asRead = before === undefined ? absent(name) : is(name, before);
  const set = { [name]: after } as Partial<AgendaItem>;
  await table.commit(
    or(
      overtaken,
      after === undefined
        ? patch('Agenda', { groupId }, { remove: [name] }, asRead)
        : upsert('Agenda', { groupId }, { set }, asRead),
    ),
  );
  return true;
}

export const agendaRef = (groupId: string) => ref('Agenda', { groupId });
