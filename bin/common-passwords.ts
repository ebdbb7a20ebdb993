/** Writes `shared/product/common-passwords.ts` from the list that zxcvbn-ts keeps: run it after an update of that package. */
import { writeFileSync } from 'node:fs';
import { dictionary } from '@zxcvbn-ts/language-common';

/** As many of the most used as are worth their bytes in the bundle; ASVS asks for 3,000. */
const size = 5000;
/** Common passwords in Korea (words typed on a Latin keyboard), and the product's own name. */
const added = ['moim', 'qlalfqjsgh', 'tkfkdgo', 'dkssud', 'dkssudgktpdy', 'gksrnr', 'eogksalsrnr', 'korea', 'seoul'];

// The rule demands a letter, so that digits alone never come this far; a shorter word means nothing.
const worthKeeping = (word: string) => word.length >= 4 && /^[a-z\d]+$/.test(word) && /[a-z]/.test(word);
const words = [...new Set([...added, ...dictionary['passwords-common'].map((word) => word.toLowerCase())])];
const lines: string[] = [''];
for (const word of words.filter(worthKeeping).slice(0, size)) {
  const line = lines.at(-1)!;
  if (line.length + word.length > 115) lines.push(word);
  else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
}

writeFileSync(
  'shared/product/common-passwords.ts',
  `/** The ${size} most used passwords that have a letter. Made by \`node bin/common-passwords.ts\`; do not edit. */
export const commonPasswords: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ \`
${lines.join('\n')}
\`.split(/\\s/),
);
`,
);
