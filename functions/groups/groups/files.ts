/**
 * Files that no group shows any more are deleted (rows 32, 109). A key is used for one upload, which is used once: a file
 * that was taken off never comes back, so it may be dropped whenever the stream tells of it, and as often.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { UploadItem } from '../../activity/files/items.ts';
import { filePrefix } from '../../activity/files/rules.ts';
import type { GroupItem } from '../core/items.ts';

type Deps = Kernel & { readonly bucket: Bucket };

const keysOf = (group: Pick<GroupItem, 'files'> | undefined) => group?.files?.map(({ key }) => key) ?? [];
/** One upload has one file, unless somebody put another in its place between two tries. */
const most = 100;

/** The files that an edit took off a group. Those of one that ended go with all it had (`purgeGroup`). */
export async function dropFiles({ item, old }: Change<GroupItem, Partial<GroupItem>>, { bucket }: Deps): Promise<void> {
  const shown = keysOf(item);
  const gone = keysOf(old).filter((key) => !shown.includes(key));
  await Promise.all(gone.map((key) => bucket.remove(key)));
}

/**
 * An upload ends with the edit that uses it, or by its age, when no edit can use it any more. Either way the group says now
 * which file is kept: what an edit left that ended half-way, or lost against another, is not.
 */
export async function dropUnusedFile(
  { old, again }: Change<UploadItem, Old<UploadItem, 'uploadId' | 'groupId'>>,
  { table, bucket }: Deps,
): Promise<void> {
  const { uploadId, groupId, name } = old!;
  // No name waits in a queue: an upload that is tried again had one.
  if (groupId === undefined || (name === undefined && !again)) return;
  const [group, keys] = await Promise.all([
    table.get('Group', { groupId }),
    bucket.list(filePrefix(groupId, uploadId), most),
  ]);
  const shown = keysOf(group);
  await Promise.all(keys.filter((key) => !shown.includes(key)).map((key) => bucket.remove(key)));
}
