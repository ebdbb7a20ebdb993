/** Report F23: mails to addresses without an account count for the place that orders them, and so do those that come back. */
import { quotaKey } from '../../../shared/data/quota.ts';
import { fairUse, type LimitName } from '../../../shared/product/fair-use-limits.ts';
import { type Actor, actorAt } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { outcome, tally } from '../../support/replies.ts';
import { put } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';

const moim = useMoim();
const from = (n: number) => actorAt(moim, undefined, `198.18.${n}.7`);
const ask = (who: Actor, email: string, purpose = 'REGISTER', more: object = {}) =>
  who.post('/v1/email-verifications', { email, purpose, ...more });
const box = (to: string) => moim.mail.list({ to });
const { newMail, newMailFromPlace, newMailInFlood, newMailAtMost, bounceFromPlace } = fairUse;

/** Uses a limit of the whole deployment up, as many strangers would. */
const useUp = (limit: LimitName) => {
  const now = moim.clock.now();
  const { times, seconds } = fairUse[limit];
  return put(moim, 'Quota', {
    ...quotaKey({ limit, subject: 'all' }, now),
    used: times,
    expiresAt: Math.floor(now / 1000) + seconds,
  });
};
const nextHour = () => moim.clock.advance(3_600_000);

test('report F23: of 320 made-up addresses, one laptop mails those of an hour, and after four that came back none', async () => {
  const laptop = from(1);
  const answers = [];
  for (let n = 0; n < 320; n++) {
    const email = `made.up.${n}@example.com`;
    answers.push(await ask(laptop, email));
    await moim.settle();
    const [mail] = box(email);
    if (mail) moim.mail.report(mail, 'bounce');
    await moim.settle();
  }
  const tomorrow = [];
  for (let hour = 0; hour < 5; hour++) {
    await nextHour();
    tomorrow.push(await ask(laptop, `later.${hour}@example.com`));
  }

  expect(tally(answers)).toEqual({ 202: bounceFromPlace.times, TOO_MANY_REQUESTS: 320 - bounceFromPlace.times });
  expect(tally(tomorrow)).toEqual({ TOO_MANY_REQUESTS: 5 });
  expect((await ask(from(2), 'honest@example.com')).status).toBe(202);
});

test('row 130: one place orders mails to new addresses for a class at once; then it waits for the next hour', async () => {
  const school = from(3);
  const answers = [];
  for (let n = 0; n < newMailFromPlace.times + 5; n++) answers.push(await ask(school, `pupil.${n}@example.com`));
  await nextHour();

  expect(tally(answers)).toEqual({ 202: newMailFromPlace.times, TOO_MANY_REQUESTS: 5 });
  expect((await ask(school, 'pupil.late@example.com')).status).toBe(202);
});

test('report F23: whoever has an account gets their mail in the same place, after all of that', async () => {
  const person = await withPassword(moim, 'ari');
  const place = from(4);
  for (let n = 0; n < newMailFromPlace.times; n++) await ask(place, `other.${n}@example.com`);

  const { status } = await ask(place, person.email, 'PASSWORD');
  await moim.settle();

  expect([status, box(person.email).length]).toEqual([202, 1]);
});

test('report F23: a mail that says there is no account counts too, and its answer does not tell that it was left out', async () => {
  const place = from(5);
  const answers = [];
  let mails = 0;
  for (let n = 0; n < newMailFromPlace.times + 5; n++) {
    const email = `nobody.${n}@example.com`;
    answers.push(await (n % 2 ? ask(place, email, 'PASSWORD') : place.post('/v1/login-id-reminders', { email })));
    await moim.settle();
    mails += box(email).length;
  }

  expect(tally(answers)).toEqual({ 202: newMailFromPlace.times + 5 });
  expect(mails).toBe(newMailFromPlace.times);
});

test('report F23: in a flood of new addresses each network has one more an hour, and known addresses have all they had', async () => {
  const person = await withPassword(moim, 'bora');
  await nextHour();
  await useUp('newMail');

  const fromOne = [await ask(from(6), 'one@example.com'), await ask(from(6), 'two@example.com')];
  const fromOther = await ask(from(7), 'three@example.com');
  const known = await ask(from(6), person.email, 'PASSWORD');
  await useUp('newMailAtMost');
  const full = await ask(from(8), 'four@example.com');
  const knownStill = await ask(from(8), person.email, 'PASSWORD');
  await moim.settle();

  expect(newMailInFlood.times).toBe(1);
  expect(fromOne.map(outcome)).toEqual([202, 'TOO_MANY_REQUESTS']);
  expect(fromOther.status).toBe(202);
  expect(outcome(full)).toBe('TOO_MANY_REQUESTS');
  expect([known.status, knownStill.status, box(person.email).length]).toEqual([202, 202, 2]);
  expect(newMail.times + newMailAtMost.times).toBeLessThan(2500);
});

test('the place goes along with a mail to a stranger as a keyed hash, and never with a mail to an account', async () => {
  const person = await withPassword(moim, 'chae');
  await nextHour();
  await ask(from(9), 'stranger@example.com');
  await ask(from(9), person.email, 'PASSWORD');
  await moim.settle();

  const [stranger] = box('stranger@example.com');
  const [known] = box(person.email);
  expect(stranger!.tags).toEqual({ template: 'EMAIL_CODE_REGISTER', from: expect.stringMatching(/^[\w-]{22}$/) });
  expect(known!.tags).toEqual({ template: 'EMAIL_CODE_PASSWORD' });
});
