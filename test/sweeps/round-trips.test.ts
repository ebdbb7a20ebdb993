/** No route waits for the table more than three times, one after another. */
import { useMoim } from '../support/moim.ts';
import { costOf } from '../support/replies.ts';
import { bearer, json } from './client.ts';
import { verdict } from './refused.ts';
import { each, type Sample, type Subject, sampleFor } from './samples.ts';
import { type World, worldOf } from './world.ts';

const most = 3;
/** Routes that need more, with their reason. */
const exceptions: Readonly<Record<string, { readonly roundTrips: number; readonly because: string }>> = {
  // To come: credentials, counts of guesses and the account in one read.
  resetPassword: { roundTrips: 4, because: 'the code is paid for, judged, and then the account is looked for' },
  changePassword: { roundTrips: 4, because: 'a guess of the password is paid for before it is judged' },
  changeEmail: {
    roundTrips: 5,
    because: 'a guess of the password and one of the code are paid for, each before it is judged',
  },
  withdraw: { roundTrips: 4, because: 'a guess of the password is paid for before it is judged' },
};

const moim = useMoim();
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

const requestOf = ({ route }: Subject, { token, path, body }: Sample) => ({
  method: route.method,
  path,
  headers: { ...json, ...(token ? bearer(token) : {}) },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

test.each(each())('%s', async (_, subject) => {
  const sample = await sampleFor(subject, world);
  await moim.settle();

  const answer = await world.send(requestOf(subject, sample));

  const { roundTrips } = costOf(moim, subject.name);
  const allowed = exceptions[subject.name]?.roundTrips ?? most;
  expect([subject.name, verdict(answer)]).toEqual([subject.name, String(subject.route.status)]);
  expect({ route: subject.name, tooMany: roundTrips > allowed, roundTrips }).toEqual({
    route: subject.name,
    tooMany: false,
    roundTrips,
  });
});

test('every exception names a route, and one that needs more', () => {
  const names = each().map(([, { name }]) => name);
  expect(Object.keys(exceptions).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.values(exceptions).filter(({ roundTrips }) => roundTrips <= most)).toEqual([]);
});
