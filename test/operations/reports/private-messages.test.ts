/** Rows 79, 83: a private message that its reader reports. */
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { administer, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

/** Two people who share a group, and an administrator. */
async function scene() {
  const [ari, bora, boss] = (await crowd(moim, 3)) as [Person, Person, Person];
  await administer(moim, boss);
  const group = await found(ari, { startDate: undefined, endDate: '2026-12-31' }, bora);
  await moim.settle();
  return { ari, bora, boss, ...group };
}
const write = async (from: Person, to: Person, body: string, more: object = {}): Promise<string> =>
  (await from.post('/v1/messages', { to: to.id, body, ...more })).body.id;
const report = (who: Person, { id: other }: Person, id: string, more: object = {}, headers = {}) =>
  who.post(`/v1/messages/with/${other}/${id}/reports`, { reason: 'INSULT', ...more }, headers);
const decide = (who: Person, id: string, decision: 'HIDE' | 'KEEP') =>
  who.post(`/v1/messages/${id}/decisions`, { decision });
const boxOf = async (who: Person, { id }: Person): Promise<Json> => (await who.get(`/v1/messages/with/${id}`)).body;
const bodies = (box: Json): string[] => box.items.map(({ body }: Json) => body);
const listOf = async (who: Person): Promise<Json[]> => (await who.get('/v1/messages')).body.items;
async function inboxOf(who: Person): Promise<Json[]> {
  await moim.settle();
  return (await who.get('/v1/notifications')).body.items;
}
const waiting = async (boss: Person, id: string): Promise<Json> =>
  (await boss.get('/v1/admin/reports')).body.items.find(({ subject }: Json) => subject === `privateMessage:${id}`);

test('its reader reports a message: gone for them at once, with its quotes and its line in every list; administrators decide, and decide anew', async () => {
  const { ari, bora, boss } = await scene();
  await write(ari, bora, 'Good morning');
  const bad = await write(ari, bora, 'You fool', { title: 'To you' });
  await write(bora, ari, 'That hurts', { replyTo: bad });
  await write(ari, bora, 'So what', { replyTo: bad });
  const last = await write(ari, bora, 'You fool, again');

  const replies = [await report(bora, ari, bad, { text: 'He calls me names' }), await report(bora, ari, bad)];
  await report(bora, ari, last);
  const cost = costOf(moim, 'reportPrivateMessage');
  const box = await boxOf(bora, ari);
  const sent = await boxOf(ari, bora);
  const seen = await boss.get(`/v1/messages/${bad}/reported`);

  expect(replies.map(outcome)).toEqual([204, 204]);
  // A look, the conversation with what is left of it beside, one transaction.
  expect(cost).toMatchObject({ requests: 4, roundTrips: 3 });
  expect(bodies(box)).toEqual(['So what', 'That hurts', 'Good morning']);
  expect(box.items.map(({ quote }: Json) => quote)).toEqual([null, null, null]);
  expect((await listOf(bora))[0]).toMatchObject({ last: { text: 'So what' }, unread: true });
  // Its writer learns nothing of the report, and quotes what was reported to nobody any more.
  expect(bodies(sent)).toEqual(['You fool, again', 'So what', 'That hurts', 'You fool', 'Good morning']);
  expect(sent.items.every(({ hidden }: Json) => hidden === false)).toBe(true);
  await write(ari, bora, 'And?', { replyTo: bad });
  expect((await boxOf(bora, ari)).items[0]).toMatchObject({ body: 'And?', quote: null, replyTo: null });
  // The reader can neither answer nor delete it: it is kept for those who decide.
  const gone = [
    await bora.post('/v1/messages', { to: ari.id, body: 'x', replyTo: bad }),
    await bora.delete(`/v1/messages/with/${ari.id}/${bad}`),
  ];
  expect(gone.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(await waiting(boss, bad)).toMatchObject({
    groupId: null,
    author: { id: ari.id },
    state: 'REPORTED',
    reports: 1,
    reasons: [{ reason: 'INSULT', count: 1 }],
    texts: ['He calls me names'],
  });
  expect(seen.body.reported).toMatchObject({ kind: 'privateMessage', text: 'To you\n\nYou fool', hiddenAt: null });

  const hidden = await decide(boss, bad, 'HIDE');
  const again = await decide(boss, bad, 'HIDE');
  const marked = (await boxOf(ari, bora)).items.filter((each: Json) => each.hidden);
  const told = (await inboxOf(bora)).filter(({ type }) => /REPORT/.test(type));
  await moim.clock.advance(1000);
  const kept = await decide(boss, bad, 'KEEP');

  expect([hidden, again, kept].map(outcome)).toEqual([200, 'ALREADY_DECIDED', 200]);
  expect(marked.map(({ id }: Json) => id)).toEqual([bad]);
  expect(told).toMatchObject([
    { type: 'MESSAGE_REPORT_ACCEPTED', link: { screen: 'messages', accountId: ari.id }, read: false },
  ]);
  expect((await boxOf(ari, bora)).items.some((each: Json) => each.hidden)).toBe(false);
  expect(bodies(await boxOf(bora, ari))).toEqual(['And?', 'So what', 'That hurts', 'Good morning']);
  const { body: history } = await boss.get(`/v1/admin/accounts/${ari.id}/decisions`);
  expect(history.items.slice(0, 2).map(({ author, before, after }: Json) => [author.id, before, after])).toEqual([
    [ari.id, 'HIDDEN', 'KEPT'],
    [ari.id, 'REPORTED', 'HIDDEN'],
  ]);
  // Neither inbox says what was reported: its own entry has no words any more, and counts as read.
  const entries = (await inboxOf(bora)).filter(({ type }) => type === 'MESSAGE');
  expect(entries.filter(({ text }) => /fool/.test(text))).toEqual([]);
  expect(entries.find(({ id }) => id === bad)).toMatchObject({ read: true });
});

test('only its reader reports a message, and only administrators look and decide; what nobody reported they never see', async () => {
  const { ari, bora, boss } = await scene();
  const stranger = await someone(moim);
  const id = await write(ari, bora, 'Hello');
  const other = await write(ari, bora, 'Between us');
  const toBoss = await found(boss, { startDate: undefined, endDate: '2026-12-31' }, bora).then(() =>
    write(boss, bora, 'From the office'),
  );
  const early = [
    await report(ari, bora, id),
    await report(stranger, ari, id),
    await report(bora, boss, id),
    await report(bora, ari, ari.id),
    await boss.get(`/v1/messages/${id}/reported`),
    await decide(boss, id, 'HIDE'),
  ];
  await report(bora, ari, id);
  await report(bora, boss, toBoss);
  const late = [
    await stranger.get(`/v1/messages/${id}/reported`),
    await ari.get(`/v1/messages/${id}/reported`),
    await bora.get(`/v1/messages/${id}/reported`),
    await decide(ari, id, 'KEEP'),
    await boss.get(`/v1/messages/${other}/reported`),
    await boss.get(`/v1/messages/${toBoss}/reported`),
    await decide(boss, toBoss, 'KEEP'),
  ];

  expect(early.map(outcome)).toEqual(Array(6).fill('NOT_FOUND'));
  expect(late.map(outcome)).toEqual([...Array(6).fill('NOT_FOUND'), 'OWN_DECISION']);
});

test('the same report at once is one; with a new message at the same moment the list shows that; the original outlives its writer’s copy', async () => {
  const { ari, bora, boss } = await scene();
  const id = await write(ari, bora, 'You fool');
  const headers = key();

  const race = await Promise.all([
    report(bora, ari, id, {}, headers),
    report(bora, ari, id),
    ari.post('/v1/messages', { to: bora.id, body: 'Sorry' }),
  ]);
  await ari.delete(`/v1/messages/with/${bora.id}/${id}`);
  const decided = await Promise.all([decide(boss, id, 'HIDE'), decide(boss, id, 'HIDE')]);

  expect(race.map(outcome)).toEqual([204, 204, 201]);
  expect((await listOf(bora))[0]).toMatchObject({ last: { text: 'Sorry' }, unread: true });
  expect(await waiting(boss, id)).toBeUndefined();
  expect(tally(decided)).toEqual({ 200: 1, ALREADY_DECIDED: 1 });
  expect((await boss.get(`/v1/messages/${id}/reported`)).body).toMatchObject({
    state: 'HIDDEN',
    reports: 0,
    reported: { text: 'You fool' },
  });
  // If nothing else is left, there is no line in the list; the next message makes one.
  const [only] = (await boxOf(bora, ari)).items;
  await report(bora, ari, only.id);
  expect(await listOf(bora)).toEqual([]);
  await write(ari, bora, 'Hello?');
  expect((await listOf(bora))[0]).toMatchObject({ last: { text: 'Hello?' }, unread: true });
  // With the reader's copy goes the report on it.
  await moim.clock.advance(366 * 86_400_000);
  await moim.settle();
  expect(await itemsOf(moim, 'ReportCase', { groupId: id })).toEqual([]);
});
