import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import type { CertificationItem } from './items.ts';

/**
 * Certifications as people see them: with their authors' present names (one request for all) and links to the images
 * (signed here, no request).
 */
export async function viewsOf(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  certifications: readonly CertificationItem[],
  locale: Locale,
) {
  const nicknames = await nicknamesOf(
    table,
    certifications.map(({ accountId }) => accountId),
  );
  return Promise.all(certifications.map((each) => viewOf(bucket, each, nicknames.get(each.accountId), locale)));
}

/** One certification, where its author's name is known already. */
export async function viewOf(
  bucket: Bucket,
  certification: CertificationItem,
  nickname: string | undefined,
  locale: Locale,
) {
  const { certificationId, groupId, missionId, accountId, status, text, day, version, createdAt, modifiedAt } =
    certification;
  return {
    id: certificationId,
    groupId,
    missionId,
    author: { id: accountId, nickname: nickname ?? catalogOf(locale).unknownPerson },
    status,
    reason: certification.reason ?? null,
    hiddenAt: certification.hiddenAt ?? null,
    text,
    link: certification.link ?? null,
    images: await Promise.all(certification.images.map((key) => bucket.link(key, limits.downloadSeconds))),
    day,
    version,
    createdAt,
    modifiedAt,
  };
}
