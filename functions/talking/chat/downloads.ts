import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { iso } from '../../../shared/core/time.ts';
import { charged } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { one, readAlong } from '../../activity/written/seen.ts';
import { inRoom } from './access.ts';
import { isPhoto } from './file-rules.ts';
import { isOfRoom } from './rules.ts';
import type { By } from './sending.ts';
import type { Room } from './store.ts';

interface Wanted extends Room {
  readonly messageId: string;
  readonly fileId: string;
}

/**
 * Rows 93, 108: an address of a document of a message, for members who see it. What leaves the bucket is counted by the byte, before
 * it leaves.
 *
 * @throws Problem NOT_FOUND, TOO_MANY_REQUESTS
 */
export async function addressOf(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  { accountId, now }: By,
  { fileId, ...place }: Wanted,
) {
  const { groupId, roomId, messageId } = place;
  const found = await inRoom(table, place, accountId, {
    message: ref('ChatEntry', { groupId, messageId }),
    ...readAlong(accountId, groupId),
  });
  const message = one('message', found.message, found);
  const file = message.files?.find(({ id }) => id === fileId);
  if (!file || isPhoto(file) || !isOfRoom(roomId, messageId)) throw new Problem('NOT_FOUND');
  const seconds = limits.fileLinkSeconds;
  const answer = {
    body: { url: await bucket.link(file.key, seconds, file.name), expiresAt: iso(now + seconds * 1000) },
  };
  await table.commit([charged({ limit: 'fileBytes', subject: accountId, count: file.bytes }, now)], answer);
  return answer;
}
