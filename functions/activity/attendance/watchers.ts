/** Tells open pages of those who decide that somebody has come, or asks for attendance. They ask again. */
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import { tellOpenPages } from '../../talking/connections/open-pages.ts';
import type { Sending } from '../../talking/connections/service.ts';
import type { AttendanceChanged } from './contract.ts';
import type { AttendanceItem } from './items.ts';

/** What the night marks was asked for by nobody, and concerns no page that is open. */
export async function tellOfAttendance(
  { item, old, again, now, signal }: Change<AttendanceItem, Old<AttendanceItem, 'state' | 'version'>>,
  { table, sockets }: Kernel & Sending,
): Promise<void> {
  if (!item || item.requestedAt === undefined) return;
  if (!again && item.state === old?.state && item.version === old.version) return;
  const { groupId } = item;
  const group = await table.get('Group', { groupId });
  if (!group || group.deletedAt) return;
  const data: AttendanceChanged = { groupId };
  const told = judgesOf(group).map((accountId) => ({ accountId, data }));
  await tellOpenPages({ table, sockets }, 'attendance.changed', told, { now, signal });
}
