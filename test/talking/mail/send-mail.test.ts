/** Mails that are ordered with their cause: row 11 orders one for every address that is typed in. */
import { useMoim } from '../../support/moim.ts';
import { itemsOf, put, streamOf } from '../../support/table.ts';

const moim = useMoim();
const stream = 'background-stream';

const order = async (email: string, language = 'en') => {
  const { status } = await moim.guest.post('/v1/login-id-reminders', { email }, { 'accept-language': language });
  expect(status).toBe(202);
};
const box = (to: string) => moim.mail.list({ to });
/** The stream's records of orders for an address, as the function got them. */
const recordsFor = (to: string) =>
  streamOf(moim)
    .filter(({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb?.NewImage?.type?.S === 'Mail')
    .filter(({ dynamodb }) => dynamodb?.NewImage?.to?.S === to);
const linesAbout = (text: string) => moim.logs.filter(({ line }) => line.includes(text));

test.each([
  ['ko', '[moim] 가입된 계정이 없어요', 'lang="ko"', 'moim 모임 <no-reply@dev.moim.example>'],
  ['en', '[moim] There is no account with this address', 'lang="en"', 'moim <no-reply@dev.moim.example>'],
])(
  'row 127: a mail comes in the language of the request (%s), as text and as HTML, and its order is forgotten',
  async (language, subject, lang, from) => {
    const to = `${language}@example.com`;

    await order(to, language);
    await moim.settle();

    const [mail, ...others] = box(to);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ subject, from, configurationSet: 'moim-dev', tags: { template: 'EMAIL_NO_ACCOUNT' } });
    // Report 58: no vacation responder answers a code.
    expect(mail!.headers).toMatchObject({ 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' });
    expect(mail!.html).toContain(lang);
    expect(mail!.text.length).toBeGreaterThan(50);
    expect(await itemsOf(moim, 'Mail')).toEqual([]);
  },
);

test('what the stream delivers again is not mailed again', async () => {
  await order('again@example.com');
  await moim.settle();

  const outcomes = await Promise.all(
    [1, 2, 3].map(() => moim.invoke(stream, { Records: recordsFor('again@example.com') })),
  );

  expect(recordsFor('again@example.com')).toHaveLength(1);
  expect(outcomes).toEqual(Array(3).fill({ ok: true, payload: { batchItemFailures: [] } }));
  expect(box('again@example.com')).toHaveLength(1);
});

/** Lets what is parked be tried again after so many seconds. */
const after = async (seconds: number) => {
  await moim.clock.advance(seconds * 1000);
  await moim.settle();
};

test('while SES is throttled the mail waits for a turn, which is no failure; then it comes, once', async () => {
  for (let i = 0; i < 3; i++) moim.mail.failNext('throttle');

  await order('patient@example.com');
  await moim.settle();
  const parked = moim.queues.messages('Parked');
  for (let i = 0; i < 3; i++) await after(1);

  expect(parked).toEqual([expect.objectContaining({ consumer: 'mail.sendMail', event: 'INSERT' })]);
  expect(JSON.stringify(parked)).not.toContain('patient');
  expect(box('patient@example.com')).toHaveLength(1);
  expect(linesAbout('"message":"waits"')).toHaveLength(3);
  expect(linesAbout('"message":"failed"')).toHaveLength(0);
  expect(moim.queues.messages('Parked')).toEqual([]);
  expect(moim.queues.messages('FailedChanges')).toEqual([]);
  expect(await itemsOf(moim, 'Mail')).toEqual([]);
});

test('what SES refuses for good is dropped, holds up nothing, rings the alarm and is logged without the address', async () => {
  moim.mail.failNext('reject');

  await order('refused@example.com');
  await order('behind@example.com');
  await moim.settle();

  expect(box('refused@example.com')).toEqual([]);
  expect(box('behind@example.com')).toHaveLength(1);
  expect(moim.queues.messages('FailedChanges')).toEqual([]);
  expect(await itemsOf(moim, 'Mail')).toEqual([]);
  const [line] = linesAbout('mail refused for good').map((each) => JSON.parse(each.line));
  expect(line).toMatchObject({
    template: 'EMAIL_NO_ACCOUNT',
    refusal: 'MessageRejected',
    MailsRejected: 1,
    stage: 'dev',
  });
  expect(linesAbout('refused@example.com')).toEqual([]);
});

test('an address that SES takes for none holds up nothing, and rings no alarm: anybody may type one', async () => {
  // Past every route: none lets such an address in.
  const rest = { locale: 'en', values: {}, expiresAt: moim.clock.now() / 1000 + 60 } as const;
  await put(moim, 'Mail', { mailId: 'bad', to: '한글@example.com', template: 'EMAIL_NO_ACCOUNT', ...rest });

  await order('sound@example.com');
  await moim.settle();

  expect(box('sound@example.com')).toHaveLength(1);
  const [line] = linesAbout('InvalidParameterValue').map((each) => JSON.parse(each.line));
  expect(line).toMatchObject({ refusal: 'InvalidParameterValue', message: 'mail refused for good' });
  expect(line).not.toHaveProperty('MailsRejected');
  expect(moim.queues.messages('FailedChanges')).toEqual([]);
});

test('an order that has expired is not sent', async () => {
  const rest = { locale: 'en', values: {}, expiresAt: moim.clock.now() / 1000 } as const;
  await put(moim, 'Mail', { mailId: 'late', to: 'late@example.com', template: 'LOGIN_ID_NONE', ...rest });
  await moim.settle();

  expect(box('late@example.com')).toEqual([]);
});

test('a mail that is out is not sent again because its order could not be removed', async () => {
  moim.table.faults.add({
    kind: 'error500',
    operation: 'DeleteItem',
    times: 4,
    match: (body) => JSON.stringify(body).includes('MAIL#'),
  });

  await order('kept@example.com');
  await moim.settle();
  moim.table.faults.clear();

  expect(box('kept@example.com')).toHaveLength(1);
  expect(await itemsOf(moim, 'Mail', { to: 'kept@example.com' })).toHaveLength(1);
  expect(linesAbout('mail order not removed')).toHaveLength(1);
});

test('what cannot be read is mailed when it can', async () => {
  moim.table.faults.add({
    kind: 'error500',
    operation: 'BatchGetItem',
    times: 4,
    match: (body) => JSON.stringify(body).includes('MAIL#'),
  });

  await order('later@example.com');
  await moim.settle();
  expect(box('later@example.com')).toHaveLength(0);
  await after(2);

  expect(box('later@example.com')).toHaveLength(1);
});
