import type { Locale, MailTemplate } from './catalog.ts';
import { brand, mailCatalogOf, mailReasons } from './mail-catalog.ts';
import { fillIn } from './text.ts';

type Values = Readonly<Record<string, string>>;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** Control characters except the line break, and marks that change the text direction. No value needs them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unfit = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const cleaned = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.replace(/\r\n?/g, '\n').replace(unfit, ' ').trim()]),
  );

const isWebAddress = (text: string) => /^https?:\/\/[^\s]+$/.test(text);

/** The look of a paragraph that is nothing but this value. */
const looks: Readonly<Record<string, string>> = {
  code: 'font-size:32px;line-height:1.2;letter-spacing:6px;font-weight:700;margin:24px 0',
  loginId: 'font-size:22px;line-height:1.3;font-weight:700;margin:24px 0;overflow-wrap:anywhere',
  text: 'font-size:18px;line-height:1.5;margin:16px 0;overflow-wrap:anywhere',
  reason: 'font-size:16px;line-height:1.6;margin:16px 0;padding-left:12px;border-left:3px solid #8a8a8a',
};
const plain = 'font-size:16px;line-height:1.6;margin:16px 0;overflow-wrap:anywhere';
const buttonStyle =
  'display:inline-block;padding:12px 24px;border-radius:8px;background-color:#1d5fb4;color:#ffffff;font-weight:700;text-decoration:none';
/** A grey that is readable on white and on black. */
const faint = 'font-size:13px;line-height:1.5;margin:16px 0;color:#767676';

/** A paragraph of a template as HTML. It is escaped as a whole; only `{link}` on a line of its own becomes a button. */
function paragraphOf(paragraph: string, values: Values, button: string | undefined): string {
  const alone = /^\{(\w+)\}$/.exec(paragraph)?.[1];
  const shown = escapeHtml(fillIn(paragraph, values)).replaceAll('\n', '<br>');
  const isButton = alone === 'link' && button !== undefined && isWebAddress(values.link ?? '');
  const content = isButton ? `<a href="${shown}" style="${buttonStyle}">${escapeHtml(button)}</a>` : shown;
  return `<p style="${(alone && looks[alone]) ?? plain}">${content}</p>`;
}

/**
 * A mail in one language, as text and as HTML. No value can add a tag, a link or a header line: values are escaped, only
 * `{link}` is linked, and the subject is one line. The HTML sets colours only in pairs that can be read on each other, so
 * that a dark screen may invert the rest.
 */
export function mailOf(template: MailTemplate, locale: Locale, given: Values) {
  const { mails, reasons, sender } = mailCatalogOf(locale);
  const { subject: heading, text: body, button } = mails[template];
  const values = cleaned(given);
  const subject = fillIn(heading, values).replace(/\s+/g, ' ').trim();
  const footer = reasons[mailReasons[template]];
  // A paragraph whose only value is missing is left out.
  const paragraphs = body.split('\n\n').filter((paragraph) => fillIn(paragraph, values).trim() !== '');
  return {
    template,
    sender,
    subject,
    text: [...paragraphs.map((paragraph) => fillIn(paragraph, values)), `-- \n${footer}`].join('\n\n'),
    html: [
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width,initial-scale=1">',
      '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
      `<title>${escapeHtml(subject)}</title><style>:root{color-scheme:light dark}</style></head>`,
      '<body style="margin:0;padding:0"><div style="max-width:480px;margin:0 auto;padding:24px 16px;',
      "font-family:-apple-system,BlinkMacSystemFont,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',",
      'Roboto,sans-serif;word-break:keep-all">',
      `<p style="font-size:18px;font-weight:700;margin:0 0 24px">${escapeHtml(brand)}</p>`,
      ...paragraphs.map((paragraph) => paragraphOf(paragraph, values, button)),
      '<hr style="border:0;border-top:1px solid #8a8a8a;margin:32px 0 0">',
      `<p style="${faint}">${escapeHtml(footer)}</p></div></body></html>`,
    ].join(''),
  };
}
