/** Where the files of messages are stored. A key has a part that is new for each try, so what is deleted never comes back. */
import type { FileOfMessage } from './items.ts';

/** The prefixes of every object that was ever made of one upload: a document is scanned, a photo is drawn anew. */
export const prefixesOf = (groupId: string, uploadId: string) => ({
  document: `files/${groupId}/chat-${uploadId}-`,
  photo: `chat/${groupId}/${uploadId}-`,
});

/** The thumbnail of a photo. */
export const thumbnailKey = (key: string) => `${key}-480`;

export const isPhoto = ({ width }: Pick<FileOfMessage, 'width'>) => width !== undefined;

/** The objects that a file has in the bucket. */
export const objectsOf = (file: Pick<FileOfMessage, 'key' | 'width' | 'broken'>): string[] =>
  file.broken ? [] : isPhoto(file) ? [file.key, thumbnailKey(file.key)] : [file.key];
