import { interrupted } from '../../support/between.ts';
import { type Person, password, useMoim } from '../../support/moim.ts';
import { become } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { type LocalProvider, startLocalProvider } from './local-provider.ts';
import { redirectUri, register } from './support.ts';

const moim = useMoim();
let local: LocalProvider;
beforeAll(async () => {
  local = await startLocalProvider(moim.clock.now);
  const { kakao, github } = local.registrations;
  await register(moim, { kakao, github });
});
afterAll(() => local.stop());

const path = '/v1/accounts/me/identities';
const signedUp = (nickname: string) => withPassword(moim, nickname);
let serial = 1000;
const fresh = () => ({ id: serial++, emails: [] });

const complete = (ticket: string, query: string) => moim.guest.post('/v1/social-sign-ins/complete', { ticket, query });
const beginLink = (who: Pick<Person, 'post'>, provider = 'kakao') => who.post(path, { provider, redirectUri });
async function link(who: Pick<Person, 'post'>, provider = 'kakao', person: object = fresh()) {
  const { body } = await beginLink(who, provider);
  return complete(body.ticket, local.agree(body.authorizationUrl, person));
}
async function signIn(provider: string, person: object) {
  const { body } = await moim.guest.post('/v1/social-sign-ins', { provider, redirectUri });
  return complete(body.ticket, local.agree(body.authorizationUrl, person));
}
const authorityOf = async (accountId: string) => (await itemsOf(moim, 'Authority', { accountId }))[0];

/** Somebody who signed up through a provider, without an address. */
async function newcomer(nickname: string, person = fresh()) {
  const { body } = await signIn('github', person);
  const { body: made } = await moim.guest.post('/v1/social-sign-ups', { ticket: body.ticket, nickname });
  const headers = { authorization: `Bearer ${made.session.accessToken}` };
  return {
    id: made.accountId as string,
    get: (at: string) => moim.guest.get(at, headers),
    post: (at: string, body?: unknown) => moim.guest.post(at, body, headers),
    delete: (at: string) => moim.guest.send<{ code?: string }>('DELETE', at, { headers }),
  };
}

test('row 7: whoever is signed in links a provider, signs in with it, and sees it', async () => {
  const mina = await signedUp('mina');
  const person = { id: 1, email: 'other@example.com' };

  const linked = await link(mina, 'kakao', person);
  await moim.settle();
  const mail = await moim.mail.next(mina.email);
  const { body: list } = await mina.get(path);
  const signedIn = await signIn('kakao', person);

  expect(linked.body).toEqual({ status: 'LINKED', provider: 'kakao' });
  expect(mail.text).toContain('Kakao');
  expect(list.items).toEqual([
    { id: expect.any(String), provider: 'kakao', email: 'other@example.com', linkedAt: expect.any(String) },
  ]);
  expect(signedIn.body).toMatchObject({ status: 'SIGNED_IN', session: { accountId: mina.id } });
  expect(await authorityOf(mina.id)).toMatchObject({ waysIn: 2, email: mina.email });
});

test('row 7: a new password at the moment of linking ends it', async () => {
  const yuna = await signedUp('yuna');
  const { body } = await beginLink(yuna);
  const query = local.agree(body.authorizationUrl, fresh());
  const change = () =>
    yuna.send('PUT', '/v1/accounts/me/password', { body: { currentPassword: password, password: 'Another-Horse-8' } });

  // The first write uses the step up.
  const answer = await interrupted(moim, change, () => complete(body.ticket, query), 2);

  expect(outcome(answer)).toBe('SOCIAL_SIGN_IN_INVALID');
  expect(await authorityOf(yuna.id)).toMatchObject({ waysIn: 1 });
  expect(await itemsOf(moim, 'Identity', { accountId: yuna.id })).toEqual([]);
});

test('row 7: the same person of a provider is linked to one account', async () => {
  const [first, second] = [await signedUp('first'), await signedUp('second')];
  const person = fresh();

  const answers = [await link(first, 'kakao', person), await link(second, 'kakao', person)];

  expect(answers.map(outcome)).toEqual([200, 'IDENTITY_TAKEN']);
  expect(answers[1]!.body.errors).toEqual([{ pointer: '/provider', reason: 'Kakao' }]);
  expect((await second.get(path)).body.items).toEqual([]);
  expect(await authorityOf(second.id)).toMatchObject({ waysIn: 1 });
});

test('row 7: two accounts that link the same person at once: one gets them', async () => {
  const people = await Promise.all(['race1', 'race2', 'race3'].map(signedUp));
  const person = fresh();

  const answers = await Promise.all(people.map((each) => link(each, 'kakao', person)));

  expect(tally(answers)).toEqual({ 200: 1, IDENTITY_TAKEN: 2 });
  const ways = await Promise.all(people.map(async ({ id }) => (await authorityOf(id)).waysIn));
  expect(ways.sort()).toEqual([1, 1, 2]);
});

