/** People with an account and a token, and the clock that they live by. */
import { issueAccessToken } from '../../functions/accounts/sessions/tokens.ts';
import { type SigningKey, signingKeysOf } from '../../shared/adapters/signing-key.ts';
import { newId } from '../../shared/core/ids.ts';
import { iso } from '../../shared/core/time.ts';
import { actorAt } from './actor.ts';
import { listen } from './listener.ts';
import type { Moim, Person } from './moim.ts';
import { put } from './table.ts';

const keys = new WeakMap<object, Promise<SigningKey>>();

/** An access token as a sign-in gives it, without the cost of a password. */
async function tokenFor(moim: Moim, accountId: string): Promise<string> {
  const { environment } = moim.functions.find(({ id }) => id === 'sessions-http')!;
  const readKeys = signingKeysOf({
    environment: {
      ...environment,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: moim.owner.accessKeyId,
      AWS_SECRET_ACCESS_KEY: moim.owner.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: moim.awsUrl,
    },
    now: moim.clock.now,
    write: () => {},
  });
  const key = keys.get(moim) ?? readKeys.current();
  keys.set(moim, key);
  const now = moim.clock.now();
  return (await issueAccessToken(await key, { accountId, sessionId: newId(now) }, now)).token;
}

/** Somebody with an account and a token, without the cost of a code and a password: what nearly every use case needs. */
export async function someone(moim: Moim, nickname?: string): Promise<Person> {
  const now = moim.clock.now();
  const id = newId(now);
  const account = { email: `${id}@example.com`, nickname: nickname ?? id.slice(-12) };
  const rest = { locale: 'en', timeZone: 'Asia/Seoul', role: 'USER', status: 'ACTIVE', bricks: 0, createdAt: iso(now) };
  const counts = { waysIn: 1, sessionVersion: 1, version: 1 };
  await put(moim, 'Account', { accountId: id, ...account, ...rest, ...counts } as never);
  const person: Person = {
    ...actorAt(moim, () => ({ authorization: `Bearer ${person.tokens.accessToken}` })),
    id,
    ...account,
    tokens: { accessToken: await tokenFor(moim, id), refreshToken: '' },
    socket: async () => listen((await person.post('/v1/socket-tickets')).body.url),
  };
  return person;
}

/** So many people. */
export const crowd = (moim: Moim, size: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: size }, () => someone(moim)));

/** Gives people tokens that hold from now on, after the clock has moved past theirs. */
export async function renew(moim: Moim, ...people: Person[]): Promise<void> {
  for (const person of people) person.tokens = { ...person.tokens, accessToken: await tokenFor(moim, person.id) };
}

/** Moves the clock to an instant and signs people in anew. */
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

/** The counts of the last of the minute's runs, and what it cost. */
// biome-ignore lint/suspicious/noExplicitAny: counts are named by the test that reads them
export const lastTick = (moim: Moim): any =>
  moim.logs
    .filter(({ functionId }) => functionId === 'minute-job')
    .map(({ line }) => JSON.parse(line))
    .findLast(({ message }) => message === 'done');
