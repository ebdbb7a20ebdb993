/**
 * Files of messages (rows 71, 108). An upload becomes a file of one message. Its object is stored before the entry is created, and
 * its arrival is deleted after it, so a message that is sent again finds its uploads or its entry. What a try has stored for
 * nothing is deleted when the uploads have expired.
 */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { due } from '../../../shared/data/due.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { create, drop, type Write } from '../../../shared/data/writes.ts';
import { isImageType } from '../../../shared/images/header.ts';
import { shownSize } from '../../../shared/images/still.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { FileTypeName } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { claimedId, type Upload } from '../../activity/files/rules.ts';
import { keepDocument, openUploads, readPhotos, type UploadDeps } from '../../activity/files/service.ts';
import { prefixesOf } from './file-rules.ts';
import type { ChatEntryItem, FileOfMessage } from './items.ts';

interface By {
  readonly groupId: string;
  readonly accountId: string;
  readonly locale: Locale;
  readonly now: number;
}

/**
 * Takes uploads as the files of a message. Photos are looked through and stored without metadata, as those of certifications.
 *
 * @param tickets the `fileIds` of the message
 * @throws Problem UPLOAD_INVALID; of photos, `errors` say what is wrong with which
 */
export async function takeFiles(
  { table, bucket, uploadKeys }: UploadDeps & { readonly table: Table },
  tickets: readonly string[],
  by: By,
): Promise<FileOfMessage[]> {
  if (tickets.length === 0) return [];
  const uploads = await openUploads(uploadKeys, tickets, by);
  const ids = new Set(tickets.map(claimedId));
  // Without a name it was allowed for something else.
  if (ids.size < tickets.length || uploads.some(({ name }) => name === undefined)) throw new Problem('UPLOAD_INVALID');
  const { groupId, now, locale } = by;
  const end = Math.max(...uploads.map(({ expiresAt }) => expiresAt));
  await table.commit([due({ kind: 'dropUnusedChatFiles', subject: [groupId, ...ids].join(':'), at: iso(end * 1000) })]);
  const use = newId(now).slice(-8);
  const asked = uploads.map((upload, i) => ({ upload, pointer: `/fileIds/${i}` }));
  const photos = asked.filter(({ upload }) => isImageType(upload.mediaType));
  const stills = await readPhotos(bucket, photos, limits.photo.maxPixels, locale);
  return Promise.all(
    asked.map(async (each): Promise<FileOfMessage> => {
      const { upload } = each;
      const keys = prefixesOf(groupId, upload.uploadId);
      const still = stills[photos.indexOf(each)];
      if (!still) {
        const keyFor = (_: string, etag: string) => `${keys.document}${etag.replaceAll('"', '')}-${use}`;
        return { ...named(upload), ...(await keepDocument(bucket, each, keyFor)) };
      }
      const key = `${keys.photo}${use}`;
      await bucket.put(key, still.bytes, still.type);
      const sizes = { bytes: still.bytes.length, ...shownSize(still) };
      return { ...named(upload), key, ...sizes, hash: still.print, undecoded: true };
    }),
  );
}

const named = ({ uploadId, name, mediaType }: Upload) => ({
  id: uploadId,
  name: name ?? '',
  type: mediaType as FileTypeName,
});

/** The writes by which the files of an entry are its own. Refused if one is a file of another message. */
export const claims = (entry: ChatEntryItem): Write[] => {
  const { groupId, roomId, messageId, accountId, clientId = '', files = [] } = entry;
  return files.flatMap(({ id, key }) =>
    or(
      // Another try of the same message was quicker: the place in the log shows its entry.
      (item) => (item?.clientId === clientId && item.accountId === accountId ? nothing : new Problem('UPLOAD_INVALID')),
      create('ChatFile', { groupId, fileId: id, roomId, messageId, accountId, clientId, key }),
    ),
  );
};

/** The writes by which an entry that goes gives up its files. */
export const freed = ({ groupId, files = [] }: Pick<ChatEntryItem, 'groupId' | 'files'>): Write[] =>
  files.map(({ id }) => drop('ChatFile', { groupId, fileId: id }));