test('row 7: an account is linked to one person of a provider', async () => {
  const jiho = await signedUp('jiho');
  const [one, two] = [fresh(), fresh()];
  const steps = await Promise.all([one, two].map(async (person) => ({ ...(await beginLink(jiho)).body, person })));

  const answers = await Promise.all(
    steps.map(({ ticket, authorizationUrl, person }) => complete(ticket, local.agree(authorizationUrl, person))),
  );
  const third = await beginLink(jiho);
  // Another provider comes to the same map of the account.
  await moim.clock.advance(1000);
  const other = await link(jiho, 'github', fresh());

  expect(tally(answers)).toEqual({ 200: 1, ALREADY_LINKED: 1 });
  expect([outcome(third), outcome(other)]).toEqual(['ALREADY_LINKED', 200]);
  expect((await jiho.get(path)).body.items.map(({ provider }: { provider: string }) => provider)).toEqual([
    'kakao',
    'github',
  ]);
  expect(await authorityOf(jiho.id)).toMatchObject({ waysIn: 3 });
});

test('row 7: two providers linked to one account at the same moment are both linked, or one is told to try again', async () => {
  const both = await signedUp('both');
  const steps = await Promise.all(['kakao', 'github'].map(async (each) => (await beginLink(both, each)).body));

  const answers = await Promise.all(
    steps.map(({ ticket, authorizationUrl }) => complete(ticket, local.agree(authorizationUrl, fresh()))),
  );

  const linked = answers.filter(({ status }) => status === 200).length;
  expect(answers.map(outcome).filter((each) => ![200, 'TRY_AGAIN'].includes(each))).toEqual([]);
  expect(linked).toBeGreaterThanOrEqual(1);
  expect(await authorityOf(both.id)).toMatchObject({ waysIn: 1 + linked });
  expect((await both.get(path)).body.items).toHaveLength(linked);
});

test('row 7: linking again what is linked changes nothing', async () => {
  const yuna = await signedUp('yuna');
  const person = fresh();
  const { body: early } = await beginLink(yuna);
  await link(yuna, 'kakao', person);

  const again = await complete(early.ticket, local.agree(early.authorizationUrl, person));

  expect(again.body).toEqual({ status: 'LINKED', provider: 'kakao' });
  expect(await authorityOf(yuna.id)).toMatchObject({ waysIn: 2 });
});

test('row 7: a new password in between ends a linking that was begun', async () => {
  const dana = await signedUp('dana');
  const { body } = await beginLink(dana);
  const changed = await dana.send('PUT', '/v1/accounts/me/password', {
    body: { currentPassword: password, password: 'Another-Horse-8' },
  });

  const answer = await complete(body.ticket, local.agree(body.authorizationUrl, fresh()));

  expect([changed.status, outcome(answer)]).toEqual([204, 'SOCIAL_SIGN_IN_INVALID']);
  expect(await authorityOf(dana.id)).toMatchObject({ waysIn: 1 });
});

test('rows 7, 10: a sign-out ends a linking that was begun', async () => {
  const dana = await signedUp('dana-out');
  const { body } = await beginLink(dana);
  const ended = await dana.delete('/v1/sessions/current');

  const answer = await complete(body.ticket, local.agree(body.authorizationUrl, fresh()));

  expect([ended.status, outcome(answer)]).toEqual([204, 'SOCIAL_SIGN_IN_INVALID']);
  expect(await authorityOf(dana.id)).toMatchObject({ waysIn: 1 });
});

test('row 7: an account that was rejected or has withdrawn in between is not linked', async () => {
  const people = [await signedUp('rejected'), await signedUp('withdrawn')];
  const steps = await Promise.all(people.map(async (each) => (await beginLink(each)).body));
  const codes = steps.map(({ authorizationUrl }) => local.agree(authorizationUrl, fresh()));
  await become(moim, people[0]!, 'REJECTED');
  await become(moim, people[1]!, 'WITHDRAWN');

  const answers = await Promise.all(steps.map(({ ticket }, i) => complete(ticket, codes[i]!)));

  expect(answers.map(outcome)).toEqual(['ACCOUNT_REJECTED', 'SOCIAL_SIGN_IN_INVALID']);
  const links = await Promise.all(people.map(({ id }) => itemsOf(moim, 'Identity', { accountId: id })));
  expect(links).toEqual([[], []]);
});

test('row 7: somebody who is known to a provider does not become somebody else by its address', async () => {
  const owner = await signedUp('addressed');
  await link(owner, 'kakao', fresh());

  const other = await signIn('kakao', { id: serial++, email: owner.email });

  expect(outcome(other)).toBe('ALREADY_LINKED');
});

