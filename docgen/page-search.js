/**
 * The words of a search, and what the page has for each: a list of alternatives for each thing that must be there. Korean is
 * compared by its letters, so that a syllable counts while it is typed: 모이 is on the way to 모임. Words that are written
 * together are taken apart (초대코드), and what follows a known word is an ending of it (모임을).
 */
export function wantedIn(text, korean) {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => meaningsOf(word, korean));
}

export function meaningsOf(word, korean) {
  if (!/[ㄱ-ㆎ가-힣]/.test(word)) return [[word]];
  const letters = (each) => each.normalize('NFD');
  const known = Object.keys(korean)
    .filter((each) => word.startsWith(each))
    .sort((a, b) => b.length - a.length)[0];
  if (known) {
    const rest = word.slice(known.length);
    const more = [0, 1]
      .map((skipped) => rest.slice(skipped))
      .find((end) => Object.keys(korean).some((each) => end.startsWith(each)));
    return [[known, ...korean[known]], ...(more ? meaningsOf(more, korean) : [])];
  }
  const coming = Object.keys(korean).filter((each) => letters(each).startsWith(letters(word)));
  return [[word, ...coming.flatMap((each) => [each, ...korean[each]])]];
}
