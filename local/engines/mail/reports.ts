import { randomUUID } from 'node:crypto';
import type { Told } from '../../runtime/events.ts';
import { account, region } from '../../runtime/template.ts';
import type { Mail } from './mail-store.ts';

/** The possible reports after SES has accepted a mail. */
export type ReportKind = 'bounce' | 'suppressed' | 'mailbox-full' | 'undetermined' | 'complaint' | 'not-spam';

const bounces = {
  bounce: { bounceType: 'Permanent', bounceSubType: 'General', status: '5.1.1', text: 'smtp; 550 5.1.1 user unknown' },
  suppressed: {
    bounceType: 'Permanent',
    bounceSubType: 'Suppressed',
    status: '5.1.1',
    text: 'Amazon SES did not send',
  },
  'mailbox-full': {
    bounceType: 'Transient',
    bounceSubType: 'MailboxFull',
    status: '4.2.2',
    text: 'smtp; 452 4.2.2 full',
  },
  undetermined: { bounceType: 'Undetermined', bounceSubType: 'Undetermined', status: '', text: '' },
} as const;
const complaints = { complaint: 'abuse', 'not-spam': 'not-spam' } as const;

/** The event type in event destinations of a configuration set. */
export const eventTypeOf = (kind: ReportKind) => (kind in bounces ? 'bounce' : 'complaint');

/**
 * The report that SES's mailbox simulator gives for an address; undefined for other addresses. Labels after `+` are
 * ignored.
 */
export function simulated(address: string): ReportKind | undefined {
  const name = /^([^+@]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address)?.[1]?.toLowerCase();
  if (name === 'bounce' || name === 'complaint') return name;
  return name === 'suppressionlist' ? 'suppressed' : undefined;
}

/** SES's report about a mail, as EventBridge delivers it. */
export function reportOf(kind: ReportKind, mail: Mail, recipients: readonly string[], now: number): Told {
  const timestamp = new Date(now).toISOString();
  const feedbackId = `${randomUUID()}-000000`;
  const common = {
    timestamp: new Date(mail.at).toISOString(),
    source: mail.from,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${mail.from.replace(/^.*@|>$/g, '')}`,
    sendingAccountId: account,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated: false,
    headers: [
      { name: 'From', value: mail.from },
      { name: 'To', value: mail.to.join(', ') },
      { name: 'Subject', value: mail.subject },
    ],
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      ...Object.fromEntries(Object.entries(mail.tags ?? {}).map(([name, value]) => [name, [value]])),
    },
  };
  if (kind === 'complaint' || kind === 'not-spam') {
    const complaint = {
      feedbackId,
      complaintSubType: null,
      complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
      timestamp,
      userAgent: 'Amazon SES Mailbox Simulator',
      complaintFeedbackType: complaints[kind],
      arrivalDate: timestamp,
    };
    const detail = { eventType: 'Complaint', complaint, mail: common };
    return { source: 'aws.ses', 'detail-type': 'Email Complaint Received', detail };
  }
  const { bounceType, bounceSubType, status, text } = bounces[kind];
  const bounced = recipients.map((emailAddress) => ({ emailAddress, action: 'failed', status, diagnosticCode: text }));
  const reportingMTA = 'dns; local.amazonses.com';
  const bounce = { feedbackId, bounceType, bounceSubType, bouncedRecipients: bounced, timestamp, reportingMTA };
  return { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: { eventType: 'Bounce', bounce, mail: common } };
}
