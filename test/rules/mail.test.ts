import { suppressionsOf } from '../../functions/talking/mail/rules.ts';
import { goesOut } from '../../functions/talking/mail/service.ts';
import type { MailReport } from '../../shared/events/mail-feedback.ts';
import type { MailTemplate } from '../../shared/messages/catalog.ts';
import { mailReasons } from '../../shared/messages/mail-catalog.ts';

const timestamp = '2026-03-02T03:00:05.000Z';
const sentAt = '2026-03-02T03:00:00.000Z';
const recipients = (...addresses: string[]) => addresses.map((emailAddress) => ({ emailAddress }));
const bounce = (bounceType: string, sentTo = ['ari@example.com'], named = sentTo): MailReport => ({
  eventType: 'Bounce',
  mail: { messageId: 'm', timestamp: sentAt, destination: sentTo },
  bounce: { bounceType, bouncedRecipients: recipients(...named), timestamp },
});
const complaint = (complaintFeedbackType?: string | null): MailReport => ({
  eventType: 'Complaint',
  mail: { messageId: 'm', timestamp: sentAt, destination: ['ari@example.com'] },
  complaint: {
    ...(complaintFeedbackType === undefined ? {} : { complaintFeedbackType }),
    complainedRecipients: recipients('ari@example.com'),
    timestamp,
  },
});

test('row 1: only a bounce that is permanent ends the mail to an address', () => {
  expect(suppressionsOf(bounce('Permanent'))).toEqual([
    { email: 'ari@example.com', reason: 'BOUNCE', since: timestamp, sentAt },
  ]);
  for (const type of ['Transient', 'Undetermined', 'Unheard-of']) expect(suppressionsOf(bounce(type))).toEqual([]);
});

test.each([undefined, null, 'abuse', 'fraud', 'virus', 'other', 'auth-failure'])(
  'row 1: a complaint of type %s ends the news to an address',
  (type) => {
    expect(suppressionsOf(complaint(type))).toEqual([
      { email: 'ari@example.com', reason: 'COMPLAINT', since: timestamp, sentAt },
    ]);
  },
);

test('row 1: who takes a mail out of the spam goes on getting mails', () => {
  expect(suppressionsOf(complaint('not-spam'))).toEqual([]);
});

test('the address is the one that the mail was sent to, as moim writes it, whatever address the report names', () => {
  const [forwarded] = suppressionsOf(bounce('Permanent', ['Ari@Example.com'], ['elsewhere@other.example']));

  expect(forwarded?.email).toBe('ari@example.com');
});

test('of a mail to several, those that are named are meant, once each', () => {
  const sentTo = ['ari@example.com', 'Bora@example.com', 'bora@example.com', 'chae@example.com'];

  const found = suppressionsOf(bounce('Permanent', sentTo, ['BORA@example.com', 'chae@example.com']));

  expect(found.map(({ email }) => email)).toEqual(['bora@example.com', 'chae@example.com']);
  expect(suppressionsOf(bounce('Permanent', [], []))).toEqual([]);
});

test('F06: after a complaint, everything but news arrives; after a bounce, the code alone that asks for mail again', () => {
  const templates = Object.keys(mailReasons) as MailTemplate[];
  const news: MailTemplate[] = ['LEADER_SILENT', 'CLUB_ACCEPTED', 'CLUB_REJECTED', 'NOTIFICATION'];
  const left = (reason?: 'BOUNCE' | 'COMPLAINT') =>
    templates.filter((template) => !goesOut({ email: 'ari@example.com', ...(reason && { reason }) }, template));

  expect(left()).toEqual([]);
  expect(left('COMPLAINT')).toEqual(news);
  expect(left('BOUNCE')).toEqual(templates.filter((template) => template !== 'EMAIL_CODE_MAIL'));
  expect(templates.filter((template) => !goesOut(undefined, template))).toEqual([]);
});
