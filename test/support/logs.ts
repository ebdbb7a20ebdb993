/** Checks that no log line shows a secret or an address, at the end of every file that runs moim. */
import type { Cloud } from '../../local/cloud.ts';

const patterns: Readonly<Record<string, RegExp>> = {
  'an address': /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  'a token': /eyJ[\w-]+\.[\w-]+\.[\w-]*/,
  'a refresh token': /[0-9a-f-]{36}\.[0-9a-f-]{36}\./,
  'a device token': /[\w-]{43}\.[\w-]{12}\.[\w-]{43}/,
  'a header': /Bearer |set-cookie|authorization"?:\s*"(?!\[redacted)/i,
  'a password hash': /\$argon2/,
  'a signature': /X-Amz-Signature=|AWS4-HMAC/,
  'a ticket': /ticket=/,
};

/** The codes in mails: six digits on their own. */
const codesIn = (cloud: Cloud) => cloud.mail.list().flatMap(({ subject }) => subject.match(/\b\d{6}\b/g) ?? []);

/** The lines that show a secret or an address, each with the text that it shows. */
export function secretsShown(cloud: Cloud): string[] {
  const codes = codesIn(cloud);
  const code = codes.length > 0 ? new RegExp(`(?<![\\w.-])(${codes.join('|')})(?![\\w-])`) : undefined;
  const all = Object.entries({ ...patterns, ...(code ? { 'a code': code } : {}) });
  return cloud.logs.flatMap(({ functionId, line }) =>
    all
      .filter(([, pattern]) => pattern.test(line))
      .map(([what]) => `${functionId} shows ${what}: ${line.slice(0, 300)}`),
  );
}
