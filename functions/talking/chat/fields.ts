/** Parts of requests and answers of the chat rooms. */
import * as z from 'zod';
import { because, id, instant } from '../../../shared/core/contract.ts';
import { fileTypeNames } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';
import { text } from '../../../shared/product/text-fields.ts';
import { uploadId } from '../../activity/files/contract.ts';
import { entryKinds, fileStates, messageStates, roomCategories } from './values.ts';

const { chat: limit } = limits;
export const seq = z.int().min(1);
export const after = z
  .int()
  .min(0)
  .meta({ description: 'The number of the last entry that you know without a hole before it; 0 for none' });
export const category = z.enum(roomCategories);

const file = z
  .object({
    id,
    name: z.string(),
    type: z.enum(fileTypeNames),
    bytes: z.int(),
    image: z.url().nullable().meta({ description: 'The photo, for at least ten minutes. Null for other files' }),
    thumbnail: z.url().nullable().meta({ description: 'Null for other files, and while a photo is decoded' }),
    size: z
      .object({ width: z.int(), height: z.int() })
      .nullable()
      .meta({ description: 'Pixels of the photo, upright; null for other files' }),
    state: z.enum(fileStates).meta({
      description: 'DECODING: a photo whose thumbnail is made. BROKEN: a photo that cannot be opened',
    }),
  })
  .meta({ id: 'ChatFile' });

export const entry = z
  .object({
    id: id.meta({ description: 'Names a message in later requests, and in reports as `message:{id}`' }),
    roomId: id,
    seq: seq.meta({ description: 'Its number in the room: 1, 2, 3 ... without a gap' }),
    count: z.int().min(0).meta({ description: 'Messages of the room up to here' }),
    kind: z.enum(entryKinds).meta({
      description:
        'DELETED, HIDDEN, RESTORED: what happened to the message `target`. CLOSED: no message follows, only what becomes of those before. EMPTIED: all entries before it are deleted for good',
    }),
    state: z.enum(messageStates).nullable().meta({
      description: 'How you see a message now; null for other kinds. BLOCKED: you have blocked its author',
    }),
    author: z
      .object({ id, nickname: z.string() })
      .nullable()
      .meta({ description: 'Null if you have blocked them, and of entries that nobody caused' }),
    clientId: id.nullable().meta({ description: 'The id that your client chose; null unless it is your own message' }),
    text: z.string().nullable().meta({ description: 'Null unless you may see it, and of a message of files alone' }),
    files: z.array(file).meta({ description: 'Empty unless you may see the message' }),
    silent: z.boolean().meta({ description: 'Sent without a push message' }),
    replyTo: seq.nullable().meta({ description: 'The number of the message that it answers' }),
    target: seq.nullable(),
    at: instant,
  })
  .meta({ id: 'ChatEntry' });
export type EntryView = z.infer<typeof entry>;

export const entriesPage = {
  entries: z.array(entry),
  more: z.boolean().meta({ description: 'Whether there are more in this direction. A page may be short' }),
  read: z.int().min(0).meta({ description: 'How far you have read' }),
  writable: z.boolean().meta({ description: 'Whether members may write in the room now' }),
  category: category.nullable().meta({ description: 'Null for the main room' }),
  closedAt: instant.nullable(),
};

export const room = z
  .object({
    id: id.meta({ description: 'That of the group for its main room' }),
    category: category.nullable().meta({ description: 'Null for the main room' }),
    openedAt: instant.nullable(),
    closedAt: instant.nullable().meta({ description: 'Thirty days later the room is deleted' }),
    writable: z.boolean().meta({ description: 'Whether members may write in it now' }),
    head: z.int().min(0).meta({ description: 'The number of its last entry. It may lag by a moment' }),
    count: z.int().min(0),
    lastAt: instant.nullable(),
    last: z
      .object({
        seq,
        state: z.enum(messageStates).meta({ description: 'As of an entry' }),
        text: z.string().nullable().meta({ description: 'Its first 80 characters; null unless you may see it' }),
        files: z.int().meta({ description: 'How many files it has' }),
        at: instant,
      })
      .nullable()
      .meta({ description: 'The last message. It may lag by a moment' }),
    mine: z.object({
      seq: z.int().min(0).meta({ description: 'How far you have read' }),
      unread: z.int().min(0).meta({ description: 'Messages after that, also those that were deleted' }),
    }),
  })
  .meta({ id: 'ChatRoom' });

/** What a message says: over HTTP and over the socket alike. */
export const message = {
  clientId: id.meta({ description: 'A new UUID for each message, the same for all its tries' }),
  after: after.meta({
    description:
      'The last number that you knew at the first try: the same for all tries, unless RESUME_FIRST is answered',
  }),
  text: text({ min: 1, max: limit.text }).optional(),
  fileIds: z
    .array(uploadId)
    .min(1)
    .max(limit.files)
    .meta({ description: 'Uploads that were allowed for a room of this group. Each becomes a file of one message' })
    .optional(),
  replyTo: seq.optional(),
  silent: z.boolean().default(false).meta({ description: 'Counts as unread, but wakes no device' }),
};

/** A message as it is sent, for the documents. */
export const said = { clientId: '01900000-0000-7000-8000-000000000000', after: 0, text: 'Chapter 3 is done' };

/** A message has a text, or files, or both. */
export const saysSomething = [
  ({ text, fileIds }: { readonly text?: string | undefined; readonly fileIds?: readonly string[] | undefined }) =>
    text !== undefined || fileIds !== undefined,
  because('nothingGiven'),
] as const;
