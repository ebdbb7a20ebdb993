import { kind } from '../../../shared/data/kind.ts';

/** A subject whose counters are to be looked at once the day is over. */
export interface MarkItem {
  readonly shard: string;
  readonly day: string;
  readonly subject: string;
  /** Drift that was seen by way of an index, which may lag: it is mended where it is seen again. */
  readonly seen?: readonly string[];
  readonly expiresAt: number;
}

export const items = {
  Mark: kind<MarkItem>()({
    about: 'counters moved on a day, or what they count: they are compared once it is over',
    pk: 'MARKS#{shard}',
    sk: 'MARK#{day}#{subject}',
    life: '14 d',
    of: { group: 'subject', account: 'subject' },
    fate: { group: { expires: true }, account: { expires: true } },
    archive: { not: 'that a counter moved, gone by itself within two weeks' },
    patterns: {
      marked: { serves: 'whose counters are to be compared, oldest first' },
    },
  }),
} as const;
