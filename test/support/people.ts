/** People with an account and a token, and the clock for them. */

import { TOTP } from 'otpauth';
import { sessionKeysOf } from '../../functions/accounts/sessions/keys.ts';
import { issueAccessToken } from '../../functions/accounts/sessions/tokens.ts';
import type { SigningKey } from '../../shared/adapters/signing-key.ts';
import { newId } from '../../shared/core/ids.ts';
import { iso, ttl } from '../../shared/core/time.ts';
import type { ItemOf } from '../../shared/data/registry.ts';
import { actorAt } from './actor.ts';
import { listen } from './listener.ts';
import type { Moim, Person } from './moim.ts';
import { platformOf } from './platform.ts';
import { itemsOf, put, take } from './table.ts';

const keys = new WeakMap<object, Promise<SigningKey>>();

/** The one session that a test gives to somebody. */
const sessions = new Map<string, string>();

/** Accounts whose session has shown an authenticator app. */
const withFactors = new Set<string>();

/** The key that makes sessions, for tokens that a test makes itself. Its public part is published with it. */
export function sessionKeyOf(moim: Moim): Promise<SigningKey> {
  const key = keys.get(moim) ?? sessionKeysOf(platformOf(moim, 'sessions-http')).current();
  keys.set(moim, key);
  return key;
}

/**
 * An access token with the session that it belongs to, as a sign-in gives them, without the cost of a password. The
 * session lasts as long as any test, so that nobody is signed out by the way.
 */
async function tokenFor(moim: Moim, accountId: string, sessionVersion: number): Promise<string> {
  const now = moim.clock.now();
  const sessionId = sessions.get(accountId) ?? newId(now);
  sessions.set(accountId, sessionId);
  const times = { createdAt: iso(now), refreshedAt: iso(now), expiresAt: ttl(now) + 10 * 366 * 86_400 };
  const session = { accountId, sessionId, device: '', refreshHash: '', sessionVersion, provedAt: now };
  const factor = withFactors.has(accountId) ? { factorAt: now } : {};
  await put(moim, 'Session', { ...session, ...times, ...factor });
  return (await issueAccessToken(await sessionKeyOf(moim), { accountId, sessionId }, now)).token;
}

/**
 * A person with an account and a token, without the cost of a code and a password. Enough for nearly every use case.
 */
export async function someone(moim: Moim, nickname?: string): Promise<Person> {
  const now = moim.clock.now();
  const id = newId(now);
  const account = { email: `${id}@example.com`, nickname: nickname ?? id.slice(-12) };
  const rest = { locale: 'en', timeZone: 'Asia/Seoul', role: 'USER', status: 'ACTIVE', bricks: 0, createdAt: iso(now) };
  const counts = { waysIn: 1, sessionVersion: 1, version: 1 };
  await put(moim, 'Account', { accountId: id, ...account, ...rest, version: 1 } as never);
  await put(moim, 'Authority', { accountId: id, email: account.email, status: 'ACTIVE', ...counts });
  const person: Person = {
    ...actorAt(moim, () => ({ authorization: `Bearer ${person.tokens.accessToken}` })),
    id,
    ...account,
    tokens: { accessToken: await tokenFor(moim, id, counts.sessionVersion), refreshToken: '' },
    socket: async () => listen((await person.post('/v1/socket-tickets')).body.url),
  };
  return person;
}

/**
 * Gives somebody an authenticator app, through the front door. Their session has shown it then, as an administrator's must.
 *
 * @returns the secret, for further codes
 */
export async function withFactor(moim: Moim, person: Pick<Person, 'id' | 'post'>): Promise<string> {
  const { body } = await person.post('/v1/accounts/me/totp');
  const confirmed = await person.post('/v1/accounts/me/totp/confirm', { code: totpOf(moim, body.secret) });
  if (confirmed.status !== 200) throw new Error(`no authenticator app: ${JSON.stringify(confirmed.body)}`);
  withFactors.add(person.id);
  return body.secret;
}

/** The code that an authenticator app shows now, or a number of steps of 30 s later. */
export const totpOf = (moim: Moim, secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: moim.clock.now() + steps * 30_000 });

/** Gives somebody the role of an administrator, past every route. */
export async function appoint(moim: Moim, { id: accountId }: { readonly id: string }): Promise<void> {
  const [account] = await itemsOf(moim, 'Account', { accountId });
  await put(moim, 'Account', { ...account, role: 'ADMIN' });
  await put(moim, 'Administrator', { administers: 'MOIM', accountId, since: iso(moim.clock.now()) });
}

/** Makes somebody an administrator, with the factor that one needs (row 162). */
export async function administer(moim: Moim, person: Pick<Person, 'id' | 'post'>): Promise<void> {
  await appoint(moim, person);
  await withFactor(moim, person);
}

/** Gives an account another status, past every route. A withdrawn one has no authority any more. */
export async function become(
  moim: Moim,
  { id: accountId }: { readonly id: string },
  status: ItemOf<'Account'>['status'],
): Promise<void> {
  const [[account], [authority]] = await Promise.all([
    itemsOf(moim, 'Account', { accountId }),
    itemsOf(moim, 'Authority', { accountId }),
  ]);
  await put(moim, 'Account', { ...account, status });
  if (status === 'WITHDRAWN') await take(moim, authority);
  else await put(moim, 'Authority', { ...authority, status });
}

/** A number of people. */
export const crowd = (moim: Moim, size: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: size }, () => someone(moim)));

/** Gives people new tokens, after the clock has moved past the expiry of the old ones. */
export async function renew(moim: Moim, ...people: Person[]): Promise<void> {
  for (const person of people) {
    const [authority] = await itemsOf(moim, 'Authority', { accountId: person.id });
    person.tokens = { ...person.tokens, accessToken: await tokenFor(moim, person.id, authority.sessionVersion) };
  }
}

/** Moves the clock to an instant and gives people new tokens. */
export async function at(moim: Moim, instant: string, ...people: Person[]): Promise<void> {
  await moim.clock.advanceTo(Date.parse(instant));
  await renew(moim, ...people);
}

/** The minute's run: works all that is due by now. An instant within a minute is due at the next whole one. */
export const tick = (moim: Moim): Promise<void> => moim.runSchedule('minute-tick');

/** Moves the clock on to the next whole minute, and works what is due by then: all that was caused until now. */
export async function nextTick(moim: Moim): Promise<void> {
  await moim.clock.advanceTo(Math.ceil(moim.clock.now() / 60_000) * 60_000);
  await tick(moim);
}

/** The next whole minute, with all that the stream brings before and after it. */
export async function minute(moim: Moim): Promise<void> {
  await moim.settle();
  await moim.clock.advance(1);
  await nextTick(moim);
  await moim.settle();
}

/** The counts of the last of the minute's runs, and what it cost. */
// biome-ignore lint/suspicious/noExplicitAny: counts are named by the test that reads them
export const lastTick = (moim: Moim): any =>
  moim.logs
    .filter(({ functionId }) => functionId === 'minute-job')
    .map(({ line }) => JSON.parse(line))
    .findLast(({ message }) => message === 'done');
