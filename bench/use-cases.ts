import { randomUUID } from 'node:crypto';
import setUp from '../test/support/global-setup.ts';
import { challenge, type Moim, startMoim, upload } from '../test/support/moim.ts';
import { type Bound, bounds } from './bounds.ts';
import { type Part, type Table, verdict } from './report.ts';

/** The cost of one use case at the table, from its own log line. */
interface Cost {
  readonly requests: number;
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}
interface Line extends Partial<Cost> {
  readonly functionId: string;
  readonly message: string;
  readonly route?: string;
  readonly status?: number;
}

const key = () => ({ 'idempotency-key': randomUUID() });

/** The cost of everything that ran through HTTP, by name. The last run of a use case counts. */
async function liveTheJourney(moim: Moim, step: (text: string) => void): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  let read = 0;
  /** Names the last step: the log line of the request by its route, and of its stream work by its function. */
  async function told(name: string, route: string) {
    await moim.settle();
    const lines = moim.logs
      .slice(read)
      .map(({ functionId, line }) => ({ ...(JSON.parse(line) as Omit<Line, 'functionId'>), functionId }));
    read = moim.logs.length;
    const own = lines.filter((line) => line.message === 'answered' && line.route === route).at(-1);
    if (!own || own.roundTrips === undefined) throw new Error(`no log line has the cost of ${route}`);
    if ((own.status ?? 200) >= 300) throw new Error(`${route} was answered ${own.status}`);
    costs.set(name, own as Cost);
    for (const line of lines)
      if (line.message === 'consumed') costs.set(`${name}, then ${line.functionId}`, line as unknown as Cost);
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
  const { body: group } = await leader.post('/v1/groups', challenge({ endDate: '2026-04-30' }));
  await told('found a challenge', 'createGroup');
  await leader.post('/v1/groups', challenge(), key());
  await told('found a challenge, with a key', 'createGroup');
  const at = `/v1/groups/${group.id}`;
  await member.post(`${at}/members`);
  await told('join', 'joinGroup');
  const sori = await moim.signIn('sori@example.com');
  read = moim.logs.length;
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
  await socket.ask({ id: 1, action: 'ping', data: {} });
  await told('ping', 'ping');
  const uploadId = await upload(member, group.id);
  await told('presign an upload', 'allowUpload');
  const { body: certification } = await member.post(submitAt, { text: 'Chapter 3', uploadIds: [uploadId] });
  await told('submit', 'submitCertification');
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

  step('twenty days of certifications for a full feed');
  for (let day = 0; day < 20; day++) {
    await moim.clock.advance(86_400_000);
    leader.tokens = (await moim.signIn(leader.email)).tokens;
    const photo = await upload(leader, group.id);
    await leader.post(submitAt, { text: 'A text of the length that people write, about a line', uploadIds: [photo] });
  }
  const { body: feed } = await leader.get(`${at}/certifications?limit=20`);
  if (feed.items.length !== 20) throw new Error(`the feed has ${feed.items.length} certifications`);
  await told('feed of 20', 'listCertifications');
  return costs;
}

const units = (cost: number) => String(Math.round(cost * 10) / 10);
const cells = ({ requests, roundTrips, readUnits, writeUnits }: Cost) => [
  `${requests} / ${roundTrips}`,
  `${units(readUnits)} / ${units(writeUnits)}`,
];

function besideBounds(costs: ReadonlyMap<string, Cost>): Table {
  const judged = bounds.map((bound) => ({ bound, cost: costOf(costs, bound) }));
  const over = judged.filter(({ bound, cost }) => cost.roundTrips > bound.roundTrips + 1);
  const equal = judged.filter(({ bound, cost }) => cost.roundTrips <= bound.roundTrips);
  return {
    title: 'Use cases beside the least that DynamoDB allows',
    compares:
      'Requests / round trips and read / write units of each use case, from its log line after a run through the front door. Beside them: the lower bound, and a typical good design.',
    columns: ['use case', 'moim', 'R / W units', 'bound', 'R / W units', 'typical', 'round trips'],
    rows: judged.map(({ bound, cost }) => [
      bound.name,
      ...cells(cost),
      `${bound.requests} / ${bound.roundTrips}`,
      bound.units,
      bound.typical,
      cost.roundTrips <= bound.roundTrips ? 'at the bound' : `+${cost.roundTrips - bound.roundTrips}`,
    ]),
    target: 'round trips at the bound on 9 of 10 use cases, never more than one above; no scan, no read per item',
    verdict: `${verdict(over.length === 0 && equal.length >= 0.9 * judged.length, `${equal.length} of ${judged.length} at the bound; more than one above: ${over.map(({ bound }) => bound.name).join(', ') || 'none'}`)}`,
    notes: bounds.flatMap(({ name, why }) => (why ? [`*${name}*: ${why}`] : [])),
  };
}

function costOf(costs: ReadonlyMap<string, Cost>, { name }: Bound): Cost {
  const cost = costs.get(name);
  if (!cost) throw new Error(`the journey has no "${name}"`);
  return cost;
}

function withoutBounds(costs: ReadonlyMap<string, Cost>): Table {
  const rest = [...costs].filter(([name]) => !bounds.some((bound) => bound.name === name));
  const most = Math.max(...rest.map(([, { roundTrips }]) => roundTrips));
  return {
    title: 'The other use cases of the journey, and their effects by the stream',
    compares:
      'As above. "With a key" is the same request with an Idempotency-Key. "Then ..." is the work of the stream that it caused, after the answer, for a batch of one.',
    columns: ['use case', 'requests / round trips', 'R / W units'],
    rows: rest.map(([name, cost]) => [name, ...cells(cost)]),
    target: 'an Idempotency-Key costs no request and no round trip; nothing takes more than 3 round trips',
    verdict: verdict(most <= 3 && keysAreFree(costs), `the most is ${most} round trips`),
    notes: [
      'A key adds one item to the transaction: 2 write units for each KB of sealed answer. A single write becomes a transaction, which doubles its units (`docs/adr/0004-safe-retries-ride-in-the-transaction.md`).',
    ],
  };
}

const keysAreFree = (costs: ReadonlyMap<string, Cost>) =>
  [...costs].every(([name, cost]) => {
    const keyed = costs.get(`${name}, with a key`);
    return !keyed || (keyed.requests === cost.requests && keyed.roundTrips === cost.roundTrips);
  });

export const useCases: Part = {
  name: 'use-cases',
  title: 'What each use case costs at the table',
  async run(step) {
    await setUp();
    const moim = await startMoim();
    step('moim runs in this process; two people sign up');
    const costs = await liveTheJourney(moim, step);
    await moim.close();
    return [besideBounds(costs), withoutBounds(costs)];
  },
};
