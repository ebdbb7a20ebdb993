import { kind } from '../../../shared/data/kind.ts';
import type { CheerKind } from './values.ts';

/** The cheers of one person for a certification: an attribute for each kind. Without any, all were taken back. */
export type CheerItem = {
  readonly groupId: string;
  readonly certificationId: string;
  readonly accountId: string;
  /** When the last kind was added. */
  readonly cheeredAt: string;
  /** How often it was written. */
  readonly n: number;
} & { readonly [Name in `kind ${CheerKind}`]?: 1 };

/** The same cheers, beside those of others for the certification. They follow by the stream, and only move forward. */
export type CheererItem = CheerItem;

/**
 * How many people cheer for a certification, by kind. It is no part of the certification, whose indexes would be written
 * with every cheer.
 */
export type CheerCountItem = {
  readonly groupId: string;
  readonly certificationId: string;
  /** When its author was last notified. */
  readonly toldAt?: string;
  /** How often its counters have moved. */
  readonly moves?: number;
  /** The certification is deleted, so nobody cheers for it any more. The item expires soon after. */
  readonly gone?: true;
  readonly expiresAt?: number;
} & { readonly [Name in CheerKind]?: number };

const counted = <K extends CheerKind>(cheerKind: K) => ({
  counts: 'cheersOfCertification',
  sums: `kind ${cheerKind}` as const,
});

export const items = {
  Cheer: kind<CheerItem>()({
    about: 'somebody cheers for a certification',
    pk: 'OWNCHEERS#{accountId}#{groupId}',
    sk: 'CHEER#{certificationId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'cheersOfMember', with: 'Membership' } },
      account: { stays: 'without a name: it was given to another, whose count it is part of' },
    },
    archive: { as: 'cheers', found: { pattern: 'cheersOfMember', with: 'Membership' } },
    patterns: {
      cheersOfMember: { serves: "somebody's own cheers in a group, by certification" },
    },
  }),
  Cheerer: kind<CheererItem>()({
    about: 'that somebody cheers for a certification, beside all others who do: it follows the cheer',
    pk: 'CHEERS#{groupId}#{certificationId}',
    sk: 'CHEERER#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'cheersOfCertification', with: 'Certification' } },
      account: { stays: 'as the cheer that it follows' },
    },
    archive: { not: 'the cheer that it follows, which is in it' },
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
    counters: {
      HEART: counted('HEART'),
      CLAP: counted('CLAP'),
      FIRE: counted('FIRE'),
      SMILE: counted('SMILE'),
      CRY: counted('CRY'),
      STAR: counted('STAR'),
    },
    countsUntil: 'gone',
    patterns: {
      cheerCountsOfGroup: { serves: 'how many cheer for the certifications of a group, by certification' },
    },
  }),
} as const;
