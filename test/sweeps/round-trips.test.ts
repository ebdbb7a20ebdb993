/** No route waits for the table more than three times, one after another. */
import { useMoim } from '../support/moim.ts';
import { costOf } from '../support/replies.ts';
import { bearer, json } from './client.ts';
import { verdict } from './refused.ts';
import { each, type Sample, type Subject, sampleFor } from './samples.ts';
import { type World, worldOf } from './world.ts';

const most = 3;
/** The fourth asks who listens after the message is there (ADR 31), and lets the listeners of a closed room go. */
const more: Readonly<Record<string, number>> = { sendMessage: 4, closeRoom: 4 };
const moim = useMoim({ lists: true });
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
  expect([subject.name, verdict(answer)]).toEqual([subject.name, String(subject.route.status)]);
  expect({ route: subject.name, tooMany: roundTrips > (more[subject.name] ?? most), roundTrips }).toEqual({
    route: subject.name,
    tooMany: false,
    roundTrips,
  });
});
