import { kind } from '../../../shared/data/kind.ts';
import type { CheerKind } from './values.ts';

/** The cheers of one person for a certification: an attribute for each kind. Without any, all were taken back. */
export type CheerItem = {
  readonly groupId: string;
  readonly certificationId: string;
  readonly accountId: string;
  /** When the last kind was added. */
  readonly cheeredAt: string;
} & { readonly [Name in `kind ${CheerKind}`]?: true };

/**
 * How many people cheer for a certification, by kind. It is no part of the certification, whose indexes would be written
 * with every cheer.
 */
export type CheerCountItem = {
  readonly groupId: string;
  readonly certificationId: string;
  /** When its author was last notified. */
  readonly toldAt?: string;
  /** The certification is deleted, so nobody cheers for it any more. The item expires soon after. */
  readonly gone?: true;
  readonly expiresAt?: number;
} & { readonly [Name in CheerKind]?: number };

export const items = {
  Cheer: kind<CheerItem>()({
    about: 'somebody cheers for a certification',
    pk: 'CHEERS#{certificationId}',
    sk: 'CHEER#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'cheersOfCertification', with: 'Certification' } },
      account: { stays: 'without a name: it was given to another, whose count it is part of' },
    },
    archive: { not: 'signs on what others wrote; it is found by that alone' },
    patterns: {
      cheersOfCertification: { serves: 'who cheers for a certification' },
    },
  }),
  CheerCount: kind<CheerCountItem>()({
    about: 'how many people cheer for a certification, by kind',
    pk: 'CHEERED#{groupId}',
    sk: 'CERTIFICATION#{certificationId}',
    life: 'as long as its certification, and a day',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'cheerCountsOfGroup' } } },
    patterns: {
      cheerCountsOfGroup: { serves: 'the cheers of every certification of a group' },
    },
  }),
} as const;
