import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SESClient,
  SendEmailCommand,
  type SendEmailCommandInput,
  SendRawEmailCommand,
  SendTemplatedEmailCommand,
} from '@aws-sdk/client-ses';
import type { Caller } from '../../../local/engines/engine.ts';
import { createMailEngine } from '../../../local/engines/mail/mail-engine.ts';
import { createMailStore } from '../../../local/engines/mail/mail-store.ts';
import { movableClock } from '../../../local/runtime/clock.ts';
import type { Told } from '../../../local/runtime/events.ts';
import { refusalOf, serve } from '../bucket/support.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function open(options: { caller?: Caller; folder?: string; maxAttempts?: number } = {}) {
  const told: Told[] = [];
  const clock = movableClock(Date.UTC(2026, 0, 2, 3, 4, 5));
  const folder = options.folder === undefined ? {} : { folder: options.folder };
  const engine = createMailEngine({ clock, publish: (each) => told.push(each), ...folder });
  engine.verifyIdentity('moim.example');
  const server = await serve(engine, options.caller);
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
  const maxAttempts = options.maxAttempts ?? 1;
  const client = new SESClient({ region: 'us-east-1', endpoint: server.endpoint, credentials, maxAttempts });
  closing.push(server.close, () => client.destroy());
  const send = (to = 'kim@example.com', more: Partial<SendEmailCommandInput> = {}) =>
    client.send(
      new SendEmailCommand({
        Source: '모임 <no-reply@moim.example>',
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: '인증 <코드>' }, Body: { Text: { Data: 'a&b=c\n2' }, Html: { Data: '<b>1</b>' } } },
        ...more,
      }),
    );
  const sendRaw = (lines: string[], more = {}) =>
    client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(lines.join('\r\n')) }, ...more }));
  return { clock, engine, client, send, sendRaw, told };
}

describe('a mail', () => {
  it('lies in the box as it was sent', async () => {
    const { engine, send, clock } = await open();
    const Destination = {
      ToAddresses: ['kim@example.com'],
      CcAddresses: ['Lee <lee@example.com>'],
      BccAddresses: ['b@b.co'],
    };

    const { MessageId } = await send('', { Destination });

    expect(engine.list()).toEqual([
      {
        id: MessageId,
        at: clock.now(),
        from: '모임 <no-reply@moim.example>',
        to: ['kim@example.com', 'lee@example.com', 'b@b.co'],
        subject: '인증 <코드>',
        text: 'a&b=c\n2',
        html: '<b>1</b>',
      },
    ]);
  });

  it('is read out of a raw message', async () => {
    const { engine, sendRaw } = await open();
    const subject = `=?UTF-8?B?${Buffer.from('안녕').toString('base64')}?=`;
    const headers = ['From: Moim <no-reply@moim.example>', 'To: kim@example.com', `Subject: ${subject}`];

    await sendRaw([...headers, 'Content-Type: text/plain; charset=utf-8', '', '본문']);
    await sendRaw([...headers, '', 'x'], { Destinations: ['other@example.com'] });

    expect(engine.list({ to: 'KIM@example.com' })).toMatchObject([
      { from: 'Moim <no-reply@moim.example>', to: ['kim@example.com'], subject: '안녕', text: '본문', html: '' },
    ]);
    expect(engine.list()[0]).toMatchObject({ to: ['other@example.com'] });
  });

  it('is listed newest first, by address', async () => {
    const { engine, send } = await open();
    const first = await send('a@example.com');
    await send('b@example.com');
    const third = await send('a@example.com');

    expect(engine.list({ to: 'A@Example.com' }).map((mail) => mail.id)).toEqual([third.MessageId, first.MessageId]);
  });
});

