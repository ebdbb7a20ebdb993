import type { Locale, MailTemplate } from './catalog.ts';
import { catalogOf, fillIn } from './text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);

/**
 * A mail in one language, as text and as HTML. Values come from moim itself (codes, numbers); they are escaped all the
 * same, and line breaks cannot reach a header because the subject's are taken out.
 */
export function mailOf(template: MailTemplate, locale: Locale, values: Readonly<Record<string, string>>) {
  const texts = catalogOf(locale).mails[template];
  const text = fillIn(texts.text, values);
  const paragraphs = text.split('\n\n').map((paragraph) => {
    // A paragraph that is nothing but the code is shown large: it is what the reader came for.
    const style =
      paragraph === values.code
        ? 'font-size:28px;letter-spacing:6px;font-weight:700'
        : 'font-size:15px;line-height:1.6';
    return `<p style="${style}">${escapeHtml(paragraph)}</p>`;
  });
  return {
    subject: fillIn(texts.subject, values).replace(/[\r\n]+/g, ' '),
    text,
    html: `<!doctype html><html lang="${locale}"><body style="font-family:sans-serif;max-width:480px;margin:24px auto;padding:0 16px">${paragraphs.join('')}</body></html>`,
  };
}
