import type { MailReport } from '../../../shared/events/mail-feedback.ts';
import type { SuppressionItem } from './items.ts';
import type { MailsTaken } from './values.ts';

/**
 * Which mails an address takes. A complaint ends news alone: a stranger can provoke it by ordering mails, and the owner
 * must still recover the account and learn who takes it over.
 */
export function takenBy(suppression: SuppressionItem | undefined): MailsTaken {
  if (suppression?.reason === undefined) return 'ALL';
  return suppression.reason === 'COMPLAINT' ? 'SECURITY' : 'NONE';
}

/** What decides whether a mail goes out to an address that does not take all. */
interface MailClass {
  /** About the security of an account, and no news. */
  readonly isSecurity: boolean;
  /** Its code is the way to get mail again. Few are sent (`fairUse.mailAgain`). */
  readonly bringsBack: boolean;
}

/** Whether a mail goes out to an address. */
export function isTaken(suppression: SuppressionItem | undefined, { isSecurity, bringsBack }: MailClass): boolean {
  const taken = takenBy(suppression);
  return taken === 'ALL' || bringsBack || (taken === 'SECURITY' && isSecurity);
}

/** The mark that a report leaves at an address. */
export interface Mark {
  readonly email: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  readonly since: string;
  /** When the mail of the report was sent. */
  readonly sentAt: string;
}

/**
 * Whether a report ends mail to an address. A bounce does if it is permanent: a full mailbox or a server that is away
 * may take the next mail, and SES has tried for half a day before it tells of them. A complaint does, unless it is the
 * contrary: somebody took the mail out of the spam.
 */
const endsMail = (report: MailReport) =>
  report.eventType === 'Bounce'
    ? report.bounce.bounceType === 'Permanent'
    : report.complaint.complaintFeedbackType !== 'not-spam';

/**
 * The addresses that take no mail or no news from now on, by a report of SES.
 *
 * moim sends each mail to one address, and that is the one to stop: where the mail was forwarded, the report may name
 * another that we do not know. In a report on a mail to several, those that are named are meant.
 */
export function suppressionsOf(report: MailReport): Mark[] {
  if (!endsMail(report)) return [];
  const [reason, { timestamp, recipients }] =
    report.eventType === 'Bounce'
      ? (['BOUNCE', { ...report.bounce, recipients: report.bounce.bouncedRecipients }] as const)
      : (['COMPLAINT', { ...report.complaint, recipients: report.complaint.complainedRecipients }] as const);
  const named = recipients.map(({ emailAddress }) => emailAddress.toLowerCase());
  const sentTo = [...new Set(report.mail.destination.map((address) => address.toLowerCase()))];
  return sentTo
    .filter((email) => sentTo.length === 1 || named.includes(email))
    .map((email) => ({ email, reason, since: timestamp, sentAt: report.mail.timestamp }));
}