describe('what becomes of a mail', () => {
  const ConfigurationSetName = 'set';

  it('is told in the form of SES, of mails sent through a configuration set that reports', async () => {
    const { engine, send, told, clock } = await open();
    engine.createConfigurationSet('set', ['bounce', 'complaint']);
    const Tags = [{ Name: 'template', Value: 'CODE_1' }];
    const { MessageId } = await send('kim@example.com', { ConfigurationSetName, Tags });
    const [mail] = engine.list();
    await clock.advance(5_000);

    engine.report(mail!, 'bounce');
    engine.report(mail!, 'complaint');

    const common = {
      timestamp: '2026-01-02T03:04:05.000Z',
      messageId: MessageId,
      destination: ['kim@example.com'],
      tags: expect.objectContaining({ 'ses:configuration-set': ['set'], template: ['CODE_1'] }),
    };
    const timestamp = '2026-01-02T03:04:10.000Z';
    expect(told).toMatchObject([
      {
        source: 'aws.ses',
        'detail-type': 'Email Bounced',
        detail: {
          eventType: 'Bounce',
          mail: common,
          bounce: {
            bounceType: 'Permanent',
            bounceSubType: 'General',
            bouncedRecipients: [{ emailAddress: 'kim@example.com', action: 'failed', status: '5.1.1' }],
            timestamp,
          },
        },
      },
      {
        source: 'aws.ses',
        'detail-type': 'Email Complaint Received',
        detail: {
          eventType: 'Complaint',
          mail: common,
          complaint: {
            complainedRecipients: [{ emailAddress: 'kim@example.com' }],
            complaintFeedbackType: 'abuse',
            timestamp,
          },
        },
      },
    ]);
  });

  it('is played by the mailbox simulator', async () => {
    const { engine, send, told } = await open();
    engine.createConfigurationSet('set', ['bounce', 'complaint']);

    for (const name of ['bounce', 'Bounce+a', 'complaint', 'suppressionlist', 'success', 'ooto', 'bounced'])
      await send(`${name}@simulator.amazonses.com`, { ConfigurationSetName });
    await send('bounce@example.com', { ConfigurationSetName });

    // biome-ignore lint/suspicious/noExplicitAny: the shape is what is asked
    expect(told.map(({ detail }: any) => [detail.mail.destination[0], detail.bounce?.bounceSubType])).toEqual([
      ['bounce@simulator.amazonses.com', 'General'],
      ['Bounce+a@simulator.amazonses.com', 'General'],
      ['complaint@simulator.amazonses.com', undefined],
      ['suppressionlist@simulator.amazonses.com', 'Suppressed'],
    ]);
  });

  it('is told by nobody without a configuration set, or where it reports other things', async () => {
    const { engine, send, told } = await open();
    engine.createConfigurationSet('set', ['complaint']);

    await send('bounce@simulator.amazonses.com');
    await send('bounce@simulator.amazonses.com', { ConfigurationSetName });

    expect(engine.list()).toHaveLength(2);
    expect(told).toEqual([]);
  });
});

describe('waiting for a mail', () => {
  it('hands out each mail once, oldest first, the ones there already and the ones to come', async () => {
    const { engine, send } = await open();
    const first = await send();
    const second = await send();

    expect((await engine.next('Kim@example.com')).id).toBe(first.MessageId);
    expect((await engine.next('kim@example.com')).id).toBe(second.MessageId);
    const coming = engine.next('kim@example.com');
    await send('lee@example.com');
    const third = await send();
    expect((await coming).id).toBe(third.MessageId);
  });

  it('can be picky', async () => {
    const { engine, send } = await open();
    const wanted = engine.next('kim@example.com', (mail) => mail.subject === 'wanted');
    await send();

    await send('kim@example.com', { Message: { Subject: { Data: 'wanted' }, Body: { Text: { Data: '' } } } });

    expect((await wanted).subject).toBe('wanted');
    expect((await engine.next('kim@example.com')).subject).toBe('인증 <코드>');
  });
});

