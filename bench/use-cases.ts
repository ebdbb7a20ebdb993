import { randomUUID } from 'node:crypto';
import setUp from '../test/support/global-setup.ts';
import { challenge, type Moim, startMoim, upload } from '../test/support/moim.ts';
import { crowd, renew } from '../test/support/people.ts';
import { sampleFor, subjects } from '../test/sweeps/samples.ts';
import { worldOf } from '../test/sweeps/world.ts';
import { type Bound, bounds } from './bounds.ts';
import { cells, costColumns, meteredIn, type Told } from './metered.ts';
import { type Part, type Table, verdict } from './report.ts';

const key = () => ({ 'idempotency-key': randomUUID() });

/** A challenge as people found it: with a tag and a description of two lines. */
const asFounded = (more: object = {}) =>
  challenge({
    description:
      'We solve one problem a day, in any language, and explain it in three sentences.\nBeginners are welcome.',
    tags: ['ALGORITHM'],
    ...more,
  });

/** The cost of everything that ran through HTTP, by name. */
async function liveTheJourney(moim: Moim, step: (text: string) => void): Promise<Map<string, Told>> {
  const costs = new Map<string, Told>();
  const metered = meteredIn(moim);
  /** Names the last step by its route. The clock moves, as it does between the requests of people. */
  async function told(name: string, route: string) {
    costs.set(name, await metered.told(route));
    await moim.clock.advance(1000);
    await metered.skip();
  }

  const leader = await moim.person('minji');
  const member = await moim.person('jisoo');
  await moim.guest.post('/v1/email-verifications', { email: 'sori@example.com', purpose: 'REGISTER' });
  await told('ask for a code', 'requestEmailCode');
  const code = await moim.codeFor('sori@example.com');
  const { body: confirmed } = await moim.guest.post('/v1/email-verifications/confirm', {
    email: 'sori@example.com',
    purpose: 'REGISTER',
    code,
  });
  await told('confirm the code', 'confirmEmailCode');
  const account = { ticket: confirmed.ticket, password: 'Correct-Horse-7', nickname: 'sori', locale: 'en' };
  await moim.guest.post('/v1/accounts', account);
  await told('sign up', 'signUp');
  const signedIn = await moim.guest.post('/v1/sessions', { email: member.email, password: 'Correct-Horse-7' });
  await told('sign in', 'signIn');
  const { refreshToken } = signedIn.body;
  const renewed = await moim.guest.post('/v1/sessions/refresh', { refreshToken });
  await told('refresh', 'refresh');
  await moim.guest.post('/v1/sessions/refresh', { refreshToken: renewed.body.refreshToken }, key());
  await told('refresh, with a key', 'refresh');
  await member.get('/v1/accounts/me');
  await told('own account', 'getOwnAccount');

  step('signed up and in; the challenge');
  const { body: group } = await leader.post('/v1/groups', asFounded({ endDate: '2026-04-30', capacity: 20 }));
  await told('found a challenge', 'createGroup');
  await leader.post('/v1/groups', asFounded(), key());
  await told('found a challenge, with a key', 'createGroup');
  const at = `/v1/groups/${group.id}`;
  await member.post(`${at}/members`);
  await told('join', 'joinGroup');
  const sori = await moim.signIn('sori@example.com');
  await metered.skip();
  await moim.guest.post(`${at}/members`, {}, { ...key(), authorization: `Bearer ${sori.tokens.accessToken}` });
  await told('join, with a key', 'joinGroup');
  await member.get('/v1/groups');
  await told('groups to join', 'listGroups');
  await moim.guest.get(at);
  await told('a group', 'getGroup');
  await member.get('/v1/accounts/me/groups');
  await told('own groups', 'listOwnGroups');
  await member.get(`/v1/accounts/me/groups/${group.id}`);
  await told('an own group', 'getOwnGroup');
  await member.get(`${at}/members`);
  await told('members', 'listMembers');
  await member.put(`${at}/like`);
  await told('like', 'likeGroup');
  await member.get(`${at}/missions`);
  await told('missions', 'listMissions');
  const { body: missions } = await member.get(`${at}/missions`);
  const submitAt = `${at}/missions/${missions.items[0].id}/certifications`;

  const socket = await member.socket();
  await told('connect', '$connect');
  await moim.clock.advance(300_000);
  await metered.skip();
  await socket.ask({ id: 1, action: 'ping', data: {} });
  await told('ping', 'ping');
  const uploadId = await upload(member, group.id);
  await told('presign an upload', 'allowUpload');
  const { body: certification } = await member.post(submitAt, { text: 'Chapter 3', uploadIds: [uploadId] });
  await told('submit', 'submitCertification');
  await moim.settle();
  await metered.skip();
  const one = `${at}/certifications/${certification.id}`;
  await leader.post(`${one}/deny`, { reason: 'The notes cannot be read' });
  await told('deny', 'denyCertification');
  await member.patch(one, { text: 'Chapter 3, readable now' });
  await told('edit', 'editCertification');
  await leader.post(`${one}/approve`);
  await told('approve', 'approveCertification');
  await leader.get(one);
  await told('one certification', 'getCertification');
  await member.get('/v1/notifications');
  await told('notifications', 'listNotifications');
  socket.close();
  await socket.closed;
  await told('disconnect', '$disconnect');

  step('ten authors certify twice for a full feed');
  const authors = await crowd(moim, 9);
  for (const author of authors) await author.post(`${at}/members`);
  for (let day = 0; day < 2; day++) {
    await moim.clock.advance(86_400_000);
    leader.tokens = (await moim.signIn(leader.email)).tokens;
    for (const author of authors) await renew(moim, author);
    for (const author of [leader, ...authors]) {
      const text = 'A text of the length that people write, about a line';
      const { body } = await author.post(submitAt, { text, uploadIds: [await upload(author, group.id)] });
      await moim.settle();
      if (author !== leader) await leader.post(`${at}/certifications/${body.id}/approve`);
    }
  }
  await metered.skip();
  const { body: feed } = await leader.get(`${at}/certifications?limit=20`);
  if (feed.items.length !== 20) throw new Error(`the feed has ${feed.items.length} certifications`);
  await told('feed of 20', 'listCertifications');
  return costs;
}

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
