/**
 * Drops images that nobody sees any more. The stream tells of every change at least once, so a picture that was replaced
 * is dropped even if the function that replaced it ended right after. An image that was stored and never shown goes
 * when the upload that it was made of expires: a day later, when nobody can be at work on it any more.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { UploadItem } from '../../activity/files/items.ts';
import { dropArrival } from '../../activity/files/service.ts';
import type { AccountItem } from '../accounts/items.ts';
import { pictureOf, replacedObjects } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** The images of a picture that was replaced, or whose owner left. */
export async function dropPicture(
  { item, old }: Change<AccountItem, Old<AccountItem, 'picture'>>,
  { bucket }: Deps,
): Promise<void> {
  await Promise.all(replacedObjects(old?.picture, item?.picture).map((key) => bucket.remove(key)));
}

/** The file of an upload that became a picture, at once; and when the upload expires, what was made of it and is not shown. */
export async function dropUpload(
  { item, old }: Change<UploadItem, Old<UploadItem, 'uploadId' | 'accountId' | 'groupId'>>,
  { table, bucket }: Deps,
): Promise<void> {
  const { uploadId, accountId, groupId } = (item ?? old)!;
  if (groupId !== undefined) return;
  if (item) return dropArrival(bucket, uploadId);
  const account = await table.get('Account', { accountId });
  const made = pictureOf(accountId, uploadId);
  await Promise.all(replacedObjects(made, account?.picture).map((key) => bucket.remove(key)));
}
