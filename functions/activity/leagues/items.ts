import { kind } from '../../../shared/data/kind.ts';
import type { ShownAs } from './values.ts';

/**
 * Somebody takes part in the leagues, or has left them. It stays until they withdraw, so that their animals of past weeks stay
 * as they are: if rows lost their names at one moment, everybody would learn that they were one person's.
 */
export interface LeagueMemberItem {
  readonly accountId: string;
  /** The first week that they are counted in since they joined, or came back: its Monday. */
  readonly since: string;
  /** Their own choice. Without one, their age decides. */
  readonly shownAs?: ShownAs;
  /** The first week in which the nickname is shown: earlier ones keep the animal, so that nobody learns whose it was. */
  readonly namedSince?: string;
  /** What the names of their animals follow from. */
  readonly secret: string;
  readonly joinedAt: string;
  /** ISO 8601: when they left. They are counted in no week that was not over then, until they come back. */
  readonly leftAt?: string;
}

export const items = {
  LeagueMember: kind<LeagueMemberItem>()({
    about: 'somebody takes part in the leagues, or has left them, and how they are shown',
    pk: 'LEAGUES#{accountId}',
    sk: 'MEMBER',
    of: { account: 'accountId' },
    fate: { account: { dropped: { key: true } } },
    archive: { as: 'leagues', found: { key: true } },
    secret: ['secret'],
  }),
} as const;
