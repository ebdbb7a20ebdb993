import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import type { CertificationItem } from './items.ts';
import { photosView } from './photos.ts';

/** Who looks: duplicates are told to the author and to those who decide. */
export interface Viewer {
  readonly accountId: string;
  readonly judges: boolean;
}

/**
 * Certifications as people see them, with the present names of their authors (one request for all) and links to the
 * images (signed here, without a request).
 */
export async function viewsOf(
  { table, bucket }: { readonly table: Table; readonly bucket: Bucket },
  certifications: readonly CertificationItem[],
  viewer: Viewer,
  locale: Locale,
) {
  const nicknames = await nicknamesOf(
    table,
    certifications.map(({ accountId }) => accountId),
  );
  return Promise.all(certifications.map((each) => viewOf(bucket, each, nicknames.get(each.accountId), viewer, locale)));
}

/** One certification whose author's name is already known. */
export async function viewOf(
  bucket: Bucket,
  certification: CertificationItem,
  nickname: string | undefined,
  viewer: Viewer,
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
    reason: certification.reason ?? (certification.broken ? catalogOf(locale).fields.photoBroken : null),
    hiddenAt: certification.hiddenAt ?? null,
    text,
    link: certification.link ?? null,
    ...(await photosView(bucket, certification, viewer.judges || viewer.accountId === accountId)),
    day,
    version,
    createdAt,
    modifiedAt,
  };
}
