/**
 * Row 130, report F05: what a stranger can use up is never what the owner needs. Strangers send every request that anybody
 * may send, at an owner, until every count that they touch is used up. Then the owner walks each of their ways. The requests
 * follow from the contracts, so a route to come is among them.
 */
import { fairUse, type LimitName } from '../../shared/product/fair-use-limits.ts';
import { redirectUri } from '../accounts/identities/support.ts';
import { type Actor, actorAt } from '../support/actor.ts';
import { type Person, password, useMoim } from '../support/moim.ts';
import { outcome } from '../support/replies.ts';
import { itemsOf, put } from '../support/table.ts';
import { bodyOf, each, isGuarded, pathOf, type Subject } from './samples.ts';
import { linked, type World, worldOf } from './world.ts';

const moim = useMoim({ lists: true });
let world: World;
let owner: Person & { tokens: { deviceToken: string } };
/** Every count that strangers touched, by its limit. */
const touched = new Map<string, Set<string>>();

const from = (n: number) => actorAt(moim, undefined, `198.18.${n}.7`);
/** An address of the owner in a network without strangers; and one that they share with one of them. */
const athome = actorOf('203.0.113.5');
const amongStrangers = actorOf('198.18.0.7');
function actorOf(address: string): () => Actor {
  return () => actorAt(moim, undefined, address);
}

/** What a stranger may use up that refuses others, and why. */
const refusing: Readonly<Record<string, string>> = {
  newMailAtMost:
    'it takes as many networks as it has uses, and then refuses mails to new addresses alone: more of them would end all mail',
};

/** What anybody may ask for that counts: each POST, and what names a limit. */
const isOpen = (subject: Subject) =>
  !isGuarded(subject) && (subject.route.method !== 'GET' || subject.route.fromPlace !== undefined);
const limitOf = ({ route: { fromPlace } }: Subject): LimitName | undefined =>
  typeof fromPlace === 'object' ? fromPlace.byService : fromPlace;

/** The request of a route, aimed at the owner wherever it names somebody. */
function aimed(subject: Subject): object {
  const body = subject.route.method === 'GET' ? {} : bodyOf(subject);
  const aims: Readonly<Record<string, unknown>> = {
    email: owner.email,
    deviceToken: undefined,
    password: 'Wrong-Horse-7',
    refreshToken: `${owner.tokens.refreshToken.slice(0, -43)}${'A'.repeat(43)}`,
    provider: 'github',
    redirectUri,
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, name in aims ? aims[name] : value]));
}

const query: Readonly<Record<string, string>> = { checkAvailability: '?nickname=somebody' };
const sendAs = (stranger: Actor, subject: Subject, body = aimed(subject)) =>
  stranger.send(subject.route.method, pathOf(subject, world.ids) + (query[subject.name] ?? ''), {
    ...(subject.route.method === 'GET' ? {} : { body }),
  });

/** Each purpose of a route that has some. */
const variants = (subject: Subject): object[] => {
  const body = aimed(subject);
  return 'purpose' in body
    ? ['REGISTER', 'PASSWORD', 'EMAIL', 'LEAVE'].map((purpose) => ({ ...body, purpose }))
    : [body];
};

/** Strangers of six networks send everything, and one of them more than a lot of it. */
async function attack() {
  for (const [, subject] of each(isOpen)) {
    const name = limitOf(subject);
    const lot = name && 'lot' in fairUse[name] ? (fairUse[name] as { lot: number }).lot : 1;
    for (let n = 0; n < 6; n++)
      for (const body of variants(subject))
        for (let again = 0; again < (n === 0 ? lot + 1 : 1); again++) await sendAs(from(n), subject, body);
  }
  await moim.settle();
}

/** Uses up all that strangers have touched. */
async function useUp(): Promise<number> {
  let more = 0;
  for (const count of await itemsOf(moim, 'Quota')) {
    const limit = count.limit as LimitName;
    if (limit in refusing) continue;
    const subjects = touched.get(limit) ?? new Set();
    if (!subjects.has(count.subject)) more++;
    touched.set(limit, subjects.add(count.subject));
    await put(moim, 'Quota', { ...count, used: fairUse[limit].times });
  }
  return more;
}

const codeFrom = async (email: string) => {
  await moim.settle();
  const codes = moim.mail.list({ to: email }).map(({ subject }) => /\d{6}/.exec(subject)?.[0]);
  return codes.find((code) => code !== undefined)!;
};
const minute = () => moim.clock.advance(60_000);

beforeAll(async () => {
  world = await worldOf(moim);
  owner = (await moim.person('owner')) as typeof owner;
  await linked(moim, owner);
  // What the world itself has counted is no stranger's.
  const before = new Set((await itemsOf(moim, 'Quota')).map(({ limit, subject }) => `${limit} ${subject}`));
  for (let round = 0; round < 4; round++) {
    await attack();
    await minute();
    if ((await useUp()) === 0) break;
  }
  expect(before.size).toBeGreaterThan(0);
});

