import { mailBoxPage, mailsAsJson } from '../../../local/engines/mail/page.ts';

const mail = {
  id: 'id-1',
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  from: 'Moim <no-reply@moim.example>',
  to: ['kim@example.com', '"<x>"@example.com'],
  subject: '<script>alert(1)</script>',
  text: 'Open https://moim.example/login?token=a&b="c" & <b>smile</b>',
  html: '<p title="x">Hello</p></iframe><script>alert(2)</script>',
};

it('shows mails with everything from outside escaped', () => {
  const page = mailBoxPage([mail]);

  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('kim@example.com, &quot;&lt;x&gt;&quot;@example.com');
  expect(page).toContain('&lt;b&gt;smile&lt;/b&gt;');
  expect(page).not.toContain('alert(1)</script>');
  expect(page.match(/<\/iframe>/g)).toHaveLength(1);
});

it('makes the links of a text clickable without letting them out of their quotes', () => {
  const link = 'https://moim.example/login?token=a&amp;b=';

  expect(mailBoxPage([mail])).toContain(`<a href="${link}" target="_blank" rel="noopener noreferrer">${link}</a>`);
  const evil = mailBoxPage([{ ...mail, text: 'javascript:alert(1)', html: '' }]);
  expect(evil).not.toContain('href=');
});

it('shows the HTML of a mail in a frame without scripts or outside loads', () => {
  const page = mailBoxPage([mail]);

  const frame = /<iframe[^>]*>/.exec(page)![0];
  expect(frame).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(frame).not.toMatch(/allow-(scripts|same-origin)/);
  expect(frame).toContain('default-src &#39;none&#39;');
});

it('speaks Korean and English, also about an empty box', () => {
  expect(mailBoxPage([])).toContain('<html lang="ko">');
  expect(mailBoxPage([])).toContain('아직 보낸 메일이 없어요.');
  expect(mailBoxPage([], 'en')).toContain('No mail has been sent yet.');
  expect(mailBoxPage([{ ...mail, subject: '' }], 'en')).toContain('(no subject)');
  expect(mailBoxPage([mail], 'en')).toContain('2 Jan 2026, 12:04:05');
});

it('loads nothing from elsewhere', () => {
  expect(mailBoxPage([])).not.toMatch(/(src|href)=|url\(|@import/);
});

it('gives the mails as JSON', () => {
  expect(JSON.parse(mailsAsJson([mail]))).toEqual({ mails: [{ ...mail, at: '2026-01-02T03:04:05.000Z' }] });
});
