/** Report F10: work is counted in what it costs, for an account, or for the place of a guest. */
import { newMeter } from '../../shared/data/meter.ts';
import { quotaKey } from '../../shared/data/quota.ts';
import { workOf } from '../../shared/http/fair-use.ts';
import { placeOf } from '../../shared/http/parse.ts';
import { fairUse } from '../../shared/product/fair-use-limits.ts';
import { type Actor, actorAt, type Reply } from '../support/actor.ts';
import { challenge, password, useMoim } from '../support/moim.ts';
import { at, someone } from '../support/people.ts';
import { costOf, outcome } from '../support/replies.ts';
import { itemsOf, put } from '../support/table.ts';
import { withPassword } from '../support/with-password.ts';

const moim = useMoim({ lists: true });
type Work = 'workOfAccount' | 'workFromPlace';

beforeAll(async () => {
  const founder = await someone(moim);
  const description = '가나다라마바사 '.repeat(120);
  for (let n = 0; n < 50; n++) await founder.post('/v1/groups', challenge({ title: `모임 ${n}`, description }));
  await moim.settle();
});

/** Leaves so much of a day's work to somebody. */
const leave = (limit: Work, subject: string, left: number) => {
  const now = moim.clock.now();
  const { times, seconds } = fairUse[limit];
  const expiresAt = Math.floor(now / 1000) + seconds;
  return put(moim, 'Quota', { ...quotaKey({ limit, subject }, now), used: times - left, expiresAt });
};
/** Reads until it is refused; gives the last answer, and how often it read. */
async function readFor(who: Actor, most = 1000): Promise<{ last: Reply<unknown>; times: number }> {
  for (let times = 0; ; times++) {
    const last = await who.get('/v1/groups?limit=50');
    if (last.status !== 200 || times === most) return { last, times };
  }
}

test('units of reads and writes, refused ones too, and the bytes that are sent are one sum', () => {
  const meter = { ...newMeter(), readUnits: 2.5, writeUnits: 3, refusedUnits: 1 };

  expect([workOf(meter, 0), workOf(meter, 10_000), workOf(newMeter(), 1)]).toEqual([23, 33, 1]);
});

test('ordinary use writes nothing for it', async () => {
  const person = await someone(moim);
  for (let n = 0; n < 20; n++) await person.get('/v1/accounts/me');

  expect(costOf(moim, 'getOwnAccount')).toEqual({ requests: 2, roundTrips: 2, readUnits: 3.5, writeUnits: 0 });
  expect(await itemsOf(moim, 'Quota', { subject: person.id })).toEqual([]);
});

test('a guest who reads all day is stopped for nothing, still signs in there, and nobody else is stopped', async () => {
  const address = '198.18.1.7';
  const guest = actorAt(moim, undefined, address);
  const person = await withPassword(moim);
  await leave('workFromPlace', placeOf(address), 100);

  const { last, times } = await readFor(guest);
  const cost = costOf(moim, 'listGroups');
  const signedIn = await guest.post('/v1/sessions', { email: person.email, password });
  const code = await guest.post('/v1/email-verifications', { email: person.email, purpose: 'PASSWORD' });

  expect(outcome(last)).toBe('TOO_MANY_REQUESTS');
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(times).toBeGreaterThan(10);
  expect(cost).toEqual({ requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0 });
  expect([signedIn, code].map(outcome)).toEqual([201, 202]);
  expect((await actorAt(moim, undefined, '198.18.2.7').get('/v1/groups')).status).toBe(200);
});

test('a member who does too much in a day is stopped until the next, and stays signed in', async () => {
  const [busy, other] = [await withPassword(moim), await someone(moim)];
  await leave('workOfAccount', busy.id, 100);

  const path = '/v1/accounts/me/group-relations?groupIds=';
  const { body } = await other.get('/v1/groups?limit=50');
  const ids = body.items.map(({ id }: { id: string }) => id).join(',');
  let last = await busy.get(path + ids);
  for (let n = 0; n < 200 && last.status === 200; n++) last = await busy.get(path + ids);
  const calm = await other.get('/v1/accounts/me');
  const signIn = await moim.guest.post('/v1/sessions', { email: busy.email, password });
  await at(moim, '2026-03-03T00:00:01Z', busy);

  expect([last, calm, signIn].map(outcome)).toEqual(['TOO_MANY_REQUESTS', 200, 201]);
  expect((await busy.get(path + ids)).status).toBe(200);
});
