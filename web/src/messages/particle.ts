/** Whether a Korean word ends on a consonant; undefined for words of other letters. */
const isClosed = (word: string) => {
  const last = word.trim().charCodeAt(word.trim().length - 1);
  return last >= 0xac00 && last <= 0xd7a3 ? (last - 0xac00) % 28 > 0 : undefined;
};

/** A word with the particle that fits its sound. @example particle('벽돌', '이', '가') // '벽돌이' */
export const particle = (word: string, closed: string, open: string): string => {
  const ends = isClosed(word);
  return `${word}${ends === undefined ? `${closed}(${open})` : ends ? closed : open}`;
};
