/** What no message shows any more of the files of messages, and uploads that became files, are deleted from the bucket. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { dropArrival } from '../../activity/files/service.ts';
import { objectsOf, prefixesOf } from '../chat/file-rules.ts';
import type { ChatEntryItem } from '../chat/items.ts';

type Bucketed = { readonly bucket: Bucket };

/**
 * The files as they were sent, with all that a camera wrote into them, when the entry is there; and the objects that a change took
 * off an entry.
 */
export async function dropChatFiles(
  { item, after, old }: Change<ChatEntryItem, Old<ChatEntryItem, 'groupId'>>,
  { bucket }: Kernel & Bucketed,
): Promise<void> {
  const arrived = old ? [] : (item?.files ?? []);
  const left = new Set((after?.files ?? []).flatMap(objectsOf));
  const gone = (old?.files ?? []).flatMap(objectsOf).filter((key) => !left.has(key));
  await Promise.all([...arrived.map(({ id }) => dropArrival(bucket, id)), ...gone.map((key) => bucket.remove(key))]);
}

/** The most objects of one upload: each try to send it may have left two. */
const most = 1000;

/** Uploads have expired, so no message can use them any more: nothing of them stays but what a message shows. */
export async function dropUnusedChatFiles(
  { subject }: DueRun,
  { table, bucket }: Kernel & Bucketed,
): Promise<DueResult> {
  const [groupId = '', ...uploadIds] = subject.split(':');
  await Promise.all(
    uploadIds.map(async (fileId) => {
      const { document, photo } = prefixesOf(groupId, fileId);
      const [file, ...lists] = await Promise.all([
        table.get('ChatFile', { groupId, fileId }),
        bucket.list(document, most),
        bucket.list(photo, most),
      ]);
      const unused = lists.flat().filter((key) => !file || !key.startsWith(file.key));
      await Promise.all(unused.map((key) => bucket.remove(key)));
    }),
  );
  return 'done';
}
