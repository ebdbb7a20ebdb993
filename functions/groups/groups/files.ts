/**
 * Files that no group shows any more are deleted (rows 32, 109). A key names an upload and the version of the group that the
 * file was added to: a key that was taken off never comes back. So it may be deleted whenever the stream tells of it, and as
 * often.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { filePrefix } from '../../activity/files/rules.ts';
import type { GroupItem } from '../core/items.ts';

type Deps = Kernel & { readonly bucket: Bucket };

const keysOf = (group: Pick<GroupItem, 'files'> | undefined) => group?.files?.map(({ key }) => key) ?? [];
/** One upload has one object, unless it was added again to later versions of the group within its day. */
const most = 1000;

/** The files that an edit took off a group. Those of one that ended go with all it had (`purgeGroup`). */
export async function dropFiles({ item, old }: Change<GroupItem, Partial<GroupItem>>, { bucket }: Deps): Promise<void> {
  const shown = keysOf(item);
  const gone = keysOf(old).filter((key) => !shown.includes(key));
  await Promise.all(gone.map((key) => bucket.remove(key)));
}

/** An upload of a file has expired, so no edit can use it any more: nothing of it stays but what the group shows. */
export async function dropUnusedFile({ subject }: DueRun, { table, bucket }: Deps): Promise<DueResult> {
  const [groupId = '', uploadId = ''] = subject.split(':');
  const [group, keys] = await Promise.all([
    table.get('Group', { groupId }),
    bucket.list(filePrefix(groupId, uploadId), most),
  ]);
  const shown = keysOf(group);
  await Promise.all(keys.filter((key) => !shown.includes(key)).map((key) => bucket.remove(key)));
  return 'done';
}
