/** Entries as clients see them: what somebody may not see keeps its number. */
import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { byItself } from '../../../shared/data/outbox.ts';
import { hasReported, subjectOf } from '../../activity/written/reported.ts';
import { shown, type Viewer } from '../../activity/written/seen.ts';
import type { EntryView } from './fields.ts';
import { isPhoto, thumbnailKey } from './file-rules.ts';
import type { ChatEntryItem, FileOfMessage } from './items.ts';
import { seqOf } from './rules.ts';
import type { MessageState } from './values.ts';

interface Sight {
  /** Whether the viewer sees what the message says. */
  readonly isSeen: boolean;
  readonly isBlocked: boolean;
  readonly isOwn: boolean;
}

function stateOf({ kind, deletedAt, hiddenAt }: ChatEntryItem, { isSeen, isBlocked }: Sight): MessageState | null {
  if (kind !== 'MESSAGE') return null;
  if (deletedAt !== undefined) return 'DELETED';
  if (!isSeen) return isBlocked ? 'BLOCKED' : 'HIDDEN';
  return hiddenAt === undefined ? 'SHOWN' : 'HIDDEN';
}

type FileView = EntryView['files'][number];
/** The files of an entry as they are shown: with addresses, which are signed without a request. */
export const filesOf = (bucket: Bucket, files: readonly FileOfMessage[] = []): Promise<FileView[]> =>
  Promise.all(files.map((file) => fileView(bucket, file)));

async function fileView(bucket: Bucket, file: FileOfMessage): Promise<FileView> {
  const { id, name, type, bytes, key, width = 0, height = 0, undecoded, broken } = file;
  const isShown = isPhoto(file) && !broken;
  return {
    ...{ id, name, type, bytes },
    image: isShown ? await bucket.show(key) : null,
    thumbnail: isShown && !undecoded ? await bucket.show(thumbnailKey(key)) : null,
    size: isPhoto(file) ? { width, height } : null,
    state: broken ? 'BROKEN' : undecoded ? 'DECODING' : 'READY',
  };
}

/** An entry, for somebody who sees so much of it. */
export function entryFor(entry: ChatEntryItem, nickname: string, sight: Sight, files: FileView[]): EntryView {
  const { messageId, roomId, nth, kind, accountId, clientId, text, silent = false, replyTo, target, at } = entry;
  const isRead = sight.isSeen && !sight.isBlocked;
  const isNobodys = sight.isBlocked || accountId === byItself;
  return {
    ...{ id: messageId, roomId, seq: seqOf(messageId), count: nth, kind, state: stateOf(entry, sight) },
    author: isNobodys ? null : { id: accountId, nickname },
    clientId: sight.isOwn ? (clientId ?? null) : null,
    text: isRead ? (text ?? null) : null,
    files: isRead ? files : [],
    silent,
    replyTo: replyTo ?? null,
    target: target ?? null,
    at,
  };
}

/** An entry of a page, for whoever asks for it. */
export async function entryOfPage(
  bucket: Bucket,
  entry: ChatEntryItem,
  nickname: string,
  viewer: Viewer,
): Promise<EntryView> {
  const isOwn = entry.accountId === viewer.member.accountId;
  const isSeen = shown('message', [entry], viewer).length > 0;
  const isReported = hasReported(viewer.reported, subjectOf('message', entry));
  const isBlocked = !isOwn && !isReported && (viewer.blocked?.has(entry.accountId) ?? false);
  return entryFor(entry, nickname, { isSeen, isBlocked, isOwn }, isSeen ? await filesOf(bucket, entry.files) : []);
}
