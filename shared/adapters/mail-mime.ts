/** Mails as messages of RFC 5322 and MIME: SES adds headers of its own only to those (ADR 16). */
import MimeNode from 'nodemailer/lib/mime-node';

export interface Mail {
  readonly to: string;
  /** SES repeats it in its reports about the mail. */
  readonly template: string;
  /** The place that ordered it, as a keyed hash: likewise repeated. */
  readonly from?: string;
  /** The sender's name. */
  readonly sender: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Keeps programs from answering: vacation responders look at the first (RFC 3834), those of Exchange at the second. No mail
 * is a bulk mail: each is asked for or about the account, so there is no list to leave (docs/mail.md).
 */
const noReplies = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** Lines of a text part end with CRLF (RFC 2046, 4.1.1), also within base64. */
const canonical = (text: string) => text.replace(/\r?\n/g, '\r\n');

/**
 * The bytes of a mail: every line in ASCII and short enough for all servers, the texts as two alternatives. Date and
 * Message-ID are only what MIME libraries insist on: SES replaces both with its own.
 *
 * @param address the sender's
 * @param now milliseconds since 1970
 */
export function mimeOf({ to, sender, subject, text, html }: Mail, address: string, now: number): Promise<Buffer> {
  const message = new MimeNode('multipart/alternative', { disableFileAccess: true, disableUrlAccess: true });
  message.setHeader({
    From: { name: sender, address },
    // As a value, not as text to be read: a comma in it must not make two readers of one.
    To: { name: '', address: to },
    Subject: subject,
    ...noReplies,
    Date: new Date(now).toUTCString().replace('GMT', '+0000'),
  });
  message.createChild('text/plain; charset=utf-8').setContent(canonical(text));
  message.createChild('text/html; charset=utf-8').setContent(canonical(html));
  return message.build();
}