describe('a send is refused', () => {
  it('without the right, naming the identity', async () => {
    const asked: unknown[] = [];
    const caller: Caller = { name: 'role/mailer', allows: (...question) => asked.push(question) === 0 };
    const { send, sendRaw, engine } = await open({ caller });

    const refusal = await refusalOf(send());
    await refusalOf(sendRaw(['From: a@sub.moim.example', 'To: b@b.co', '', 'x']));

    expect(refusal).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const identity = 'arn:aws:ses:us-east-1:000000000000:identity/moim.example';
    expect(asked).toEqual([
      [
        'ses:SendEmail',
        identity,
        { 'ses:FromAddress': ['no-reply@moim.example'], 'ses:Recipients': ['kim@example.com'] },
      ],
      ['ses:SendRawEmail', identity, expect.anything()],
    ]);
    expect(engine.list()).toEqual([]);
  });

  it('without the right to its configuration set, and through one that does not exist', async () => {
    const identity = 'arn:aws:ses:us-east-1:000000000000:identity/moim.example';
    const caller: Caller = { name: 'role/mailer', allows: (_, resource) => resource === identity };
    const [bound, free] = [await open({ caller }), await open()];
    bound.engine.createConfigurationSet('set', []);
    const more = { ConfigurationSetName: 'set' };

    expect(await refusalOf(bound.send('kim@example.com', more))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('arn:aws:ses:us-east-1:000000000000:configuration-set/set'),
    });
    expect(await refusalOf(free.send('kim@example.com', more))).toMatchObject({
      name: expect.stringMatching(/^ConfigurationSetDoesNotExist/),
    });
    await bound.send();
    expect([bound.engine.list().length, free.engine.list().length]).toEqual([1, 0]);
  });

  it('from a sender that is not verified', async () => {
    const { send, engine } = await open();
    const from = (Source: string) => send('kim@example.com', { Source });

    expect(await refusalOf(from('a@evil.example'))).toMatchObject({ name: 'MessageRejected' });
    expect(await refusalOf(from('a@notmoim.example'))).toMatchObject({ name: 'MessageRejected' });
    engine.verifyIdentity('one@other.example');
    await from('One@other.example');
    expect(await refusalOf(from('two@other.example'))).toMatchObject({ name: 'MessageRejected' });
  });

  it.each([
    ['nobody', { Destination: {} }, 'InvalidParameterValue'],
    ['what is no address', { Destination: { ToAddresses: ['kim'] } }, 'InvalidParameterValue'],
    ['two addresses in one', { Destination: { ToAddresses: ['a@b.co, c@d.co'] } }, 'InvalidParameterValue'],
    ['a forged header', { Destination: { ToAddresses: ['a@b.co\r\nBcc: c@d.co'] } }, 'InvalidParameterValue'],
    ['more than 50', { Destination: { ToAddresses: Array(51).fill('a@b.co') } }, 'MessageRejected'],
    [
      'a subject of two lines',
      { Message: { Subject: { Data: 'a\r\nBcc: b' }, Body: { Text: { Data: '' } } } },
      'InvalidParameterValue',
    ],
    ['a tag that is none', { Tags: [{ Name: 'a', Value: 'b c' }] }, 'InvalidParameterValue'],
    ['no body', { Message: { Subject: { Data: 'a' }, Body: {} } }, 'InvalidParameterValue'],
  ])('to or with %s', async (_, change, name) => {
    const { send, engine } = await open();

    expect(await refusalOf(send('kim@example.com', change as never))).toMatchObject({ name });
    expect(engine.list()).toEqual([]);
  });

  it('when it is an operation that is not known here', async () => {
    const { client, sendRaw } = await open();
    const Destination = { ToAddresses: ['a@b.co'] };
    const templated = { Source: 'a@moim.example', Destination, Template: 't', TemplateData: '{}' };

    expect(await refusalOf(client.send(new SendTemplatedEmailCommand(templated)))).toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('SendTemplatedEmail'),
    });
    expect(await refusalOf(sendRaw(['To: a@b.co', '', 'x']))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('when a test says so, and the SDK tries again after a throttle', async () => {
    const once = await open();
    once.engine.failNext('reject');
    expect(await refusalOf(once.send())).toMatchObject({ name: 'MessageRejected' });
    await once.send();

    const patient = await open({ maxAttempts: 2 });
    patient.engine.failNext('throttle');
    const { $metadata } = await patient.send();
    expect($metadata.attempts).toBe(2);
    expect(patient.engine.list()).toHaveLength(1);
  });
});

describe('the box on disk', () => {
  it('keeps mails over a restart, which then count as handed out', async () => {
    const folder = newFolder();
    const first = await open({ folder });
    await first.send();

    const second = await open({ folder });

    expect(second.engine.list()).toEqual(first.engine.list());
    const next = second.engine.next('kim@example.com');
    const { MessageId } = await second.send();
    expect((await next).id).toBe(MessageId);
  });

  it('drops a line a killed process did not finish, and names any other that is broken', () => {
    const folder = newFolder();
    const file = join(folder, 'mails.jsonl');
    const mail = { id: '1', at: 1, from: 'a', to: ['b'], subject: '', text: '', html: '' };
    createMailStore(folder).add(mail);
    appendFileSync(file, '{"id":"2"');

    const again = createMailStore(folder);
    again.add({ ...mail, id: '3' });

    expect(
      createMailStore(folder)
        .list()
        .map((kept) => kept.id),
    ).toEqual(['3', '1']);
    appendFileSync(file, 'nonsense\n');
    expect(() => createMailStore(folder)).toThrow(`The mail file ${file} is broken: line 3`);
  });

  it('keeps the newest thousand', () => {
    const folder = newFolder();
    const store = createMailStore(folder);
    for (let n = 1; n <= 2000; n++)
      store.add({ id: `${n}`, at: n, from: 'a', to: ['b'], subject: '', text: '', html: '' });

    expect(store.list()).toHaveLength(1000);
    expect(readFileSync(join(folder, 'mails.jsonl'), 'utf8').split('\n')).toHaveLength(1001);
    expect(createMailStore(folder).list()).toEqual(store.list());
  });
});
