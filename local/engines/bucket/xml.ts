/** The XML of S3 and SES. It is written by hand; only the two kinds of documents that S3 accepts are read. */

/** Escapes text for XML and for HTML, in content as well as in quoted attributes. */
export function escapeXml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  // XML 1.0 cannot contain control characters, not even escaped ones. Keys with them are listed URL-encoded.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[&<>"']/g, (c) => names[c]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
}

/** Markup that is already escaped. */
export interface Markup {
  readonly markup: string;
}

/** An element around text (escaped here) or around other elements. */
export function element(name: string, content: string | number | boolean | readonly Markup[], namespace = ''): Markup {
  const inner = Array.isArray(content)
    ? (content as readonly Markup[]).map((child) => child.markup).join('')
    : escapeXml(String(content));
  return { markup: `<${name}${namespace ? ` xmlns="${namespace}"` : ''}>${inner}</${name}>` };
}

export const xmlDocument = (root: Markup) => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}`;

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

function unescapeXml(text: string): string {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return names[name] ?? whole;
  });
}

/**
 * The inner text of each `<name>` in a document, still escaped. This is enough for lists such as `<Object>` in
 * `<Delete>`, where no element contains another with its own name.
 */
export function readElements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}\\s*>`, 'g'))].map((m) => m[1]!);
}

/** The text of the first `<name>`, unescaped, or undefined. */
export function readText(xml: string, name: string): string | undefined {
  const [inner] = readElements(xml, name);
  return inner === undefined ? undefined : unescapeXml(inner);
}
