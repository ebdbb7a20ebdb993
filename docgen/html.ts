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
  return String(part).replace(/[&<>"']/g, (c) => escapes[c]!);
};

/** A template that escapes its values, except those that are HTML already. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.reduce((text, s, i) => text + s + (i < parts.length ? render(parts[i]) : ''), ''),
});
/** Marks text as HTML. */
export const raw = (text: string): Html => ({ html: text });
/**
 * Text in which backticks mark code and lines that begin with a dash are a list: the part of Markdown that the
 * contracts use.
 */
export function prose(text: string | undefined): Html {
  if (!text) return raw('');
  const inline = (line: string) =>
    raw(
      render(line)
        .replace(/`([^`]+)`/g, '<code>$1</code>')
        .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>'),
    );
  const blocks = text.split(/\n\n/).map((block) => {
    const lines = block.split('\n');
    if (block.startsWith('```')) return html`<pre>${lines.slice(1, -1).join('\n')}</pre>`;
    return lines.every((line) => line.startsWith('- '))
      ? html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`
      : html`<p>${inline(block)}</p>`;
  });
  return html`${blocks}`;
}
