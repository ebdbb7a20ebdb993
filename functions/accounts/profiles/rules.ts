import type { AccountItem, Picture } from '../accounts/items.ts';

/** What may be edited of an account. Undefined stays as it is, null goes. */
export type Edit = {
  readonly [Name in 'nickname' | 'introduction' | 'website' | 'gender' | 'birthDate' | 'locale' | 'timeZone']?:
    | AccountItem[Name]
    | null
    | undefined;
};

/** An edit as what is set and what is taken away; an empty text is taken away. */
export function changesOf(edit: Edit): { readonly set: Record<string, string>; readonly remove: string[] } {
  const named = Object.entries(edit).filter((entry): entry is [string, string | null] => entry[1] !== undefined);
  const isGone = ([, value]: readonly [string, string | null]) => value === null || value === '';
  return {
    set: Object.fromEntries(named.filter((entry) => !isGone(entry))) as Record<string, string>,
    remove: named.filter(isGone).map(([name]) => name),
  };
}

/** Whether others see a person: not while they wait for approval, nor after they left. */
export const isVisible = ({ status }: AccountItem) => status === 'ACTIVE';

/** Where an image of one's own stays: with its upload, so that making it again puts the same in the same place. */
export const pictureOf = (accountId: string, uploadId: string) => ({
  key: `pictures/${accountId}/${uploadId}-full.webp`,
  thumbnailKey: `pictures/${accountId}/${uploadId}-thumbnail.webp`,
});

/** The objects that a picture consists of; an avatar has none. */
export const objectsOf = (picture: Picture | undefined) =>
  picture && 'key' in picture ? [picture.key, picture.thumbnailKey] : [];

/** The objects of a picture that are not of the one which came after it. */
export function replacedObjects(before: Picture | undefined, after: Picture | undefined): string[] {
  const kept = objectsOf(after);
  return objectsOf(before).filter((key) => !kept.includes(key));
}
