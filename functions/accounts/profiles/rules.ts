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

/** The prefix of every object that was ever made of an upload. */
export const picturePrefix = (accountId: string, uploadId: string) => `pictures/${accountId}/${uploadId}-`;

/**
 * Where an image of one's own stays: with its upload and the version of the account that it takes the place of. So a picture
 * that is replaced and chosen again gets another key, and a late deletion of the old key does not harm it.
 */
export const pictureOf = (accountId: string, uploadId: string, version: number) =>
  namedPicture(accountId, `${uploadId}-${version}`);

/** A picture by the part of its keys that tells it from others of the account (`pictureName`). */
export const namedPicture = (accountId: string, name: string) => ({
  key: `pictures/${accountId}/${name}${full}`,
  thumbnailKey: `pictures/${accountId}/${name}-thumbnail.webp`,
});

/** The part of a picture's keys that tells it from others of the account. */
export const pictureName = ({ key }: { readonly key: string }): string =>
  key.slice(key.lastIndexOf('/') + 1, -full.length);

/** Whether a picture was made of an upload. */
export const isMadeOf = (picture: Picture | undefined, accountId: string, uploadId: string) =>
  objectsOf(picture).some((key) => key.startsWith(picturePrefix(accountId, uploadId)));

/** The upload that a picture was made of; undefined for an avatar. */
export const uploadOf = (picture: Picture | undefined) => objectsOf(picture)[0]?.split('/')[2]?.slice(0, 36);

/** The objects that a picture consists of; an avatar has none. */
export const objectsOf = (picture: Picture | undefined) =>
  picture && 'key' in picture ? [picture.key, picture.thumbnailKey] : [];

/** The objects of a picture that are not of the one which came after it. */
export function replacedObjects(before: Picture | undefined, after: Picture | undefined): string[] {
  const kept = objectsOf(after);
  return objectsOf(before).filter((key) => !kept.includes(key));
}
