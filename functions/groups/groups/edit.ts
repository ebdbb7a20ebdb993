import { changedSince, memberWho, requireVersion, stillMay } from '../../../shared/access/access.ts';
import { iso, localDay } from '../../../shared/core/time.ts';
import { atMost } from '../../../shared/data/conditions.ts';
import { due } from '../../../shared/data/due.ts';
import { untilSettled } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { charged } from '../../../shared/data/quota.ts';
import { or } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { claimedId } from '../../activity/files/rules.ts';
import { keepFiles, openUploads, type UploadDeps } from '../../activity/files/service.ts';
import { changedGroup, type GroupChanges } from '../core/change.ts';
import type { GroupItem, KeptFile } from '../core/items.ts';
import { deadlineError, extensionError, isOver, kinds, mostSeats } from '../core/rules.ts';
import { detailOf } from '../core/view.ts';
import type { contract } from './contract.ts';
import { editingNews } from './news.ts';
import { refusePeriod, refuseSeats } from './refusals.ts';

type Edit = RouteRequest<(typeof contract.routes)['editGroup']>;

type Deps = Kernel & UploadDeps;

/**
 * Rows 24, 25, 48, 49. Without `If-Match`, edits at the same time are applied one after another, unless they change the
 * files. Refused if the members exceed the seats.
 */
export const editGroup = (request: Edit, deps: Deps): Promise<Answer<(typeof contract.routes)['editGroup']>> =>
  untilSettled(() => editOnce(request, deps));

async function editOnce(
  { params: { groupId }, body, account: { accountId }, locale, now, ifMatch }: Edit,
  deps: Deps,
): Promise<Answer<(typeof contract.routes)['editGroup']>> {
  const { table, bucket } = deps;
  const { files: wanted, ...rest } = body;
  const { group: before } = await memberWho(table, 'editGroup', groupId, accountId);
  requireVersion(before, ifMatch);
  const today = localDay(now, before.timeZone);
  // A group that is over does not begin again.
  if (body.endDate && isOver(today, before)) throw new Problem('NOT_APPLICABLE');
  refusePeriod(
    [
      body.endDate ? extensionError(before, body.endDate, today) : undefined,
      body.recruitUntil ? deadlineError(before, body.recruitUntil, today) : undefined,
    ],
    locale,
  );
  const { capacity = before.capacity } = body;
  if (capacity < kinds[before.kind].seats[0] || capacity > mostSeats(before.kind, before.paid)) refuseSeats(locale);
  if (capacity < before.memberCount) throw new Problem('CAPACITY_BELOW_MEMBERS');

  const said = changesOf(rest, before);
  // The files that are there are those of the group as it was read, so of two edits at once one is refused.
  const files = wanted && (await filesOf(deps, before, wanted, { accountId, groupId, now }));
  const changes = files ? { ...said, files: files.length > 0 ? files : undefined } : said;
  const { after, writes } = changedGroup(before, changes, now);
  const { title, endDate: date } = after;
  await table.commit([
    stillMay('editGroup', groupId, accountId),
    charged({ limit: 'changeGroup', subject: groupId }, now),
    or(files ? 'PRECONDITION_FAILED' : changedSince(ifMatch), writes),
    or('CAPACITY_BELOW_MEMBERS', check('Group', { groupId }, atMost('memberCount', capacity))),
    date !== before.endDate &&
      tell(editingNews.extended, now, { toMembersOf: groupId, by: accountId, title, date, groupId }),
  ]);
  return { body: await detailOf(bucket, after, now), version: after.version };
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
  by: { readonly accountId: string; readonly groupId: string; readonly now: number },
): Promise<KeptFile[]> {
  const known = new Map(files.map((file) => [file.id, file]));
  const ids = wanted.map(claimedId);
  if (new Set(ids).size < ids.length) throw new Problem('UPLOAD_INVALID');
  const fresh = await openUploads(
    uploadKeys,
    wanted.filter((_, i) => !known.has(ids[i]!)),
    by,
  );
  const { groupId } = by;
  const ends = fresh.map(({ uploadId, expiresAt }) =>
    due({ kind: 'dropUnusedFile', subject: `${groupId}:${uploadId}`, at: iso(expiresAt * 1000) }),
  );
  if (ends.length > 0) await table.commit(ends);
  for (const file of await keepFiles({ bucket }, fresh, { groupId, version })) known.set(file.id, file);
  return ids.map((id) => known.get(id)!);
}

/** The attributes that an edit changes. Null and an empty notice remove; only ETC has a category of one's own. */
function changesOf(body: Omit<Edit['body'], 'files'>, before: GroupItem): GroupChanges {
  const { category = before.category } = body;
  if (body.customCategory !== undefined && category !== 'ETC') throw new Problem('NOT_APPLICABLE');
  const named = Object.entries(body).filter(([, value]) => value !== undefined);
  const changes = Object.fromEntries(
    named.map(([name, value]) => [name, value === null || (name === 'notice' && value === '') ? undefined : value]),
  );
  return category === 'ETC' ? changes : { ...changes, customCategory: undefined };
}
