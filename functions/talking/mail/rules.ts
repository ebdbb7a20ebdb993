import type { MailReport } from '../../../shared/events/mail-feedback.ts';
import type { SuppressionItem } from './items.ts';

/**
 * Whether a report ends all mail to an address. A bounce does if it is permanent: a full mailbox or a server that is away
 * may take the next mail, and SES has tried for half a day before it tells of them. A complaint does, unless it is the
 * contrary: somebody took the mail out of the spam.
 */
const endsMail = (report: MailReport) =>
  report.eventType === 'Bounce'
    ? report.bounce.bounceType === 'Permanent'
    : report.complaint.complaintFeedbackType !== 'not-spam';

/**
 * The addresses that take no mail from now on, by a report of SES.
 *
 * moim sends each mail to one address, and that is the one to stop: where the mail was forwarded, the report may name
 * another that we do not know. In a report on a mail to several, those that are named are meant.
 */
export function suppressionsOf(report: MailReport): SuppressionItem[] {
  if (!endsMail(report)) return [];
  const [reason, { timestamp, recipients }] =
    report.eventType === 'Bounce'
      ? (['BOUNCE', { ...report.bounce, recipients: report.bounce.bouncedRecipients }] as const)
      : (['COMPLAINT', { ...report.complaint, recipients: report.complaint.complainedRecipients }] as const);
  const named = recipients.map(({ emailAddress }) => emailAddress.toLowerCase());
  const sentTo = [...new Set(report.mail.destination.map((address) => address.toLowerCase()))];
  return sentTo
    .filter((email) => sentTo.length === 1 || named.includes(email))
    .map((email) => ({ email, reason, since: timestamp }));
}