test('strangers have used up every limit that a contract names, and the sums that slow down', () => {
  const named = each(isOpen).map(([, subject]) => limitOf(subject));

  expect(named.filter((limit) => limit === undefined)).toEqual([]);
  expect([...new Set(named)].filter((limit) => !touched.has(limit!))).toEqual([]);
  for (const sum of ['mailToAddress', 'newMail', 'recovery', 'signInFromAnywhere', 'signInFromPlace'] as const)
    expect([sum, touched.has(sum)]).toEqual([sum, true]);
});

test('and are refused themselves', async () => {
  const refused = [];
  for (const [key, subject] of each(isOpen)) {
    const name = limitOf(subject)!;
    const { lot = 1 } = fairUse[name] as { lot?: number };
    let last = await sendAs(from(0), subject);
    for (let n = 0; n <= lot && last.status !== 429; n++) last = await sendAs(from(0), subject);
    refused.push(`${key} ${outcome(last)}`);
  }

  expect(refused.filter((each) => !each.endsWith('TOO_MANY_REQUESTS'))).toEqual([]);
});

describe('the owner', () => {
  const signIn = (who: Actor, more: object = {}, secret = password) =>
    who.post('/v1/sessions', { email: owner.email, password: secret, ...more });
  const known = () => ({ deviceToken: owner.tokens.deviceToken });

  test('signs in on a known device, at home and among strangers', async () => {
    expect([await signIn(athome(), known()), await signIn(amongStrangers(), known())].map(outcome)).toEqual([201, 201]);
  });

  test('signs in on a new device', async () => {
    expect(outcome(await signIn(athome()))).toBe(201);
  });

  test('stays signed in, at home and among strangers', async () => {
    const { body } = await signIn(athome(), known());
    const first = await athome().post('/v1/sessions/refresh', { refreshToken: body.refreshToken });
    const second = await amongStrangers().post('/v1/sessions/refresh', { refreshToken: first.body.refreshToken });

    expect([first, second].map(outcome)).toEqual([200, 200]);
    expect(second.body.refreshToken).not.toBe(first.body.refreshToken);
  });

  test('is reminded of their login id', async () => {
    const before = moim.mail.list({ to: owner.email }).length;
    const asked = await actorAt(moim, undefined, '203.0.114.5').post('/v1/login-id-reminders', { email: owner.email });
    await moim.settle();

    expect([outcome(asked), moim.mail.list({ to: owner.email }).length]).toEqual([202, before + 1]);
  });

  test.each([
    ['from a new device at home', athome, () => ({})],
    ['from a known device among strangers', amongStrangers, known],
  ] as const)('sets a new password by mail %s', async (_, place, more) => {
    await minute();
    const asked = await place().post('/v1/email-verifications', { email: owner.email, purpose: 'PASSWORD', ...more() });
    const code = await codeFrom(owner.email);
    const confirming = { email: owner.email, purpose: 'PASSWORD', code, request: asked.body.request };
    // Codes are entered where they are read: at home.
    const { body: proof, status } = await athome().post('/v1/email-verifications/confirm', confirming);
    const fresh = `${password}-${code}`;
    const reset = await athome().post('/v1/password-resets', { ticket: proof.ticket, password: fresh });

    expect([outcome(asked), status, outcome(reset)]).toEqual([202, 200, 201]);
    expect(outcome(await signIn(athome(), { deviceToken: reset.body.deviceToken }, fresh))).toBe(201);
  });

  test('signs in with a provider', async () => {
    const { body: begun } = await athome().post('/v1/social-sign-ins', { provider: 'github', redirectUri });
    const back = world.provider.agree(begun.authorizationUrl, { id: owner.id, emails: [] });
    const { status, body } = await athome().post('/v1/social-sign-ins/complete', { ticket: begun.ticket, query: back });

    expect([status, body.status]).toEqual([200, 'SIGNED_IN']);
  });

  test('and somebody new signs up from another network', async () => {
    const email = 'newcomer@example.com';
    const elsewhere = actorAt(moim, undefined, '203.0.115.5');
    const { body } = await elsewhere.post('/v1/email-verifications', { email, purpose: 'REGISTER' });
    const confirming = { email, purpose: 'REGISTER', code: await codeFrom(email), request: body.request };
    const { body: proof } = await elsewhere.post('/v1/email-verifications/confirm', confirming);
    const made = await elsewhere.post('/v1/accounts', { ticket: proof.ticket, password, nickname: 'newcomer' });

    expect(outcome(made)).toBe(201);
  });
});
