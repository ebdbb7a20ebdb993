import fc from 'fast-check';
import { beginsAs, fileTypeNames, isNamedAs } from '../../shared/product/file-types.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const zip = 'PK\x03\x04\x14\0';
const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0';
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

test('row 108: nothing that a browser runs may be attached', () => {
  const runs = /html|xml$|svg|script|xhtml|wasm|flash|octet|multipart|message/;

  expect(fileTypeNames.filter((name) => runs.test(name))).toEqual([]);
  for (const ending of ['html', 'htm', 'svg', 'xml', 'js', 'exe', 'docm', 'lnk', 'url', 'mht'])
    expect(fileTypeNames.filter((type) => isNamedAs(type, `a.${ending}`))).toEqual([]);
});

test.each([
  ['image/jpeg', 'a.JPG', '\xff\xd8\xff\xe0'],
  ['image/jpeg', 'a.jpeg', '\xff\xd8\xff'],
  ['image/png', 'a.png', '\x89PNG\r\n\x1a\n\0'],
  ['image/webp', 'a.webp', 'RIFF\r\n\0\0WEBPVP8 '],
  ['application/pdf', '계획서.pdf', '%PDF-1.7'],
  ['application/zip', 'a.tar.zip', zip],
  [docx, 'a.docx', zip],
  ['application/hwp+zip', '과제.hwpx', zip],
  ['application/x-hwp', '과제.hwp', compound],
  ['application/msword', 'a.doc', compound],
  ['text/plain', 'a.txt', 'anything'],
  ['text/csv', 'a.csv', '\xef\xbb\xbfa,b'],
])('row 108: %s is known by its name %s and its first bytes', (type, name, head) => {
  expect([isNamedAs(type, name), beginsAs(type, bytes(head))]).toEqual([true, true]);
});

test.each([
  ['image/png', 'a.jpg', '\xff\xd8\xff'],
  ['image/webp', 'a.webp.exe', 'RIFF1234WAVE'],
  ['application/pdf', 'pdf', ' %PDF-1.7'],
  ['application/zip', 'a.docx', compound],
  [docx, 'a.zip', ''],
  ['text/plain', 'a.txt.html', 'MZ\0'],
  ['text/html', 'a.html', '<html>'],
  ['image/svg+xml', 'a.svg', '<svg>'],
  ['constructor', 'a.constructor', 'x'],
])('row 108: %s is not what is called %s, nor what begins so', (type, name, head) => {
  expect([isNamedAs(type, name), beginsAs(type, bytes(head))]).toEqual([false, false]);
});

test('row 108: text is text as long as no byte of its head is zero', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 16 }), (head) => {
      expect(beginsAs('text/plain', head)).toBe(!head.includes(0));
    }),
  );
});
