/** Mails as the programs that carry and read them need them: public reports 58 and 59. Another library reads them back. */
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { mimeOf } from '../../shared/adapters/mail-mime.ts';

const now = Date.parse('2026-03-02T03:00:00Z');
const plain = { to: 'ari@example.com', template: 'T', sender: 'moim 모임', subject: 's', text: 't', html: '<p>h</p>' };
const written = async (more: Partial<typeof plain>) =>
  (await mimeOf({ ...plain, ...more }, 'no-reply@moim.example', now)).toString('latin1');
const headOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'));
const namesOf = (raw: string) => [...headOf(raw).matchAll(/^([\w-]+):/gm)].map(([, name]) => name);

/** RFC 2047: an encoded word has 75 characters at most, and holds whole characters. */
function wrongWords(raw: string): string[] {
  const words = [...headOf(raw).matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/g)];
  return words
    .filter(([word, form, content = '']) => {
      const unquoted = content
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(+`0x${hex}`));
      const bytes = form === 'B' ? Buffer.from(content, 'base64') : Buffer.from(unquoted, 'latin1');
      return word.length > 75 || bytes.toString('utf8').includes('\uFFFD');
    })
    .map(([word]) => word);
}

test('a mail carries what keeps programs from answering it, and a sender with a name', async () => {
  const raw = await written({});

  expect(namesOf(raw)).toEqual([
    'From',
    'To',
    'Subject',
    'Auto-Submitted',
    'X-Auto-Response-Suppress',
    'Date',
    'Message-ID',
    'MIME-Version',
    'Content-Type',
  ]);
  expect(raw).toContain('\r\nAuto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n');
  expect(raw).toContain('\r\nDate: Mon, 02 Mar 2026 03:00:00 +0000\r\n');
  expect(raw).toMatch(/^From: =\?UTF-8\?[BQ]\?[^?]+\?= <no-reply@moim\.example>\r\nTo: ari@example\.com\r\n/);
});

test('a Korean subject of more than 75 characters is split between characters, not within one', async () => {
  const subject = `[moim] ${'매일 알고리즘 한 문제 👩‍👩‍👧 '.repeat(8)}끝`;

  const raw = await written({ subject });

  expect(raw.match(/=\?UTF-8\?/g)!.length).toBeGreaterThan(5);
  expect(wrongWords(raw)).toEqual([]);
  expect((await PostalMime.parse(raw)).subject).toBe(subject);
});

test('a line that is a dot, or looks like a header or an envelope, arrives as it was', async () => {
  const text = 'a\n.\n..b\nFrom here\nBcc: all@example.com\n\n--x--\n.';

  const { text: read, headers } = await PostalMime.parse(await written({ text }));

  expect(read!.replaceAll('\r\n', '\n').trimEnd()).toBe(text);
  expect(headers.map(({ key }) => key)).not.toContain('bcc');
});

test('whatever the texts are, every line is ASCII, short and ends with CRLF, no header comes of them, and they are read back', async () => {
  const pieces = [
    'a',
    '=',
    '?=',
    '.',
    '"',
    ',',
    '<',
    '가',
    '힣',
    '👩‍👧',
    '\u0301',
    '가나다라마바사아자차카타파하'.repeat(9),
  ];
  const line = fc.array(fc.constantFrom(...pieces, ' '), { minLength: 1, maxLength: 60 });
  const word = line.map((parts) => `x${parts.join('')}x`.replace(/ +/g, ' '));
  const body = fc
    .array(fc.constantFrom(...pieces, '\n', '\n.\n', '\nBcc: b@example.com\n'))
    .map((p) => `${p.join('')}x`);
  const names = namesOf(await written({}));

  await fc.assert(
    fc.asyncProperty(word, word, body, async (subject, sender, text) => {
      const raw = await written({ subject, sender, text, html: `<pre>${text}</pre>` });
      const read = await PostalMime.parse(Buffer.from(raw, 'latin1'));
      const same = (got: string | undefined) => got!.replaceAll('\r\n', '\n').trimEnd();

      expect(raw.split('\r\n').filter((each) => each.length > 78 || !/^[\x20-\x7e\t]*$/.test(each))).toEqual([]);
      expect(namesOf(raw)).toEqual(names);
      expect(wrongWords(raw)).toEqual([]);
      expect([read.subject, read.from?.name]).toEqual([subject, sender]);
      expect([same(read.text), same(read.html)]).toEqual([text, `<pre>${text}</pre>`]);
    }),
    { numRuns: 60 },
  );
});
