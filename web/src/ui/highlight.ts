/** Code as coloured parts. It comes when a screen shows code in a language that it knows. */
import { parse } from 'sugar-high/core';
import { lang, languages } from 'sugar-high/lang';

export interface Part {
  /** The class of its colour: `code-keyword`. */
  readonly look: string;
  readonly text: string;
}

/**
 * The parts of some code, in their order: together they are the code.
 *
 * @param language as it stands after the fence; undefined for one that nobody knows
 */
export function partsOf(code: string, language: string): readonly Part[] | undefined {
  const id = lang(language.toLowerCase());
  if (!id || id === 'plaintext') return undefined;
  const config = languages.find((each) => each.id === id)?.config;
  const lines = parse(code, config).lines.map(({ tokens }) =>
    tokens.filter(({ type }) => type !== 'break').map(({ type, value }) => ({ look: `code-${type}`, text: value })),
  );
  return lines.flatMap((line, at) => (at === 0 ? line : [{ look: 'code-break', text: '\n' }, ...line]));
}
