/**
 * The photos of messages are drawn anew as those of certifications are: at the same key, so an address that was given out goes
 * on working. The entry is read as it is now, and its write asks for what was read.
 */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { exists } from '../../../shared/data/conditions.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { patch } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { limits } from '../../../shared/product/limits.ts';
import { objectsOf, thumbnailKey } from '../../talking/chat/file-rules.ts';
import type { ChatEntryItem, FileOfMessage } from '../../talking/chat/items.ts';
import { imagesOf } from './decode.ts';

/** Decodes the photos of a message. One that cannot be decoded is shown as broken; the message stays. */
export async function decodeMessage(
  { item, now, changedAt }: Change<ChatEntryItem>,
  { table, bucket }: Kernel & { readonly bucket: Bucket },
): Promise<void> {
  if (!item) return;
  const { groupId, messageId } = item;
  const made = new Map<string, FileOfMessage>();
  const isLate = now - changedAt > limits.photo.giveUpSeconds * 1000;
  const shown = await untilSettled(async () => {
    const before = await table.get('ChatEntry', { groupId, messageId });
    const { files = [] } = before ?? {};
    if (!before?.undecoded) return files;
    for (const file of files)
      if (file.undecoded && !made.has(file.id)) made.set(file.id, await decoded(bucket, file, isLate));
    const after = files.map((file) => made.get(file.id) ?? file);
    const changes = { set: { files: after }, remove: ['undecoded'] } as const;
    await table.commit(or(overtaken, patch('ChatEntry', { groupId, messageId }, changes, exists('undecoded'))));
    return after;
  });
  // Of a message that was deleted meanwhile, nothing stays that was made of its photos.
  const left = new Set(shown.flatMap(objectsOf));
  const gone = [...made.values()].flatMap(objectsOf).filter((key) => !left.has(key));
  await Promise.all(gone.map((key) => bucket.remove(key)));
}

async function decoded(bucket: Bucket, file: FileOfMessage, isLate: boolean): Promise<FileOfMessage> {
  const { undecoded: _, hash, ...rest } = file;
  const size = await imagesOf(bucket, { full: file.key, thumbnail: thumbnailKey(file.key) }, hash, isLate);
  return size ? { ...rest, ...size } : { ...rest, broken: true };
}
