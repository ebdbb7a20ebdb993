/**
 * Deletes images that nobody sees any more. The stream tells of every change at least once, so a picture that was replaced
 * is deleted even if the function that replaced it ended right after. An image that was stored and never shown goes when
 * its upload expires: a day later, when no request can be at work on it any more.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { DueResult, DueRun } from '../../../shared/events/due.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { dropArrival } from '../../activity/files/service.ts';
import type { AccountItem } from '../accounts/items.ts';
import { objectsOf, picturePrefix, replacedObjects, uploadOf } from './rules.ts';

type Deps = Kernel & { readonly bucket: Bucket };

/** One upload becomes two objects, and more only if somebody chose it again after each change of the account. */
const most = 1000;

/** The images of a picture that was replaced, or whose owner left; and the file that the new picture was made of. */
export async function dropPicture(
  { item, after, old }: Change<AccountItem, Old<AccountItem, 'picture'>>,
  { bucket }: Deps,
): Promise<void> {
  const made = uploadOf(after?.picture);
  await Promise.all([
    ...replacedObjects(old?.picture, item?.picture).map((key) => bucket.remove(key)),
    made !== undefined && made !== uploadOf(old?.picture) && dropArrival(bucket, made),
  ]);
}

/** An upload of a picture has expired: nothing of it stays but what the account shows. */
export async function dropUnusedPicture({ subject }: DueRun, { table, bucket }: Deps): Promise<DueResult> {
  const [accountId = '', uploadId = ''] = subject.split(':');
  const [account, keys] = await Promise.all([
    table.get('Account', { accountId }),
    bucket.list(picturePrefix(accountId, uploadId), most),
  ]);
  const shown = objectsOf(account?.picture);
  await Promise.all(keys.filter((key) => !shown.includes(key)).map((key) => bucket.remove(key)));
  return 'done';
}
