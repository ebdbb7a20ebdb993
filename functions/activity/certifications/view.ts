import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import type { CertificationItem } from './items.ts';

/**
 * A certification as people see it, with the present name of its author and links to the images (signed here, without a
 * request).
 */
export async function viewOf(bucket: Bucket, certification: CertificationItem, { nickname }: Pick<Person, 'nickname'>) {
  const { certificationId, groupId, missionId, accountId, status, text, day, version, createdAt, modifiedAt } =
    certification;
  return {
    id: certificationId,
    groupId,
    missionId,
    author: { id: accountId, nickname },
    status,
    reason: certification.reason ?? null,
    hiddenAt: certification.hiddenAt ?? null,
    text,
    link: certification.link ?? null,
    images: await Promise.all(certification.images.map((key) => bucket.show(key))),
    day,
    version,
    createdAt,
    modifiedAt,
  };
}
