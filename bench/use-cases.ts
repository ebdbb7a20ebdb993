import setUp from '../test/support/global-setup.ts';
import { type Moim, startMoim } from '../test/support/moim.ts';
import { sampleFor, subjects } from '../test/sweeps/samples.ts';
import { worldOf } from '../test/sweeps/world.ts';
import { type Bound, bounds } from './bounds.ts';
import { liveTheJourney } from './journey.ts';
import { cells, costColumns, meteredIn, type Told } from './metered.ts';
import { type Part, type Table, verdict } from './report.ts';

function besideBounds(costs: ReadonlyMap<string, Told>): Table {
  const judged = bounds.map((bound) => ({ bound, cost: costOf(costs, bound) }));
  const named = (over: (each: (typeof judged)[number]) => number) =>
    judged.filter((each) => over(each) > 0).map((each) => `${each.bound.name} +${over(each)}`);
  const waits = named(({ bound, cost }) => cost.roundTrips - bound.roundTrips);
  const writes = named(({ bound, cost }) => cost.writeUnits + cost.refusedUnits - bound.writeUnits);
  const reads = named(({ bound, cost }) => cost.readUnits - bound.readUnits);
  const misses = [
    ...(waits.length > 0 ? [`round trips ${waits.join(', ')}`] : []),
    ...(writes.length > 0 ? [`write units ${writes.join(', ')}`] : []),
    ...(reads.length > 0 ? [`read units ${reads.join(', ')}`] : []),
  ];
  return {
    title: 'Use cases beside the least that DynamoDB allows',
    compares:
      'Requests / round trips and read / write units of each use case, from its log line after a run through the front door, and of what follows by the stream. Units of refused writes stand behind a plus. Beside them: the lower bound with the checks that moim does not give up, and a typical good design.',
    columns: ['use case', ...costColumns, 'bound', 'R / W units', 'typical'],
    rows: judged.map(({ bound, cost }) => [
      bound.name,
      ...cells(cost),
      `${bound.requests} / ${bound.roundTrips}`,
      `${bound.readUnits} / ${bound.writeUnits}`,
      bound.typical,
    ]),
    target: 'round trips, write units and read units at the bound',
    verdict: verdict(misses.length === 0, misses.join('; ')),
    notes: bounds.flatMap(({ name, why }) => (why ? [`*${name}*: ${why}`] : [])),
  };
}

function costOf(costs: ReadonlyMap<string, Told>, { name }: Bound): Told {
  const cost = costs.get(name);
  if (!cost) throw new Error(`the journey has no "${name}"`);
  return cost;
}

function withoutBounds(costs: ReadonlyMap<string, Told>): Table {
  const rest = [...costs].filter(([name]) => !bounds.some((bound) => bound.name === name));
  return {
    title: 'The other use cases of the journey',
    compares:
      'As above. "With a key" is the same request with an Idempotency-Key. A challenge is founded as people do it: one tag, and a description of two lines. *Words* are entries of the search, which are among the units.',
    columns: ['use case', ...costColumns],
    rows: rest.map(([name, cost]) => [name, ...cells(cost)]),
    target: 'an Idempotency-Key costs no request and no round trip',
    verdict: verdict(keysAreFree(costs), 'a key costs a request'),
    notes: [
      'A key adds one item to the transaction: 2 write units for each KB of sealed answer. A single write becomes a transaction, which doubles its units (`docs/adr/0004-safe-retries-ride-in-the-transaction.md`).',
    ],
  };
}

const keysAreFree = (costs: ReadonlyMap<string, Told>) =>
  [...costs].every(([name, cost]) => {
    const keyed = costs.get(`${name}, with a key`);
    return !keyed || (keyed.requests === cost.requests && keyed.roundTrips === cost.roundTrips);
  });

/** Every route, by the request that the sweeps send: one that succeeds, with little data around it. */
async function everyRoute(moim: Moim): Promise<Table> {
  const world = await worldOf(moim);
  const metered = meteredIn(moim);
  const costs: [name: string, cost: Told][] = [];
  for (const subject of subjects) {
    const { token, path, body } = await sampleFor(subject, world);
    await metered.skip();
    await world.send({
      method: subject.route.method,
      path,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    costs.push([subject.name, await metered.told(subject.name)]);
  }
  const over = costs.filter(([, { roundTrips }]) => roundTrips > 3);
  return {
    title: 'Every route',
    compares: 'As above: one request of each route that succeeds, with little data around it.',
    columns: ['route', ...costColumns],
    rows: costs.map(([name, cost]) => [name, ...cells(cost)]),
    target: 'at most 3 round trips',
    verdict: verdict(over.length === 0, over.map(([name, { roundTrips }]) => `${name} ${roundTrips}`).join(', ')),
  };
}

export const useCases: Part = {
  name: 'use-cases',
  title: 'What each use case costs at the table',
  async run(step) {
    await setUp();
    const moim = await startMoim();
    step('moim runs in this process; two people sign up');
    const costs = await liveTheJourney(moim, step);
    await moim.close();
    step('every route, on a cloud of its own');
    const another = await startMoim();
    const routes = await everyRoute(another);
    await another.close();
    return [besideBounds(costs), withoutBounds(costs), routes];
  },
};
