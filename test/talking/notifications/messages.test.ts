/** Rows 79, 105: what the inbox says of private messages, as they are read, deleted and reported; and of what is hidden. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, streamOf, take } from '../../support/table.ts';
import { polled } from '../polls/scene.ts';

const moim = useMoim();
// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

async function scene() {
  const [ari, bora, cho] = (await crowd(moim, 3)) as [Person, Person, Person];
  const group = await found(ari, { startDate: undefined, endDate: '2026-12-31' }, bora, cho);
  await moim.settle();
  return { ari, bora, cho, ...group };
}
const write = async (from: Person, to: Person, body: string): Promise<string> =>
  (await from.post('/v1/messages', { to: to.id, body })).body.id;
const read = (who: Person, other: Person, upTo: string) => who.put(`/v1/messages/with/${other.id}/read-mark`, { upTo });
/** The number on the bell, and the entries of some kind as `text: read`, the newest first. */
async function inboxOf(who: Person, type = 'MESSAGE') {
  await moim.settle();
  const { body } = await who.get('/v1/notifications?limit=50');
  const entries: Json[] = body.items.filter((each: Json) => each.type === type);
  return { unread: body.unread, entries: entries.map(({ text, read: isRead }) => [text.split(': ')[1], isRead]) };
}

/** The stream brings changes of one kind once more, the last first. */
async function again(type: string, isOne: (image: Json) => boolean) {
  const records = streamOf(moim).filter(
    ({ dynamodb }) => dynamodb?.NewImage?.type?.S === type && isOne(dynamodb.NewImage),
  );
  expect(records.length).toBeGreaterThan(0);
  const outcome = await moim.invoke('live-stream', { Records: records.toReversed() });
  expect(outcome).toMatchObject({ payload: { batchItemFailures: [] } });
}

test('row 105: messages that were read are read in the inbox, and on every open page of their reader', async () => {
  const { ari, bora, cho } = await scene();
  const [, second] = [await write(ari, bora, 'one'), await write(ari, bora, 'two')];
  await moim.clock.advance(1000);
  await write(cho, bora, 'from another');
  const before = await inboxOf(bora);
  const [phone, others] = [await bora.socket(), await ari.socket()];

  await read(bora, ari, second);
  // A message that comes while one reads is not read by that.
  await moim.clock.advance(1000);
  await write(ari, bora, 'three');
  const after = await inboxOf(bora);
  await phone.ask({ id: 'ping', action: 'ping' });
  await others.ask({ id: 'ping', action: 'ping' });

  expect(before).toEqual({
    unread: 3,
    entries: [
      ['from another', false],
      ['two', false],
      ['one', false],
    ],
  });
  expect(after).toEqual({
    unread: 2,
    entries: [
      ['three', false],
      ['from another', false],
      ['two', true],
      ['one', true],
    ],
  });
  const heard = (socket: typeof phone) =>
    socket.events.filter(({ event }: Json) => event === 'conversation.read').map(({ data }: Json) => data);
  expect([heard(phone), heard(others)]).toEqual([[{ accountId: ari.id, upTo: second }], []]);
  phone.close();
  others.close();
});

test('row 105: whatever comes again, late or in another order, ends the same: read stays read, and what came later unread', async () => {
  const { ari, bora } = await scene();
  const ids = [await write(ari, bora, 'one'), await write(ari, bora, 'two')];
  await moim.settle();
  await read(bora, ari, ids[0]!);
  await moim.settle();
  await read(bora, ari, ids[1]!);
  await write(ari, bora, 'three');
  const first = await inboxOf(bora);

  const isBoras = ({ accountId, to }: Json) => (accountId ?? to.L[0]).S === bora.id;
  await again('Conversation', isBoras);
  const repeated = await inboxOf(bora);
  // As if nothing had been delivered when it was read.
  for (const each of await itemsOf(moim, 'Notification', { accountId: bora.id })) await take(moim, each);
  await again('Conversation', isBoras);
  const bare = await inboxOf(bora);
  await again('Outbox', (image) => image.notice?.S === 'MESSAGE' && isBoras(image));

  const entries = [
    ['three', false],
    ['two', true],
    ['one', true],
  ];
  expect(first).toEqual({ unread: 1, entries });
  expect(repeated).toEqual(first);
  expect(bare).toEqual({ unread: 0, entries: [] });
  expect(await inboxOf(bora)).toEqual(first);
});

test('row 105: whoever deletes or reports a message that they have not read has nothing unread of it, and no words', async () => {
  const { ari, bora } = await scene();
  const [one, two] = [await write(ari, bora, 'one'), await write(ari, bora, 'two')];
  await write(ari, bora, 'three');
  await moim.settle();

  await bora.delete(`/v1/messages/with/${ari.id}/${one}`);
  await bora.post(`/v1/messages/with/${ari.id}/${two}/reports`, { reason: 'SPAM' });

  expect(await inboxOf(bora)).toEqual({
    unread: 1,
    entries: [
      ['three', false],
      ['no longer available', true],
      ['no longer available', true],
    ],
  });
});

test('row 83: the inbox does not say what was hidden, deleted or reported; what is shown again, it says again', async () => {
  const { ari, bora, cho, path } = await scene();
  const text = async (who: Person, type: string) => {
    await moim.settle();
    return (await who.get('/v1/notifications?limit=50')).body.items.find((each: Json) => each.type === type)?.text;
  };
  const { body: post } = await ari.post(`${path}/posts`, { title: 'Bring money', body: 'All of it', kind: 'NOTICE' });
  const poll = await polled(bora, path, { question: 'Who is a fool?' });
  const said = [await text(cho, 'NOTICE_POSTED'), await text(cho, 'POLL_OPENED')];
  // Where nothing is quoted, nothing more is asked.
  expect(costOf(moim, 'listNotifications')).toMatchObject({ requests: 4, roundTrips: 2 });

  const subject = `poll:${poll.id}`;
  await cho.post(`${path}/reports`, { subject, reason: 'INSULT' });
  const reported = [await text(cho, 'POLL_OPENED'), await text(ari, 'POLL_OPENED')];
  await ari.post(`${path}/reports/decisions`, { subject, decision: 'HIDE' });
  const hidden = await text(ari, 'POLL_OPENED');
  await ari.post(`${path}/reports/decisions`, { subject, decision: 'KEEP' });
  const kept = await text(ari, 'POLL_OPENED');
  await ari.delete(`${path}/posts/${post.id}`);
  const deleted = await text(cho, 'NOTICE_POSTED');
  const korean = await cho.get('/v1/notifications', { 'accept-language': 'ko' });

  expect(said).toEqual([expect.stringContaining('(Bring money)'), expect.stringContaining('Who is a fool?')]);
  expect(reported).toEqual([expect.stringMatching(/: no longer available$/), expect.stringContaining('a fool')]);
  expect(hidden).toMatch(/: no longer available$/);
  expect(kept).toContain('Who is a fool?');
  expect(deleted).toMatch(/\(no longer available\)$/);
  expect(JSON.stringify(korean.body)).toContain('지금은 볼 수 없어요');
});
