import { type ImageType, imageTypeOf } from '../../../shared/images/header.ts';

/** The groups that somebody cannot leave as they are: led by them, with others in it, and not over (row 17). */
export const ledWithOthers = (
  groups: readonly {
    readonly role: string;
    readonly state: string;
    readonly memberCount: number;
    readonly endsOn: string;
    readonly today: string;
    readonly deleted: boolean;
  }[],
) =>
  groups.filter(
    ({ role, state, memberCount, endsOn, today, deleted }) =>
      role === 'LEADER' && state === 'ACTIVE' && memberCount > 1 && today <= endsOn && !deleted,
  );

/** Where an export lies. The bucket drops what is there after two days. */
export const exportKey = (accountId: string, exportId: string) => `exports/${accountId}/${exportId}.zip`;

const endings: Readonly<Record<ImageType, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
};

/**
 * The name of an image in the archive: one that every system can store, with an ending by which it opens the image.
 *
 * @param bytes the image; without it, a key that has no ending keeps none
 */
export function nameInArchive(key: string, bytes: Uint8Array = new Uint8Array()): string {
  const type = /\.\w+$/.test(key) ? undefined : imageTypeOf(bytes);
  return `images/${key.replace(/[^\w.-]+/g, '_')}${type ? endings[type] : ''}`;
}
