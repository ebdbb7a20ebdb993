import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** One comparison of a run: its alternatives, and whether the result meets the target. */
export interface Table {
  readonly title: string;
  /** One or two sentences: what is compared, and how it was measured. */
  readonly compares: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly target: string;
  readonly verdict: string;
  /** Further facts for readers: why a number is what it is, and what would improve it. */
  readonly notes?: readonly string[];
}

/** A part of the benchmark that can be run alone: `npm run bench -- bundles`. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** `step` reports progress, one line for each step. */
  run(step: (text: string) => void): Promise<readonly Table[]>;
}

export const verdict = (met: boolean, otherwise: string) => (met ? 'met' : `not met: ${otherwise}`);

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function markdownOf({ title, compares, columns, rows, target, verdict: judged, notes = [] }: Table): string {
  const rule = columns.map((_, i) => (i === 0 ? '---' : '---:'));
  return [
    `### ${title}`,
    '',
    compares,
    '',
    ...[columns, rule, ...rows].map(line),
    '',
    `Target: ${target}  `,
    `Verdict: **${judged}**`,
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
  ].join('\n');
}

/** Prints a table with aligned columns. */
export function print({ title, compares, columns, rows, target, verdict: judged, notes = [] }: Table) {
  const all = [columns, ...rows].map((row) => row.map((cell) => cell.replace(/[*`]/g, '')));
  const widths = columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const text = all.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  );
  console.log(`\n${title}\n${compares}\n\n  ${text.join('\n  ')}\n\n  target: ${target}\n  verdict: ${judged}`);
  for (const note of notes) console.log(`  - ${note}`);
}

/**
 * Writes a part's tables between its marks in the document. The rest of the document stays as people wrote it.
 *
 * @throws Error if the document has no marks for the part
 */
export function record(document: string, part: Part, tables: readonly Table[], seconds: number) {
  const [begin, end] = [`<!-- measured: ${part.name} -->`, `<!-- end: ${part.name} -->`];
  const text = readFileSync(document, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${document} has no "${begin}" with "${end}" after it`);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `Measured ${date} on ${cpus().length} cores with Node ${process.versions.node}, in ${seconds.toFixed(0)} s.`;
  const measured = [begin, '', machine, '', ...tables.map(markdownOf)].join('\n');
  writeFileSync(document, text.slice(0, from) + measured + text.slice(to));
}
