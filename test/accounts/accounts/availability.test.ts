import { quotaKey } from '../../../shared/data/quota.ts';
import { placeOf } from '../../../shared/http/parse.ts';
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { put } from '../../support/table.ts';

const moim = useMoim({ lists: true });
const ask = (query: string) => moim.guest.get(`/v1/availability?${query}`);

beforeAll(async () => {
  const email = 'ari@example.com';
  await moim.guest.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
  const code = await moim.codeFor(email);
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
  await moim.guest.post('/v1/accounts', { ticket: body.ticket, password, nickname: 'Ari', loginId: 'ari_1' });
});

test('row 6: a nickname or a login id that somebody has is not available, in any case', async () => {
  const answers = await Promise.all(
    ['nickname=ari', 'nickname=ARI', 'nickname=bora', 'loginId=ARI_1', 'loginId=bora_1'].map(ask),
  );

  expect(answers.map(({ body }) => body.available)).toEqual([false, false, true, false, true]);
  // Counting who asks costs nothing where people are ordinary.
  expect(costOf(moim, 'checkAvailability')).toEqual({ requests: 1, roundTrips: 1, readUnits: 1, writeUnits: 0 });
});

test('row 6: a name that a public team has is told; private teams, other kinds and names that contain it are not', async () => {
  const leader = await someone(moim);
  const team = (title: string, more: object = {}) =>
    leader.post('/v1/groups', { kind: 'TEAM', title, category: 'IT', visibility: 'PUBLIC', ...more });
  const asked = async (name: string) => (await ask(`teamName=${encodeURIComponent(name)}`)).body.available;
  await team('새벽 코딩');
  await team('밤샘 코딩', { visibility: 'PRIVATE' });
  const { body: renamed } = await team('Night Owls');
  const study = { kind: 'STUDY', endDate: '2026-06-01' };
  await leader.post('/v1/groups', { ...study, title: 'Early Birds', category: 'IT' });
  await moim.settle();

  const told = [];
  for (const name of [
    '새벽 코딩',
    '새벽 코딩'.normalize('NFD'),
    'night OWLS',
    '새벽',
    '밤샘 코딩',
    'Early Birds',
    '🦉',
  ])
    told.push(await asked(name));
  const cost = costOf(moim, 'checkAvailability');
  await leader.post(`/v1/groups/${renamed.id}/disbanding`);
  await moim.settle();

  expect(told).toEqual([false, false, false, true, true, true, true]);
  expect(await asked('Night Owls')).toBe(true);
  expect(costOf(moim, 'checkAvailability').roundTrips).toBeLessThanOrEqual(2);
  // Nothing has the word: no group is read.
  expect(cost).toMatchObject({ requests: 1, roundTrips: 1 });
});

test('row 6: of addresses nobody is told but who reads their mails', async () => {
  const asked = await ask('email=ari@example.com');
  const registered = [];
  for (const email of ['ari@example.com', 'new@example.com']) {
    const purpose = email.startsWith('ari') ? 'PASSWORD' : 'REGISTER';
    await moim.guest.post('/v1/email-verifications', { email, purpose });
    const code = await moim.codeFor(email);
    registered.push(
      (await moim.guest.post('/v1/email-verifications/confirm', { email, purpose, code })).body.registered,
    );
  }

  expect(outcome(asked)).toBe('INVALID_REQUEST');
  expect(registered).toEqual([true, false]);
});

test('one thing is asked for at a time', async () => {
  const answers = await Promise.all(
    ['', 'nickname=ari&loginId=ari_1', 'nickname=ari&teamName=ari', 'loginId=a'].map(ask),
  );

  expect(answers.map(outcome)).toEqual(Array(4).fill('INVALID_REQUEST'));
});

test('row 130: a place that asks for ever is stopped till the hour is over', async () => {
  const { times, lot } = fairUse.availabilityFromPlace;
  const use = { limit: 'availabilityFromPlace', subject: placeOf('127.0.0.1') } as const;
  await put(moim, 'Quota', {
    ...quotaKey(use, moim.clock.now()),
    used: times - lot,
    expiresAt: moim.clock.now() / 1000 + 3600,
  });

  const answers = [];
  for (let n = 0; n < 3 * lot; n++) answers.push(await ask(`nickname=name${n}`));
  const refused = answers.at(-1)!;
  const cost = costOf(moim, 'checkAvailability');
  await moim.clock.advance(3_600_000);

  // One lot that was left, and what a process holds before it writes.
  const passed = tally(answers)[200]!;
  expect(passed).toBeGreaterThanOrEqual(lot);
  expect(passed).toBeLessThan(2 * lot);
  expect(outcome(refused)).toBe('TOO_MANY_REQUESTS');
  expect(refused.headers.get('retry-after')).toBe('3600');
  // What is refused costs nothing.
  expect(cost).toEqual({ requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0 });
  expect((await ask('nickname=two')).status).toBe(200);
});
