/** No consumer rests on the order of changes: those of a whole journey may come again, in any order, on any way. */
import type { DynamoDBRecord } from 'aws-lambda';
import { features } from '../../functions/features.ts';
import { lanesOf } from '../../shared/core/lanes.ts';
import { piecesOf } from '../../shared/core/parallel.ts';
import { everyItem } from '../support/items.ts';
import { jpeg, type Moim, type Person, password, useMoim } from '../support/moim.ts';
import { parkedMessage, queueArn } from '../support/parked.ts';
import { at, crowd, nextTick, someone, tick } from '../support/people.ts';
import { certify, found, kick, leave } from '../support/scene.ts';
import { itemsOf, streamOf, tableName } from '../support/table.ts';
import { journey } from './journey.ts';

const moim = useMoim({ lists: true });

/** Numbers that look random and are the same in each run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((each) => [random(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

const dayIn = (days: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(moim.clock.now() + days * 86_400_000);

/** What the demo does, and what it leaves out: groups that fill, change, empty and end; a password that changes. */
async function everything(): Promise<void> {
  const held: string[] = [];
  const pass = async (seconds: number) => {
    await moim.clock.advance(seconds * 1000);
    await tick(moim);
    await moim.settle();
  };
  const place = { apiUrl: moim.apiUrl, mailUrl: moim.consoleUrl, image: jpeg, pass, now: () => moim.clock.now() };
  await journey(place, (name, ok, came) => {
    if (!ok) held.push(`${name}: ${came}`);
  });
  expect(held).toEqual([]);
  const leader = await someone(moim);
  const people = await crowd(moim, 4);
  const days = { startDate: dayIn(0), endDate: dayIn(14) };
  const changing = await moim.person('changing');
  const group = await found(leader, days, ...people, changing);
  const { headers } = await leader.get(group.path);
  await leader.patch(group.path, { title: 'Another title', tags: ['late'] }, { 'if-match': headers.get('etag')! });
  await leave(people[0]!, group);
  await kick(leader, group, people[1]!);
  await certify(people[2]!, group);
  await people[3]!.put(`${group.path}/like`);
  await people[3]!.delete(`${group.path}/like`);
  const full = await found(leader, { ...days, capacity: 2 }, people[2]!);
  await leave(people[2]!, full);
  const ended = await found(leader, days);
  await leave(leader, ended);
  await changing.patch('/v1/accounts/me', { nickname: 'changed' });
  await changing.put('/v1/accounts/me/password', { current: password, password: 'Another-Horse-8' });
  await activities();
  // Two codes to one address: only the second is good.
  for (let i = 0; i < 2; i++) {
    await moim.guest.post('/v1/email-verifications', { email: 'twice@example.com', purpose: 'REGISTER' });
    await moim.settle();
    await moim.clock.advance(61_000);
  }
}

