/** What becomes of a certification when its photos were decoded (row 118): the writes. */
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, exists, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered, byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Part } from '../../../shared/data/table.ts';
import { patch, revised } from '../../../shared/data/writes.ts';
import { movedWeek } from '../missions/weeks.ts';
import type { CertificationItem } from './items.ts';
import { certificationNews } from './news.ts';
import type { Photo } from './photo.ts';
import { freeHashes } from './photos.ts';
import { firstLaid } from './rules.ts';
import { bricks } from './store.ts';

/**
 * The version stays, because nothing changes that a person wrote: who has read a certification a second before may edit it.
 * An edit asks for `undecoded` as it was read, so it is not written over what becomes of the photos here.
 */
export const ready = ({ groupId, certificationId, version }: CertificationItem, photos: readonly Photo[]) =>
  or(
    overtaken,
    patch(
      'Certification',
      { groupId, certificationId },
      { set: { photos }, remove: ['undecoded'] },
      allOf(is('version', version), exists('undecoded'), absent('broken')),
    ),
  );

/** Denied by nobody: its day is free, its brick gone if it was approved by itself, and its author is told why. */
export function broken(before: CertificationItem, now: number): Part[] {
  const { groupId, certificationId, accountId, status, askedBy } = before;
  const { write } = revised(
    'Certification',
    before,
    {
      ...{ status: 'DENIED', reason: undefined, askedBy: undefined, modifiedAt: iso(now) },
      ...{ photos: [], undecoded: undefined, broken: true, laidAt: firstLaid(before, 'DENIED', iso(now)) },
    },
    exists('undecoded'),
  );
  return [
    or(overtaken, write),
    bricks(before, status, 'DENIED', now),
    movedWeek(before, status, 'BROKEN'),
    freeHashes(before),
    answered(askedBy, now),
    tell(certificationNews.broken, now, { to: [accountId], by: byItself, groupId, certificationId }),
  ];
}
