import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { fromIso, localDay } from '../../../shared/core/time.ts';
import { hostOf } from '../../../shared/product/text.ts';
import type { LivingAccount, Picture } from '../accounts/items.ts';

/** A picture as people get it: which avatar, or links (signed here, no request). */
async function pictureViewOf(bucket: Bucket, picture: Picture | undefined) {
  if (!picture || 'avatar' in picture) return { avatar: picture?.avatar ?? null, url: null, thumbnailUrl: null };
  const [url, thumbnailUrl] = await Promise.all([picture.key, picture.thumbnailKey].map((key) => bucket.show(key)));
  return { avatar: null, url: url!, thumbnailUrl: thumbnailUrl! };
}

/** A picture in a list of people: which avatar, or a link to the small image. */
export const thumbnailOf = async (bucket: Bucket, picture: Picture | undefined) => ({
  avatar: picture && 'avatar' in picture ? picture.avatar : null,
  thumbnailUrl: picture && 'key' in picture ? await bucket.show(picture.thumbnailKey) : null,
});

/** A person as others see them. */
export const profileOf = async (bucket: Bucket, account: LivingAccount) => ({
  id: account.accountId,
  nickname: account.nickname,
  introduction: account.introduction ?? null,
  website: account.website ?? null,
  websiteHost: account.website ? hostOf(account.website) : null,
  picture: await pictureViewOf(bucket, account.picture),
  createdOn: localDay(fromIso(account.createdAt), account.timeZone),
});

/** A person as they see themselves. */
export const ownProfileOf = async (bucket: Bucket, account: LivingAccount) => ({
  id: account.accountId,
  nickname: account.nickname,
  introduction: account.introduction ?? null,
  website: account.website ?? null,
  websiteHost: account.website ? hostOf(account.website) : null,
  gender: account.gender ?? null,
  birthDate: account.birthDate ?? null,
  locale: account.locale,
  timeZone: account.timeZone,
  picture: await pictureViewOf(bucket, account.picture),
  version: account.version,
});