test('row 7: what is linked is unlinked, and free for others', async () => {
  const [mine, theirs] = [await signedUp('mine'), await signedUp('theirs')];
  const person = fresh();
  await link(mine, 'kakao', person);
  const [{ id }] = (await mine.get(path)).body.items;

  const foreign = await theirs.delete(`${path}/${id}`);
  const done = await mine.delete(`${path}/${id}`);
  const again = await mine.delete(`${path}/${id}`);
  const taken = await link(theirs, 'kakao', person);

  expect([foreign, done, again, taken].map(outcome)).toEqual(['NOT_FOUND', 204, 'NOT_FOUND', 200]);
  expect((await mine.get(path)).body.items).toEqual([]);
  expect(await authorityOf(mine.id)).toMatchObject({ waysIn: 1, identities: {} });
  // And once more, into the map that is there.
  expect(outcome(await link(mine, 'kakao', fresh()))).toBe(200);
});

test('row 7: the last way in stays', async () => {
  const only = await newcomer('Only');
  const [{ id }] = (await only.get(path)).body.items;

  const refused = await only.delete(`${path}/${id}`);
  await link(only, 'kakao', fresh());
  const done = await only.delete(`${path}/${id}`);

  expect([refused, done].map((each) => outcome(each as never))).toEqual(['LAST_WAY_IN', 204]);
  expect((await only.get(path)).body.items).toMatchObject([{ provider: 'kakao' }]);
});

test('row 7: two ways unlinked at once leave one', async () => {
  for (let round = 0; round < 3; round++) {
    const two = await newcomer(`Two${round}`);
    await link(two, 'kakao', fresh());
    const { items } = (await two.get(path)).body;

    const answers = await Promise.all(items.map(({ id }: { id: string }) => two.delete(`${path}/${id}`)));

    expect(tally(answers as never)).toEqual({ 204: 1, LAST_WAY_IN: 1 });
    expect((await two.get(path)).body.items).toHaveLength(1);
    expect(await authorityOf(two.id)).toMatchObject({ waysIn: 1 });
  }
});

test('row 7: the same unlinked twice at once is unlinked once', async () => {
  const person = await newcomer('Twice');
  await link(person, 'kakao', fresh());
  const [{ id }] = (await person.get(path)).body.items;

  const answers = await Promise.all([1, 2, 3].map(() => person.delete(`${path}/${id}`)));

  expect(tally(answers as never)).toEqual({ 204: 1, NOT_FOUND: 2 });
  expect(await authorityOf(person.id)).toMatchObject({ waysIn: 1 });
});

test('row 7: a nickname that is taken does not use the ticket up; two sign-ups of one person make one account', async () => {
  await newcomer('Taken');
  const person = fresh();
  const [{ body: one }, { body: two }] = [await signIn('github', person), await signIn('github', person)];
  const signUp = (ticket: string, nickname: string) => moim.guest.post('/v1/social-sign-ups', { ticket, nickname });

  const taken = await signUp(one.ticket, 'taken');
  const answers = await Promise.all([signUp(one.ticket, 'Twin1'), signUp(two.ticket, 'Twin2')]);
  const again = await signUp(one.ticket, 'Twin3');

  expect(outcome(taken)).toBe('NICKNAME_TAKEN');
  expect(tally(answers)).toEqual({ 201: 1, IDENTITY_TAKEN: 1 });
  expect(['SOCIAL_SIGN_IN_INVALID', 'IDENTITY_TAKEN']).toContain(outcome(again));
});

test('row 7: an address that was taken between the two steps is not taken twice', async () => {
  const emails = [{ email: 'between@example.com', primary: true, verified: true }];
  const { body } = await signIn('github', { id: serial++, emails });
  await moim.person('between');

  const answer = await moim.guest.post('/v1/social-sign-ups', { ticket: body.ticket, nickname: 'Betwixt' });

  expect([body.email, outcome(answer)]).toEqual(['between@example.com', 'EMAIL_TAKEN']);
  expect(await itemsOf(moim, 'NicknameClaim', { nickname: 'betwixt' })).toEqual([]);
});

test('row 7, report D12: a ticket for something else signs nobody up, and the refusal speaks of the right one', async () => {
  await moim.guest.post('/v1/email-verifications', { email: 'code@example.com', purpose: 'REGISTER' });
  const code = await moim.codeFor('code@example.com');
  const { body } = await moim.guest.post('/v1/email-verifications/confirm', {
    email: 'code@example.com',
    purpose: 'REGISTER',
    code,
  });

  const answer = await moim.guest.post('/v1/social-sign-ups', { ticket: body.ticket, nickname: 'Coder' });
  const other = await moim.guest.post('/v1/accounts', {
    ticket: (await signIn('github', fresh())).body.ticket,
    password,
    nickname: 'Coder',
  });

  expect([outcome(answer), outcome(other)]).toEqual(['SOCIAL_SIGN_IN_INVALID', 'TICKET_INVALID']);
  expect(answer.body.title).toContain('sign-in');
});
