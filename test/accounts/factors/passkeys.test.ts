import { softwareAuthenticator } from '../../support/authenticator.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const origin = 'https://dev.moim.example';
const path = '/v1/accounts/me/passkeys';

async function addPasskey(person: Person, name = 'Laptop', authenticator = softwareAuthenticator(), wrong = {}) {
  const begun = await person.post(`${path}/challenges`);
  const credential = authenticator.create(begun.body.publicKey, wrong);
  return { authenticator, credential, answer: await person.post(path, { name, credential }) };
}
const challenge = async () => (await moim.guest.get('/v1/passkey-challenges', { origin })).body.publicKey;
const signIn = (credential: unknown, more = {}) => moim.guest.post('/v1/passkey-sign-ins', { credential, ...more });

test('row 162: a passkey is added, listed, told by mail, and signs in without a password', async () => {
  const mina = await someone(moim, 'mina');
  const { authenticator, answer } = await addPasskey(mina, 'My phone');
  const mail = await moim.settle().then(() => moim.mail.next(mina.email));
  const signedIn = await signIn(authenticator.get(await challenge()));
  const list = await mina.get('/v1/accounts/me/factors');

  expect(answer.status).toBe(201);
  expect(mail.text).toContain('My phone');
  expect(signedIn).toMatchObject({ status: 201, body: { accountId: mina.id } });
  expect(list.body.passkeys).toEqual([
    { id: answer.body.id, name: 'My phone', synced: false, addedAt: expect.any(String), usedAt: expect.any(String) },
  ]);
  const own = await moim.guest.get('/v1/accounts/me', { authorization: `Bearer ${signedIn.body.accessToken}` });
  expect(own.body.id).toBe(mina.id);
});

test('row 162: of ten passkeys and an eleventh at once, ten are added', async () => {
  const bora = await someone(moim, 'bora');
  const answers = [];
  for (let i = 0; i < 9; i++) answers.push((await addPasskey(bora, `key ${i}`)).answer);
  // Both have their challenge before one is added: with ten, no other begins.
  const begun = await Promise.all([1, 2].map(() => bora.post(`${path}/challenges`)));
  const both = await Promise.all(
    begun.map(async ({ body }) => {
      const credential = softwareAuthenticator().create(body.publicKey);
      return { answer: await bora.post(path, { name: 'x', credential }) };
    }),
  );
  const more = await bora.post(`${path}/challenges`);

  expect(tally(answers)).toEqual({ 201: 9 });
  expect(tally(both.map(({ answer }) => answer))).toEqual({ 201: 1, PASSKEY_LIMIT: 1 });
  expect(outcome(more)).toBe('PASSKEY_LIMIT');
});

describe('an answer that is wrong', () => {
  const wrongs = {
    'is of another origin': { origin: 'https://evil.example' },
    'is for another site': { rpId: 'evil.example' },
    'is of the other kind': { type: 'webauthn.payment' },
    'was unlocked by nobody': { unverified: true },
  } as const;

  test.each(Object.entries(wrongs))('adds nothing where it %s', async (_, wrong) => {
    const person = await someone(moim);
    const { answer } = await addPasskey(person, 'Key', softwareAuthenticator(), wrong);

    expect(outcome(answer)).toBe('PASSKEY_INVALID');
    expect(await itemsOf(moim, 'Factors', { accountId: person.id })).toEqual([]);
  });

  test.each([
    ...Object.entries(wrongs),
    ['has a made-up signature', { signature: new Uint8Array(70) }],
    ['counts backwards', { counter: 0 }],
    ['names another account', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['names no account', { userHandle: 'AAAA' }],
  ] as const)('signs nobody in where it %s', async (_, wrong) => {
    const person = await someone(moim);
    const { authenticator } = await addPasskey(person);
    expect((await signIn(authenticator.get(await challenge()))).status).toBe(201);

    expect(outcome(await signIn(authenticator.get(await challenge(), wrong)))).toBe('PASSKEY_INVALID');
  });
});

test('a challenge works once, for five minutes, and only for what it was given for', async () => {
  const dana = await someone(moim, 'dana');
  const { authenticator, credential } = await addPasskey(dana);
  const one = authenticator.get(await challenge());
  const atOnce = await Promise.all([signIn(one), signIn(one), signIn(one)]);
  const added = authenticator.get((await dana.post(`${path}/challenges`)).body.publicKey);
  const old = await challenge();
  const invented = authenticator.get({
    challenge: Buffer.from('made up').toString('base64url'),
    rpId: 'dev.moim.example',
  });

  expect(tally(atOnce)).toEqual({ 201: 1, PASSKEY_INVALID: 2 });
  expect(outcome(await dana.post(path, { name: 'Again', credential }))).toBe('PASSKEY_INVALID');
  expect(outcome(await signIn(added))).toBe('PASSKEY_INVALID');
  expect(outcome(await signIn(invented))).toBe('PASSKEY_INVALID');
  await moim.clock.advance(301_000);
  expect(outcome(await signIn(authenticator.get(old)))).toBe('PASSKEY_INVALID');
});

test('row 162: the challenge of a sign-in names no site: browsers send no Origin with a GET to their own, and take the host of the page', async () => {
  const asked = await Promise.all(
    [{}, { origin }, { origin: 'https://evil.example' }].map((headers) =>
      moim.guest.get('/v1/passkey-challenges', headers),
    ),
  );

  expect(asked.map(({ status, body }) => [status, 'rpId' in body.publicKey])).toEqual(Array(3).fill([200, false]));
});

test('strangers who ask for challenges write nothing', async () => {
  const before = (await itemsOf(moim, 'UsedChallenge')).length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => moim.guest.get('/v1/passkey-challenges')));

  expect(tally(answers)).toEqual({ 200: 20 });
  expect((await itemsOf(moim, 'UsedChallenge')).length).toBe(before);
  const lines = moim.logs.map(({ line }) => JSON.parse(line)).filter(({ route }) => route === 'getPasskeyChallenge');
  expect(lines.at(-1)).toMatchObject({ requests: 0 });
});

test('a passkey that was removed signs nobody in, and the owner is told', async () => {
  const ella = await someone(moim, 'ella');
  const { authenticator, answer } = await addPasskey(ella, 'Old key');
  await moim.settle();
  await moim.mail.next(ella.email);
  const removed = await ella.delete(`${path}/${answer.body.id}`);
  await moim.settle();

  expect(removed.status).toBe(204);
  expect((await moim.mail.next(ella.email)).subject).toContain('removed');
  expect(outcome(await signIn(authenticator.get(await challenge())))).toBe('PASSKEY_INVALID');
  expect(outcome(await ella.delete(`${path}/${answer.body.id}`))).toBe('NOT_FOUND');
});
