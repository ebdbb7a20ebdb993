/** The fenced blocks of a guide: code, and what it prints. */
import { readdirSync, readFileSync } from 'node:fs';

export const folder = 'docs/guides';
/** Names of the guides, in the order of their list. */
export const guides = readdirSync(folder)
  .filter((name) => name.endsWith('.ko.md'))
  .map((name) => name.slice(0, -6));
export const textOf = (guide: string, language: 'en' | 'ko') =>
  readFileSync(`${folder}/${guide}${language === 'ko' ? '.ko' : ''}.md`, 'utf8');

export interface Block {
  readonly language: string;
  readonly text: string;
}
export const blocksIn = (markdown: string): readonly Block[] =>
  [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));

/** Code of one language, each part with what the guide shows of its output; nothing shown means that nothing is printed. */
export interface Part {
  readonly code: string;
  readonly shown: string;
}
/**
 * Those of one language. A block `text` shows what each of the code blocks right before it prints: one of each language, as they
 * stand beside each other.
 */
export function partsOf(blocks: readonly Block[], language: 'bash' | 'ts'): readonly Part[] {
  const parts: { code: string; shown: string }[] = [];
  let open: ({ code: string; shown: string } & { readonly of: string })[] = [];
  for (const block of blocks)
    if (block.language === 'text') {
      for (const part of open) part.shown = block.text;
      open = [];
    } else {
      if (open.some(({ of }) => of === block.language)) open = [];
      const part = { of: block.language, code: block.text, shown: '' };
      open.push(part);
      if (block.language === language) parts.push(part);
    }
  return parts;
}

/** Whether an output is as shown, where `…` stands for any text of one line. */
export function isAsShown(output: string, shown: string): boolean {
  const pattern = shown
    .trim()
    .split('…')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(output.trim());
}
