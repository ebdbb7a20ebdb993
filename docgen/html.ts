/** Text that is already safe HTML. */
export interface Html {
  readonly html: string;
}
type Part = string | number | undefined | Html | readonly Html[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const render = (part: Part): string => {
  if (part === undefined) return '';
  if (Array.isArray(part)) return part.map(({ html }: Html) => html).join('');
  if (typeof part === 'object') return (part as Html).html;
  return text(String(part));
};
/** Text as HTML shows it. */
export const text = (source: string): string => source.replace(/[&<>"']/g, (c) => escapes[c]!);

/** A template that escapes its values, except those that are HTML already. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.reduce((text, s, i) => text + s + (i < parts.length ? render(parts[i]) : ''), ''),
});
/** Marks text as HTML. */
export const raw = (text: string): Html => ({ html: text });
/** Rows of cells, as Markdown has them: titles, a line between, the others. */
const table = ([titles = [], _, ...rows]: readonly (readonly Html[])[]): Html =>
  html`<div class="wide"><table><thead><tr>${titles.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

/**
 * Text in which backticks mark code and lines that begin with a dash are a list, or with a bar a table: the part of
 * Markdown that the contracts use.
 */
export function prose(source: string | undefined): Html {
  if (!source) return raw('');
  const inline = (line: string) =>
    raw(
      render(line)
        .replace(/`([^`]+)`/g, '<code>$1</code>')
        .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>'),
    );
  const blocks = source.split(/\n\n/).map((block) => {
    const lines = block.split('\n');
    if (block.startsWith('```')) return html`<pre class="drawing" tabindex="0">${lines.slice(1, -1).join('\n')}</pre>`;
    if (block.startsWith('|'))
      return table(
        lines.map((line) =>
          line
            .slice(1, -1)
            .split('|')
            .map((cell) => inline(cell.trim())),
        ),
      );
    return lines.every((line) => line.startsWith('- '))
      ? html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`
      : html`<p>${inline(block)}</p>`;
  });
  return html`${blocks}`;
}
