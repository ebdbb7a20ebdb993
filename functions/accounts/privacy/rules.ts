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

const endings: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp' };

/**
 * The name of an image in the archive: one that every system can store, with an ending by which it opens the image.
 *
 * @param type the type of the image; undefined if unknown
 */
export function nameInArchive(key: string, type?: string): string {
  const ending = /\.\w+$/.test(key) ? '' : (endings[type ?? ''] ?? '');
  return `images/${key.replace(/[^\w.-]+/g, '_')}${ending}`;
}

/** The name of a file of a message in the archive; its ending is one that may be attached. */
export const fileInArchive = ({ id, name }: { readonly id: string; readonly name: string }) =>
  `files/${id}${/\.\w+$/.exec(name)?.[0].toLowerCase() ?? ''}`;
