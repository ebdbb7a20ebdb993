/** How long people wait for what follows while something is slow, refused or much, counted on the test's clock. */
import { type Moim, type Person, startMoim } from '../support/moim.ts';
import { crowd, someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { putAll } from '../support/table.ts';

/** As `npm start`: what a stream source or a delivery repeats waits 1, 2, 4 ... s. Mails have SES's first rate. */
const slowMoim = () =>
  startMoim({
    retryDelay: (retry) => Math.min(60_000, 1000 * 2 ** (retry - 1)),
    edit({ Resources }) {
      for (const { Properties } of Object.values(Resources)) {
        const { Variables } = (Properties.Environment ?? {}) as { Variables?: Record<string, string> };
        if (Variables?.MAILS_PER_SECOND) Variables.MAILS_PER_SECOND = '1';
      }
    },
  });

let moim: Moim;
afterEach(() => moim.close());

/** Lets everything that needs no time happen. */
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

/** Milliseconds on the clock until something is so; the clock moves while nothing else can. */
async function until(isSo: () => Promise<boolean>, step: number, limit: number): Promise<number> {
  const started = moim.clock.now();
  for (;;) {
    await turns(50);
    if (await isSo()) return moim.clock.now() - started;
    if (moim.clock.now() - started > limit) throw new Error(`not within ${limit} ms`);
    await moim.clock.advance(step);
  }
}

const mailItems = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    mailId: `bulk-${i}`,
    to: `bulk-${i}@example.com`,
    template: 'LOGIN_ID_NONE' as const,
    locale: 'en' as const,
    values: {},
    expiresAt: moim.clock.now() / 1000 + 86_400,
  }));
const bulk = () => moim.mail.list().filter(({ to }) => to[0]!.startsWith('bulk-')).length;
const codeTo = (email: string) => moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
const has = (email: string) => async () => moim.mail.list({ to: email }).length > 0;
const inboxOf = (who: Person) => async () => (await who.get('/v1/notifications')).body.items.length > 0;

test('three throttled mails before a new group: it is on its lists within 2 s', async () => {
  moim = await slowMoim();
  const leader = await someone(moim);
  for (let i = 0; i < 500; i++) moim.mail.failNext('throttle');
  await putAll(moim, 'Mail', mailItems(3));

  const { groupId } = await found(leader);
  // Listed at once, in the order that follows by the stream too: an entry is seen a few seconds after its instant.
  const took = await until(
    async () => {
      const { body } = await leader.get('/v1/groups?sort=DEADLINE');
      return body.items.some(({ id }: { id: string }) => id === groupId);
    },
    100,
    60_000,
  );

  expect(took).toBeLessThanOrEqual(2000);
});

test('500 bulk mails while SES takes one a second: a code comes within 2 s, all are out within 20 minutes', async () => {
  moim = await slowMoim();
  moim.mail.limitRate(1);
  const started = moim.clock.now();
  await putAll(moim, 'Mail', mailItems(500));
  const codes: number[] = [];

  while (bulk() < 500 && moim.clock.now() - started < 1_200_000) {
    await moim.settle();
    await moim.clock.advance(1000);
    const seconds = (moim.clock.now() - started) / 1000;
    if (seconds % 100 !== 50) continue;
    const email = `code-${seconds}@example.com`;
    await codeTo(email);
    codes.push(await until(has(email), 500, 60_000));
  }
  await moim.settle();

  expect(codes.length).toBeGreaterThan(5);
  expect(Math.max(...codes)).toBeLessThanOrEqual(2000);
  expect(bulk()).toBe(500);
  expect(new Set(moim.mail.list().map(({ to }) => to[0])).size).toBe(moim.mail.list().length);
  expect([moim.queues.messages('FailedChanges'), moim.queues.messages('Parked')]).toEqual([[], []]);
});

test('while SES does not answer an inbox entry comes within 1 s, and the codes when it answers again', async () => {
  moim = await slowMoim();
  const leader = await someone(moim);
  const { path } = await found(leader);
  await moim.settle();
  const [member] = await crowd(moim, 1);
  // In every partition of the stream there is one that hangs.
  const emails = Array.from({ length: 40 }, (_, i) => `hanging-${i}@example.com`);
  for (const _ of emails) moim.mail.failNext('hang');
  await Promise.all(emails.map(codeTo));
  await turns(200);

  await member!.post(`${path}/members`);
  const took = await until(inboxOf(leader), 50, 20_000);
  const codes = await until(
    async () => (await Promise.all(emails.map((email) => has(email)()))).every(Boolean),
    500,
    60_000,
  );

  expect(took).toBeLessThanOrEqual(1000);
  expect(codes).toBeLessThanOrEqual(20_000);
});
