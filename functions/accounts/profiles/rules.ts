import type { LivingAccount, Picture } from '../accounts/items.ts';

const editable = ['nickname', 'introduction', 'website', 'gender', 'birthDate', 'locale', 'timeZone'] as const;
type Editable = (typeof editable)[number];

/** An edit of an account. Undefined stays as it is, null goes. */
export type Edit = { readonly [Name in Editable]?: LivingAccount[Name] | null | undefined };

/** An edit as attributes that are set and attributes that are taken out; an empty text is taken out. */
export function changesOf(edit: Edit): { readonly set: Readonly<Record<string, string>>; readonly remove: Editable[] } {
  const set: Record<string, string> = {};
  for (const name of editable) if (edit[name]) set[name] = edit[name];
  return { set, remove: editable.filter((name) => edit[name] === null || edit[name] === '') };
}

const full = '-full.webp';

/** Where an image of one's own stays: with its upload, so that making it again puts the same in the same place. */
export const pictureOf = (accountId: string, uploadId: string) => ({
  key: `pictures/${accountId}/${uploadId}${full}`,
  thumbnailKey: `pictures/${accountId}/${uploadId}-thumbnail.webp`,
});

/** The upload that an image of one's own was made of. */
export const uploadOf = ({ key }: { readonly key: string }): string =>
  key.slice(key.lastIndexOf('/') + 1, -full.length);

/** The objects that a picture consists of; an avatar has none. */
export const objectsOf = (picture: Picture | undefined) =>
  picture && 'key' in picture ? [picture.key, picture.thumbnailKey] : [];

/** The objects of a picture that are not of the one which came after it. */
export function replacedObjects(before: Picture | undefined, after: Picture | undefined): string[] {
  const kept = objectsOf(after);
  return objectsOf(before).filter((key) => !kept.includes(key));
}
