import { particle as fitting } from '../../../shared/messages/particle.ts';

/** A word with the particle that fits its sound. @example particle('벽돌', '이', '가') // '벽돌이' */
export const particle = (word: string, closed: string, open: string): string =>
  word + fitting(word, `${closed}/${open}`);
