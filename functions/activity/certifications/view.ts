import type { Bucket } from '../../../shared/adapters/bucket.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { hostOf } from '../../../shared/product/text.ts';
import type { Person } from '../../accounts/accounts/people.ts';
import { thumbnailOf } from '../../accounts/profiles/view.ts';
import type { CheersView } from '../cheers/view.ts';
import type { CertificationItem } from './items.ts';
import { photosView } from './photos.ts';

/** Who looks: duplicates are told to the author and to those who decide. */
export interface Viewer {
  readonly accountId: string;
  readonly judges: boolean;
}

/** What others have to say to it; null where that is not read. */
export interface OthersSay {
  readonly cheers: CheersView | null;
  readonly comments: number | null;
}

/** Why it was denied; a photo that cannot be read needs nobody who writes a reason. */
export const reasonOf = ({ reason, broken }: CertificationItem, locale: Locale): string | null =>
  reason ?? (broken ? catalogOf(locale).fields.photoBroken : null);

/**
 * A certification as people see it, with the present name and picture of its author and links to the images (signed here, without
 * a request).
 */
export async function viewOf(
  bucket: Bucket,
  certification: CertificationItem,
  { nickname, picture }: Person,
  viewer: Viewer,
  locale: Locale,
  others: OthersSay = { cheers: null, comments: null },
) {
  const knows = viewer.judges || viewer.accountId === certification.accountId;
  const { certificationId, groupId, missionId, accountId, status, text, day, version, createdAt, modifiedAt } =
    certification;
  return {
    id: certificationId,
    groupId,
    missionId,
    missionTitle: certification.missionTitle ?? null,
    author: { id: accountId, nickname, picture: await thumbnailOf(bucket, picture) },
    status,
    reason: reasonOf(certification, locale),
    hiddenAt: certification.hiddenAt ?? null,
    text,
    link: certification.link ?? null,
    linkHost: certification.link ? hostOf(certification.link) : null,
    ...(await photosView(bucket, certification, knows)),
    day,
    madeUp: certification.madeUp === true,
    late: certification.occurredAt !== undefined && knows,
    ...others,
    version,
    createdAt,
    modifiedAt,
  };
}
