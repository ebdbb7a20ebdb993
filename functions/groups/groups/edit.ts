import { isDeepStrictEqual } from 'node:util';
import { changedSince, memberWho, requireVersion, stillMay } from '../../../shared/access/access.ts';
import { addDays, iso, localDay, weekStart } from '../../../shared/core/time.ts';
import { atMost } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { claimedId } from '../../activity/files/rules.ts';
import { keepFiles, openUploads, type UploadDeps } from '../../activity/files/service.ts';
import { followedMission } from '../../activity/missions/founding.ts';
import { changedGroup, type GroupChanges, tellStatus } from '../core/change.ts';
import { dayStartOn, groupDay } from '../core/day-rules.ts';
import type { GroupItem, KeptFile } from '../core/items.ts';
import {
  deadlineError,
  extensionError,
  fixedOnceBegun,
  isOver,
  kinds,
  mostSeats,
  restartErrors,
  statusOn,
} from '../core/rules.ts';
import { detailOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import { editingNews } from './news.ts';
import { refuseAsks, refuseBegun, refuseFrequency, refusePeriod, refuseSeats } from './refusals.ts';
import { given } from './service.ts';

type Edit = RouteRequest<(typeof contract.routes)['editGroup']>;

type Deps = Kernel & UploadDeps;

/**
 * Rows 24, 25, 48, 49. Without `If-Match`, edits at the same time are applied one after another. Refused if the members
 * exceed the seats.
 */
export async function editGroup(
  { params: { groupId }, body, account: { accountId }, locale, now, ifMatch }: Edit,
  deps: Deps,
): Promise<Answer<(typeof contract.routes)['editGroup']>> {
  const { table } = deps;
  const { files: wanted, ...rest } = body;
  const { group: before } = await memberWho(table, 'editGroup', groupId, accountId);
  requireVersion(before, ifMatch);
  const today = localDay(now, before.timeZone);
  // A group that is over does not begin again.
  if (body.endDate && isOver(today, before)) throw new Problem('NOT_APPLICABLE');
  const fixed = fixedBy(body, before);
  refuseBegun(fixed, today >= before.startDate || isOver(today, before), locale);
  if (body.frequency && before.kind !== 'CHALLENGE') refuseFrequency(locale);
  if (body.asks && before.kind !== 'CLUB') refuseAsks(locale);
  refuseDates(body, before, today, locale);
  const { capacity = before.capacity } = body;
  if (capacity < kinds[before.kind].seats[0] || capacity > mostSeats(before.kind, before.paid)) refuseSeats(locale);
  if (capacity < before.memberCount) throw new Problem('CAPACITY_BELOW_MEMBERS');

  const said = { ...changesOf(rest, before), ...dayStartOf(body.dayStart, before, now) };
  const files = wanted && (await filesOf(deps, before, wanted, { accountId, groupId, locale, now }));
  const changes = files ? { ...said, files: files.length > 0 ? files : undefined } : said;
  // Moved to today, it begins at once: no midnight will say so.
  const begun = fixed.includes('startDate') ? { status: statusOn(today, { ...before, ...said } as GroupItem) } : {};
  const { after, writes } = changedGroup(before, { ...changes, ...begun }, now);
  const follows = fixed.some((name) => name !== 'startDate');
  const { title, startDate, endDate } = after;
  const telling = { toMembersOf: groupId, by: accountId, title, groupId };
  await table.commit([
    stillMay('editGroup', groupId, accountId),
    charged({ limit: 'changeGroup', subject: groupId }, now),
    or(changedSince(ifMatch), writes),
    or('CAPACITY_BELOW_MEMBERS', check('Group', { groupId }, atMost('memberCount', capacity))),
    follows && (await followedMission(table, groupId, body)),
    startDate !== before.startDate && tell(editingNews.restarted, now, { ...telling, date: startDate }),
    tellStatus(after, before.status, after.status, accountId, now),
    endDate !== before.endDate && tell(editingNews.extended, now, { ...telling, date: endDate }),
  ]);
  return { body: detailOf(after, now), version: after.version };
}

/** What an edit changes of that which is fixed once the group has begun. */
const fixedBy = (body: Edit['body'], before: GroupItem) =>
  fixedOnceBegun.filter((name) => body[name] !== undefined && !isDeepStrictEqual(body[name], before[name]));

/** Refuses dates that contradict each other, or those that stay. */
function refuseDates(body: Edit['body'], before: GroupItem, today: string, locale: Locale): void {
  const { startDate = before.startDate, endDate, recruitUntil } = body;
  const end = endDate ?? before.endDate;
  const kept = recruitUntil === undefined ? before.recruitUntil : undefined;
  const moved = { ...before, startDate };
  refusePeriod(
    [
      ...(startDate === before.startDate
        ? []
        : restartErrors({ ...before, endDate: end, recruitUntil: kept }, startDate, today)),
      endDate ? extensionError(moved, endDate, today) : undefined,
      recruitUntil ? deadlineError(moved, recruitUntil, today) : undefined,
    ],
    locale,
  );
}

/**
 * The files that an edit names: those of the group by their id, and new ones by their upload. A repeated edit names by their
 * upload files that are there already. Before anything is copied, it becomes due to delete what the group does not show
 * in the end.
 */
async function filesOf(
  { table, bucket, uploadKeys }: Deps,
  { files = [], version }: GroupItem,
  wanted: readonly string[],
  by: { readonly accountId: string; readonly groupId: string; readonly locale: Locale; readonly now: number },
): Promise<KeptFile[]> {
  const known = new Map(files.map((file) => [file.id, file]));
  const ids = wanted.map(claimedId);
  if (new Set(ids).size < ids.length) throw new Problem('UPLOAD_INVALID');
  const places = wanted.map((ticket, i) => ({ ticket, pointer: `/files/${i}` })).filter((_, i) => !known.has(ids[i]!));
  const fresh = await openUploads(
    uploadKeys,
    places.map(({ ticket }) => ticket),
    by,
  );
  const asked = fresh.map((upload, i) => ({ upload, pointer: places[i]!.pointer }));
  const { groupId, locale } = by;
  const ends = fresh.map(({ uploadId, expiresAt }) =>
    due({ kind: 'dropUnusedFile', subject: `${groupId}:${uploadId}`, at: iso(expiresAt * 1000) }),
  );
  if (ends.length > 0) await table.commit(ends);
  for (const file of await keepFiles({ bucket }, asked, { groupId, version, locale })) known.set(file.id, file);
  return ids.map((id) => known.get(id)!);
}

/** Row 137: the days of a group begin at another time from the next Monday on. */
function dayStartOf(at: string | undefined, before: GroupItem, now: number): GroupChanges {
  if (at === undefined) return {};
  const today = groupDay(now, before);
  const dayStart = dayStartOn(before, today);
  // The time that holds already takes back what was to come.
  return { dayStart, nextDayStart: at === dayStart ? undefined : { from: addDays(weekStart(today), 7), at } };
}

/** The attributes that an edit changes. Null and an empty notice remove; only ETC has a category of one's own. */
function changesOf(body: Omit<Edit['body'], 'files'>, before: GroupItem): GroupChanges {
  const { category = before.category } = body;
  if (body.customCategory !== undefined && category !== 'ETC') throw new Problem('NOT_APPLICABLE');
  const named = Object.entries(body).filter(([, value]) => value !== undefined);
  const changes: Record<string, unknown> = Object.fromEntries(
    named.map(([name, value]) => [name, value === null || (name === 'notice' && value === '') ? undefined : value]),
  );
  // What a partial post does not say stays.
  if (body.recruit) changes.recruit = { ...before.recruit, ...given(body.recruit) };
  return category === 'ETC' ? changes : { ...changes, customCategory: undefined };
}