/** Missions with all that members do for them, up to the reminders of an evening. */
async function activities(): Promise<void> {
  const [leader, ...members] = (await crowd(moim, 4)) as [Person, ...Person[]];
  const [ari, bora, chan] = members as [Person, Person, Person];
  const group = await found(leader, { startDate: dayIn(0), endDate: dayIn(30), approval: 'AUTO' }, ...members);
  const mission = async (more: object) =>
    `${group.path}/missions/${(await leader.post(`${group.path}/missions`, { title: 'Read', way: 'TEXT', ...more })).body.id}`;
  const [once, other] = [await mission({ kind: 'ONCE' }), await mission({ kind: 'ONCE', title: 'Run' })];
  const done: string[] = [];
  for (const who of [leader, ari, bora, chan]) {
    await moim.clock.advance(5000);
    done.push((await who.post(`${who === chan ? other : once}/certifications`, { text: 'Done' })).body.id);
  }
  const cheers = (nth: number) => `${group.path}/certifications/${done[nth]}/cheers/me`;
  const excuse = (who: Person, from: number, until: number) =>
    who.post(`${group.path}/excuses`, { from: dayIn(from), until: dayIn(until), reason: 'Travelling' });
  for (const kind of ['HEART', 'STAR']) await bora.put(cheers(1), { kind });
  await leader.put(cheers(2), { kind: 'FIRE' });
  await leader.put(cheers(3), { kind: 'CRY' });
  await bora.delete(`${cheers(1)}?kind=STAR`);
  await chan.delete(`${group.path}/certifications/${done[3]}`);
  await chan.post(`${once}/skips`, { reason: 'Ill' });
  const skip = (await ari.post(`${other}/skips`, { reason: 'Ill' })).body.id;
  await ari.delete(`${group.path}/certifications/${skip}`);
  await bora.post(`${other}/nudges`, { to: chan.id, message: 'Shall we?' });
  const waiting = (await excuse(ari, 1, 20)).body.id;
  await leader.post(`${group.path}/excuses/${waiting}/grant`);
  const free = (await excuse(bora, 2, 3)).body.id;
  await bora.delete(`${group.path}/excuses/${free}`);
  await ari.put(`${once}/reminder`, { times: ['07:10'] });
  await chan.put(`${other}/reminder`, { times: ['07:10'] });
  await ari.delete(`${once}/reminder`);
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
  expect((await leader.get(once)).body.status).toBe('SUCCESS');
  await at(moim, `${dayIn(0)}T20:00:00+09:00`);
  await tick(moim);
  await moim.settle();
  const reminded = await itemsOf(moim, 'Notification', { accountId: chan.id });
  expect(reminded.map(({ notice }) => notice)).toContain('REMIND_DAILY');
}

/** Every mail, by its address and its subject, which holds the code. */
const mailed = () => [...new Set(moim.mail.list().map(({ to, subject }) => `${to} ${subject}`))].sort();

/** All that is in the table, but for when it expires, which may be later, and the name of the write that was its last. */
async function state(of: Moim): Promise<Record<string, unknown>> {
  await of.settle();
  const items = [...(await everyItem(of, tableName(of)))].map(([key, { expiresAt: _, mark: __, ...item }]) => [
    key,
    item,
  ]);
  return Object.fromEntries(items.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

let records: DynamoDBRecord[];
let before: Record<string, unknown>;
beforeAll(async () => {
  await everything();
  records = streamOf(moim);
  before = await state(moim);
});

test.each([1, 2, 3])('doubled and in any order they leave everything as it is (%d)', async (seed) => {
  const [mails, good] = [mailed(), moim.mail.list({ to: 'twice@example.com' })[0]!];
  const again = shuffled([...records, ...records], randomOf(seed));

  const outcomes = [];
  for (const Records of piecesOf(25, again))
    for (const lane of ['live-stream', 'background-stream']) outcomes.push(await moim.invoke(lane, { Records }));

  expect(records.length).toBeGreaterThan(300);
  expect(outcomes).toEqual(outcomes.map(() => ({ ok: true, payload: { batchItemFailures: [] } })));
  expect(await state(moim)).toEqual(before);
  // A code that is good is mailed again, one that is not would mislead.
  expect(mailed()).toEqual(mails);
  expect(moim.mail.list({ to: 'twice@example.com' })[0]!.subject).toBe(good.subject);
  expect(moim.queues.messages('Parked')).toEqual([]);
});

test('parked, each for every consumer that it is for, they leave everything as it is', async () => {
  const { consumers } = lanesOf(features).find(({ trigger }) => trigger === 'queue')!.feature;
  const messages = records.flatMap((record) => {
    const { eventName, dynamodb = {} } = record;
    const type = (dynamodb.NewImage ?? dynamodb.OldImage)?.type?.S;
    return Object.entries(consumers)
      .filter(([, { entity, on }]) => entity === type && on.includes(eventName as 'INSERT'))
      .map(([consumer, { keeps }]) => parkedMessage(moim, consumer, keeps, record));
  });

  for (const message of shuffled([...messages, ...messages], randomOf(4)))
    moim.queues.send(queueArn(moim, 'PARKED_URL'), message);
  const after = await state(moim);

  expect(messages.length).toBeGreaterThan(100);
  expect(after).toEqual(before);
  expect(moim.queues.messages('Parked')).toEqual([]);
  // What waits in the queue tells nothing of people.
  expect(JSON.stringify(messages)).not.toMatch(/@|Another title|nickname/);
});
