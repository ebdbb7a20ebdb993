/** Notifications are worded when they are read: by the names that people have then, in the reader's language. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const list = '/v1/notifications';

let told = 0;
/** Tells people of something in a group called T, and waits until they have heard. */
async function tell(
  notice: string,
  to: readonly Person[],
  by: Person,
  more: { personId?: string; values?: Record<string, string> } = {},
) {
  await put(moim, 'Outbox', {
    outboxId: `01900000-0000-7000-8000-${String(++told).padStart(12, '0')}`,
    createdAt: new Date(moim.clock.now()).toISOString(),
    notice,
    to: to.map(({ id }) => id),
    actorId: by.id,
    values: { title: 'T' },
    ...more,
    link: { screen: 'group', groupId: '01900000-0000-7000-8000-000000000002' },
  });
  await moim.settle();
}

/** The texts of somebody's inbox in both languages, oldest first. */
const inbox = (who: Person) =>
  Promise.all(
    ['ko', 'en'].map(async (language) => {
      const { body } = await who.get(list, { 'accept-language': language });
      return body.items.map(({ text }: { text: string }) => text).toReversed();
    }),
  );
const rename = (who: Person, nickname: string) => who.send('PATCH', '/v1/accounts/me', { body: { nickname } });
const withdraw = (who: Person) => who.post('/v1/accounts/me/withdrawal', { reason: 'Found another hobby' });

test('a name that changes, and a person who withdraws, are right in what was told before', async () => {
  const [reader, actor, person] = [await someone(moim, 'ari'), await moim.person('bora'), await moim.person('chul')];
  await tell('MEMBER_LEFT', [reader], actor);
  await tell('OWNER_CHANGED', [reader], actor, { personId: person.id });
  const before = await inbox(reader);

  await rename(actor, '보라');
  const renamed = await inbox(reader);
  await withdraw(actor);
  await withdraw(person);
  const gone = await inbox(reader);

  expect(before).toEqual([
    ['bora님이 T에서 나갔어요.', '이제 chul님이 T를 이끌어요.'],
    ['bora left T.', 'chul is now the leader of T.'],
  ]);
  expect(renamed).toEqual([
    ['보라님이 T에서 나갔어요.', '이제 chul님이 T를 이끌어요.'],
    ['보라 left T.', 'chul is now the leader of T.'],
  ]);
  expect(gone).toEqual([
    ['(알 수 없음)님이 T에서 나갔어요.', '이제 (알 수 없음)님이 T를 이끌어요.'],
    ['(unknown) left T.', '(unknown) is now the leader of T.'],
  ]);
});

test('somebody who withdraws before the delivery is unknown from the start', async () => {
  const [reader, actor] = [await someone(moim, 'dana'), await moim.person('eunji')];
  await withdraw(actor);

  await tell('MEMBER_LEFT', [reader], actor);

  expect(await inbox(reader)).toEqual([['(알 수 없음)님이 T에서 나갔어요.'], ['(unknown) left T.']]);
});

test('of very many people, the last hears the same names as the first, over the socket and in the inbox', async () => {
  const [actor, person] = [await someone(moim, 'faye'), await someone(moim, 'gaeul')];
  const people = await crowd(moim, 70);
  const ends = [people[0]!, people.at(-1)!];
  const sockets = await Promise.all(ends.map((who) => who.socket()));

  await tell('OWNER_CHANGED', [...people, person], actor, { personId: person.id });

  const heard = await Promise.all(sockets.map((socket) => socket.next()));
  const texts = await Promise.all(ends.map(async (who) => (await inbox(who))[1]![0]));
  expect(heard.map(({ data }) => data.text)).toEqual(texts);
  expect(texts).toEqual(Array(2).fill('gaeul is now the leader of T.'));
  const stored = await itemsOf(moim, 'Notification', { notice: 'OWNER_CHANGED', actorId: actor.id });
  expect(stored).toHaveLength(71);
  for (const socket of sockets) socket.close();
});

test('an entry of a type that this build does not know is left out, and counts as little', async () => {
  const [reader, actor] = [await someone(moim, 'haneul'), await someone(moim, 'iseul')];
  await tell('MEMBER_LEFT', [reader], actor);
  const [entry] = await itemsOf(moim, 'Notification', { accountId: reader.id });
  const { actorId, values, link, createdAt, toldAt, expiresAt } = entry;
  await put(moim, 'Notification', {
    ...{ accountId: reader.id, unreadBy: reader.id, notificationId: '01900000-0000-7000-8000-999999999999' },
    ...{ notice: 'GROUP_MOVED', actorId, values, link, createdAt, toldAt, expiresAt },
  });
  expect(await itemsOf(moim, 'Notification', { accountId: reader.id })).toHaveLength(2);

  const { status, body } = await reader.get(list);
  const home = await reader.get('/v1/accounts/me/today');

  expect(home.body.unread).toBe(1);
  expect([status, body.unread, body.items.map(({ type }: { type: string }) => type)]).toEqual([
    200,
    1,
    ['MEMBER_LEFT'],
  ]);
});

test('names cost one request more a page, whatever its length, and none where nobody is named', async () => {
  const reader = await someone(moim, 'jaeyun');
  const cost = async () => {
    await reader.get(`${list}?limit=50`);
    return Object.values(costOf(moim, 'listNotifications'));
  };

  const empty = await cost();
  await tell('GROUP_DELETED', [reader], await someone(moim));
  const unnamed = await cost();
  const actors = await crowd(moim, 10);
  for (const actor of actors) await tell('MEMBER_LEFT', [reader], actor);
  for (const actor of actors) await tell('MEMBER_LEFT', [reader], actor);
  const named = await cost();

  // The page, at half a unit for 4 KB; beside it session, account and settings; then ten accounts, half a unit each. The
  // page is the whole inbox, so what is unread is counted on it.
  expect({ empty, unnamed, named }).toEqual({
    empty: [2, 1, 3.5, 0],
    unnamed: [2, 1, 3.5, 0],
    named: [3, 2, 10, 0],
  });
});

test('days are said as people say them, with the year where it is another; a word that looks like one stays', async () => {
  const [reader, actor] = [await someone(moim, 'ari'), await moim.person('bora')];
  await tell('EXCUSE_GRANTED', [reader], actor, {
    values: { title: '2026-03-05', from: '2026-03-05', until: '2027-01-02' },
  });

  expect(await inbox(reader)).toEqual([
    ['2026-03-05에서 3월 5일부터 2027년 1월 2일까지 쉬어 갈 수 있게 됐어요.'],
    ['You are excused in 2026-03-05 from March 5 to January 2, 2027.'],
  ]);
});
