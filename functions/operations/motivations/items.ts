import { kind } from '../../../shared/data/kind.ts';
import type { Variant } from './values.ts';

/** One text in both languages. */
export interface MotivationText {
  readonly ko: string;
  readonly en: string;
  readonly variant: Variant;
}

/** What administrators have changed of the texts that moim comes with. One item, so that a reminder costs no query. */
export interface MotivationsItem {
  readonly list: 'REMINDERS';
  /** A text of their own, or one that takes the place of a shipped one; null in the place of a shipped one that they deleted. */
  readonly [text: `text ${string}`]: MotivationText | null;
  readonly version: number;
}

export const items = {
  Motivations: kind<MotivationsItem>()({
    about: 'what administrators have changed of the texts that encourage people in reminders',
    pk: 'MOTIVATIONS#{list}',
    sk: 'LIST',
  }),
} as const;
