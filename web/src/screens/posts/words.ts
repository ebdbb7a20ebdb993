/** The words of a text in Markdown, for a line or two that say what it is about. */
export const wordsOf = (body: string): string =>
  body
    .replace(/^\s*(```|~~~)[\s\S]*?(?:^\s*\1\s*$|$(?![\s\S]))/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
