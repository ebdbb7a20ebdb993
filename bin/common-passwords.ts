/** Writes `shared/product/common-passwords.ts` from the list that zxcvbn-ts keeps: run it after an update of that package. */
import { writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * As many as are worth their bytes in two bundles (34 KB). The list counts passwords of public leaks, the most used first: ASVS
 * asks for 3,000 of the most used (6.2.4), and for leaked ones (6.2.12).
 */
const size = 10_000;
/** Common passwords in Korea (words typed on a Latin keyboard), and the product's own name. */
const added = ['moim', 'qlalfqjsgh', 'tkfkdgo', 'dkssud', 'dkssudgktpdy', 'gksrnr', 'eogksalsrnr', 'korea', 'seoul'];

// The rule demands a letter, so that digits alone never come this far; a shorter word means nothing.
const worthKeeping = (word: string) => word.length >= 4 && /^[a-z\d]+$/.test(word) && /[a-z]/.test(word);
const words = [...new Set([...added, ...dictionary['passwords-common'].map((word) => word.toLowerCase())])];
// In order of the alphabet they compress to half.
const text = words.filter(worthKeeping).slice(0, size).toSorted().join(' ');
const packed = brotliCompressSync(text).toString('base64');

writeFileSync(
  'shared/product/common-passwords.ts',
  `import { brotliDecompressSync } from 'node:zlib';

/** The ${size} passwords with a letter that leaks hold most often. Made by \`node bin/common-passwords.ts\`; do not edit. */
const packed = \`
${packed.match(/.{1,120}/g)?.join('\n')}
\`;
let words: ReadonlySet<string> | undefined;

/** In lower case. Unpacked at the first use, in a millisecond or two: most requests set no password. */
export function commonPasswords(): ReadonlySet<string> {
  words ??= new Set(brotliDecompressSync(Buffer.from(packed, 'base64')).toString().split(' '));
  return words;
}
`,
);
