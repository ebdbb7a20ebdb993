/** Row 1, trust D1: mails that come back end all mail to the address; those that are complained of end news. */
import type { ReportKind } from '../../../local/engines/mail/reports.ts';
import { type Actor, actorAt } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const functionId = 'mail-mail-feedback';

const ordered = new Set<string>();
/** Each address is asked about from a place of its own, because mails that come back count for the place. */
const places = new Map<string, Actor>();
const at = (email: string): Actor => {
  const place = places.get(email) ?? actorAt(moim, undefined, `198.18.${places.size}.7`);
  places.set(email, place);
  return place;
};
const order = async (email: string) => {
  // Between two mails to an address pass 60 seconds.
  if (ordered.has(email)) await moim.clock.advance(60_000);
  ordered.add(email);
  await at(email).post('/v1/login-id-reminders', { email });
  await moim.settle();
};
const askForCode = async (email: string) => {
  const { status, body } = await at(email).post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  await moim.settle();
  return { status, body };
};
const box = (to: string) => moim.mail.list({ to });
/** What became of the last mail to an address. */
const report = async (email: string, kind: ReportKind) => {
  moim.mail.report(box(email)[0]!, kind);
  await moim.settle();
};
const suppressions = (email: string) => itemsOf(moim, 'Suppression', { email });

test('an address whose mail bounced gets no more: neither what was ordered nor a code; the answer tells nobody', async () => {
  const email = 'gone@example.com';
  await order(email);

  await report(email, 'bounce');
  await order(email);
  const { status, body } = await askForCode(email);

  expect(box(email)).toHaveLength(1);
  expect(await suppressions(email)).toEqual([
    expect.objectContaining({ email, reason: 'BOUNCE', since: '2026-03-02T03:00:00.000Z' }),
  ]);
  const other = await askForCode('other@example.com');
  expect({ status, body: { ...body, request: '' } }).toEqual({ status: 202, body: { ...other.body, request: '' } });
  expect(await itemsOf(moim, 'Mail')).toEqual([]);
});

test('F06: an address whose owner complained gets what is asked for, and is marked', async () => {
  const email = 'angry@example.com';
  await order(email);

  await report(email, 'complaint');
  await order(email);

  expect(box(email)).toHaveLength(2);
  expect(await suppressions(email)).toMatchObject([{ reason: 'COMPLAINT' }]);
});

test.each(['mailbox-full', 'undetermined', 'not-spam'] as const)('%s ends nothing', async (kind) => {
  const email = `${kind}@example.com`;
  await order(email);

  await report(email, kind);
  await order(email);

  expect(box(email)).toHaveLength(2);
  expect(await suppressions(email)).toEqual([]);
});

test('the mailbox simulator of SES does so by itself, label by label', async () => {
  await order('bounce+a@simulator.amazonses.com');
  await order('complaint@simulator.amazonses.com');
  await order('success@simulator.amazonses.com');

  for (const name of ['bounce+a', 'bounce+b', 'complaint', 'success']) await order(`${name}@simulator.amazonses.com`);

  const counts = ['bounce+a', 'bounce+b', 'complaint', 'success'].map(
    (name) => box(`${name}@simulator.amazonses.com`).length,
  );
  expect(counts).toEqual([1, 1, 2, 2]);
});

test('what is reported twice, or both ways, is kept once, with the stronger reason', async () => {
  const email = 'twice@example.com';
  await order(email);

  for (const kind of ['complaint', 'bounce', 'bounce', 'complaint'] as const) moim.mail.report(box(email)[0]!, kind);
  await moim.settle();

  expect(await suppressions(email)).toMatchObject([{ reason: 'BOUNCE' }]);
  expect(moim.queues.messages('FailedJobs')).toEqual([]);
});

test('what is kept and what is logged holds nothing of the mail, and the log no address', async () => {
  const email = 'quiet@example.com';
  await order(email);

  await report(email, 'bounce');

  const [{ pk, sk, type, v, ...kept }] = await suppressions(email);
  expect([pk, sk, type, v]).toEqual([`SUPPRESSED#${email}`, 'SUPPRESSION', 'Suppression', 1]);
  expect(Object.keys(kept).filter((name) => name !== 'mark')).toEqual(['email', 'reason', 'since']);
  const lines = moim.logs.filter((each) => each.functionId === functionId).map(({ line }) => line);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      message: 'takes fewer mails from now on',
      template: 'EMAIL_NO_ACCOUNT',
      reason: 'BOUNCE',
      messageId: box(email)[0]!.id,
    }),
  );
  expect(lines.join('\n')).not.toMatch(/@|user unknown|no account/);
});

test('reports of mails that others send from the same AWS account are not ours', async () => {
  const email = 'theirs@example.com';
  await order(email);
  const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: email }], timestamp: new Date(0) };
  const detail = (tags: object) => ({
    eventType: 'Bounce',
    bounce,
    mail: { messageId: 'm', timestamp: new Date(0), destination: [email], tags },
  });

  for (const tags of [{ 'ses:configuration-set': ['theirs'] }, { 'ses:configuration-set': ['moim-prod'] }, {}])
    moim.events.put({ source: 'aws.ses', 'detail-type': 'Email Bounced', detail: detail(tags) });
  const ours = { 'ses:configuration-set': ['moim-dev'] };
  moim.events.put({ source: 'aws.evil', 'detail-type': 'Email Bounced', detail: detail(ours) });
  moim.events.put({ source: 'aws.ses', 'detail-type': 'Email Delivered', detail: detail(ours) });
  await moim.settle();
  await order(email);

  expect(box(email)).toHaveLength(2);
});

test('a report comes again while the table fails', async () => {
  const email = 'persistent@example.com';
  await order(email);
  moim.table.faults.add({
    kind: 'error500',
    operation: 'UpdateItem',
    times: 4,
    match: (body) => JSON.stringify(body).includes('SUPPRESSED#'),
  });

  await report(email, 'bounce');

  expect(await suppressions(email)).toHaveLength(1);
  expect(moim.queues.messages('FailedJobs')).toEqual([]);
});

test('a report that cannot be read is tried three times and then waits for a person', async () => {
  const tags = { 'ses:configuration-set': ['moim-dev'] };
  const detail = { eventType: 'Bounce', mail: { tags, destination: 'secret@example.com' } };

  moim.events.put({ source: 'aws.ses', 'detail-type': 'Email Bounced', detail });
  await moim.settle();

  expect(moim.queues.messages('FailedJobs')).toEqual([
    expect.objectContaining({
      requestContext: expect.objectContaining({ condition: 'RetriesExhausted', approximateInvokeCount: 3 }),
      requestPayload: expect.objectContaining({ detail }),
    }),
  ]);
  expect(moim.logs.filter(({ line }) => line.includes('secret@example.com'))).toEqual([]);
});
