import { kind } from '../../../shared/data/kind.ts';

/** Row 96. Days are those of the group, both included. */
export interface Season {
  readonly seasonId: string;
  readonly name: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** All seasons of a group in one item: its version keeps two seasons made at once from overlapping. */
export interface SeasonsItem {
  readonly groupId: string;
  /** By their first day. */
  readonly list: readonly Season[];
  readonly version: number;
}

export const items = {
  Seasons: kind<SeasonsItem>()({
    about: 'the seasons of a club, by their first day',
    pk: 'SEASONS#{groupId}',
    sk: 'SEASONS',
    of: { group: 'groupId' },
    fate: { group: { dropped: { key: true } } },
  }),
} as const;
