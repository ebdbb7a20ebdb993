import type { Bucket } from '../../../shared/adapters/bucket.ts';
import { hostOf } from '../../../shared/product/text.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import type { CertificationItem } from './items.ts';

/**
 * A certification as people see it, with the present name and picture of its author and links to the images (signed here, without
 * a request).
 */
export async function viewOf(bucket: Bucket, certification: CertificationItem, { nickname, picture }: Person) {
  const { certificationId, groupId, missionId, accountId, status, text, day, version, createdAt, modifiedAt } =
    certification;
  return {
    id: certificationId,
    groupId,
    missionId,
    missionTitle: certification.missionTitle ?? null,
    author: { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) },
    status,
    reason: certification.reason ?? null,
    hiddenAt: certification.hiddenAt ?? null,
    text,
    link: certification.link ?? null,
    linkHost: certification.link ? hostOf(certification.link) : null,
    images: await Promise.all(certification.images.map((key) => bucket.show(key))),
    day,
    version,
    createdAt,
    modifiedAt,
  };
}
