/** Row 127: every mail in Korean and in English, as text and as HTML. */
import fc from 'fast-check';
import { type Locale, locales, type MailTemplate } from '../../../shared/messages/catalog.ts';
import { mailOf } from '../../../shared/messages/mail.ts';
import { mailCatalogOf, mailReasons } from '../../../shared/messages/mail-catalog.ts';

const samples = {
  code: '012345',
  minutes: '5',
  loginId: 'minji_01',
  reason: 'Your application names no home gym.',
  days: '30',
  way: 'the passkey “Laptop”',
  ended: 'your Kakao account',
  kept: 'none',
  device: 'Phone',
  time: '2026-03-02 12:00',
  link: 'https://bucket.example/export.zip?signature=a%2Bb&expires=86400',
  hours: '24',
  provider: 'Kakao',
  title: 'Algorithms every day',
  date: '2026-03-30',
  text: 'minji joined Algorithms.',
};
const templates = Object.keys(mailReasons) as MailTemplate[];
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as keyof typeof samples);
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
const tagsOf = (html: string) => html.match(/<[^>]*>/g)!;

describe.each(templates)('the mail %s', (template) => {
  test.each(locales)('says all in %s, as text and as HTML', (locale: Locale) => {
    const { subject: heading, text: body } = mailCatalogOf(locale).mails[template];
    const mail = mailOf(template, locale, samples);

    for (const name of namesIn(heading)) expect(mail.subject).toContain(samples[name]);
    for (const name of namesIn(body)) {
      expect(mail.text).toContain(samples[name]);
      expect(mail.html).toContain(escaped(samples[name]));
    }
    expect(mail.subject + mail.text + mail.html.replace(/<style>.*<\/style>/, '')).not.toMatch(/[{}]|undefined/);
    expect(/[가-힣]/.test(mail.subject) && /[가-힣]/.test(mail.text)).toBe(locale === 'ko');
    expect(mail.subject.length).toBeLessThan(78);
  });

  test.each(locales)('is a page in %s that opens well on a phone, and says why it came', (locale: Locale) => {
    const { text, html, subject } = mailOf(template, locale, samples);
    const reason = mailCatalogOf(locale).reasons[mailReasons[template]];

    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`));
    expect(html).toContain('name="viewport"');
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html).toContain(`<title>${escaped(subject)}</title>`);
    expect(html).not.toMatch(/<script|<img|<link|src=|url\(/);
    expect(text.endsWith(`\n\n-- \n${reason}`)).toBe(true);
    expect(html).toContain(`>${escaped(reason)}</p></div></body></html>`);
  });
});

test.each(['EMAIL_CODE_REGISTER', 'EMAIL_CODE_PASSWORD', 'EMAIL_CODE_EMAIL'] as const)(
  'row 1: %s shows its code in the subject, on a line of its own, and large',
  (template) => {
    for (const locale of locales) {
      const { subject, text, html } = mailOf(template, locale, samples);

      expect(subject).toContain('012345');
      expect(text.split('\n')).toContain('012345');
      expect(html).toMatch(/<p style="font-size:32px[^"]*">012345<\/p>/);
    }
  },
);

test('row 1: what is mailed when there is no code to give holds none', () => {
  for (const template of ['EMAIL_CODE_KNOWN', 'EMAIL_NO_ACCOUNT', 'EMAIL_TAKEN'] as const)
    for (const locale of locales) expect(JSON.stringify(mailOf(template, locale, samples))).not.toContain('012345');
});

test.each(locales)('a link is a button in %s, its address is in the text', (locale: Locale) => {
  const { text, html } = mailOf('EXPORT_READY', locale, samples);
  const label = mailCatalogOf(locale).mails.EXPORT_READY.button!;

  expect(text.split('\n')).toContain(samples.link);
  expect(html).toMatch(
    /<a href="https:\/\/bucket\.example\/export\.zip\?signature=a%2Bb&amp;expires=86400" style="[^"]*">/,
  );
  expect(html).toContain(`>${label}</a>`);
});

test('what is missing leaves no hole: a notification without a link has no button', () => {
  const { text, html } = mailOf('NOTIFICATION', 'en', { text: 'minji joined.' });

  expect(html).not.toContain('<a ');
  expect(text.split('\n\n')).toHaveLength(3);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'https://a b', 'https://a\nb'])(
  'no link comes of %j',
  (link) => {
    expect(mailOf('EXPORT_READY', 'en', { ...samples, link }).html).not.toContain('<a ');
  },
);

test('only the link is linked, whatever a reason says', () => {
  const { html, text } = mailOf('ACCOUNT_REJECTED', 'ko', {
    reason: 'Look at https://evil.example\n<b>now</b>\n\n{code}',
  });

  expect(html).not.toContain('<a ');
  expect(html).toContain('https://evil.example<br>&lt;b&gt;now&lt;/b&gt;<br><br>{code}</p>');
  expect(text).toContain('https://evil.example\n<b>now</b>\n\n{code}');
});

test('whatever a value holds, no tag and no header line comes of it', () => {
  const pieces = [
    '<',
    '>',
    '&',
    '"',
    "'",
    '\r',
    '\n',
    '\r\nBcc: all@example.com',
    '\u2028',
    '\u0000',
    '\u202e',
    'a',
    '가',
  ];
  const value = fc.array(fc.constantFrom(...pieces), { minLength: 1 }).map((parts) => `x${parts.join('')}x`);
  const cases = templates.flatMap((template) => locales.map((locale) => ({ template, locale })));
  const plain = Object.fromEntries(Object.keys(samples).map((name) => [name, 'x']));

  fc.assert(
    fc.property(value, fc.constantFrom(...cases), (hostile, { template, locale }) => {
      const values = Object.fromEntries(Object.keys(samples).map((name) => [name, hostile]));
      const { subject, text, html } = mailOf(template, locale, values);

      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is asked
      expect(subject).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029\u202e]/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
      expect(tagsOf(html).filter((tag) => tag !== '<br>')).toEqual(tagsOf(mailOf(template, locale, plain).html));
      expect(html.replace(/<style>.*<\/style>|<[^>]*>/g, '')).not.toMatch(/[<>"']/);
    }),
  );
});
