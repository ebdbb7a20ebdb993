/** Row 147: news of one kind from one group within ten minutes is one push message with a count. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, someone, tick } from '../../support/people.ts';
import { type PushServices, startPushServices } from '../../support/push-services.ts';
import { certify, found, kick, leave } from '../../support/scene.ts';
import { itemsOf, streamOf } from '../../support/table.ts';
import { approved, minutes, reachable } from './reachable.ts';

const moim = useMoim();
let services: PushServices;
beforeAll(async () => {
  services = await startPushServices(moim);
});
afterAll(() => services.close());

const inbox = async (person: Person, type: string) =>
  (await person.get('/v1/notifications?limit=50')).body.items
    .filter((each: { type: string }) => each.type === type)
    .map(({ text }: { text: string }) => text);

test('rows 2.8, 147: five certifications in three minutes are one push "5" and one entry; whoever wrote one hears of four', async () => {
  const [leader, quiet] = [await someone(moim), await reachable(moim, services)];
  const [reader, author] = [await reachable(moim, services, undefined, 2), await reachable(moim, services)];
  const others = await crowd(moim, 4);
  const place = await found(
    leader,
    { title: 'Algorithms', capacity: 20 },
    reader.person,
    author.person,
    quiet.person,
    ...others,
  );
  await moim.settle();
  await quiet.person.send('PATCH', `${place.path}/volume`, { body: { volume: 'MENTIONS' } });
  const created = (each: typeof reader) => each.messages().filter(({ data }) => data.type === 'CERTIFICATION_CREATED');

  for (const each of [author.person, ...others]) {
    await approved(moim, leader, each, place);
    await moim.clock.advance(36_000);
  }
  await minutes(moim, 6);
  expect([reader, author, quiet].map(created)).toEqual([[], [], []]);
  await minutes(moim, 4, leader, reader.person, author.person, quiet.person);

  const [told, again] = [created(reader), created(author)];
  // Two devices, the same message each, of one tag.
  expect(told.map(({ notification, data }) => [notification.body, data.count, data.groupId])).toEqual(
    Array(2).fill(['5 new certifications in Algorithms.', '5', place.groupId]),
  );
  expect(new Set(told.map(({ android }) => android.notification.tag)).size).toBe(1);
  expect(again.map(({ notification }) => notification.body)).toEqual(['4 new certifications in Algorithms.']);
  expect(created(quiet)).toEqual([]);
  const entries = await Promise.all(
    [reader.person, quiet.person, author.person, leader].map((each) => inbox(each, 'CERTIFICATION_CREATED')),
  );
  const five = ['5 new certifications in Algorithms.'];
  // The leader was asked to decide on each of them.
  expect(entries).toEqual([five, five, ['4 new certifications in Algorithms.'], []]);

  // One alone is told as itself, and leads to it; one that is gone by then is not told.
  const [late, gone] = await crowd(moim, 2);
  for (const each of [late!, gone!]) await each.post(`${place.path}/members`);
  await minutes(moim, 11, leader, late!, gone!, reader.person);
  const one = await approved(moim, leader, late!, place);
  const two = await approved(moim, leader, gone!, place);
  await gone!.delete(`${place.path}/certifications/${two}`);
  await minutes(moim, 11);
  expect(created(reader).map(({ notification, data }) => [notification.body, data.certificationId])).toEqual(
    Array(2).fill([`${late!.nickname} certified in Algorithms.`, one]),
  );
});

test('row 147: what concerns one comes at once, then together: the first, and ten minutes later all that is unread', async () => {
  const leader = await reachable(moim, services);
  const members = await crowd(moim, 6);
  const place = await found(leader.person, { title: 'Book club', capacity: 20 }, ...members);
  await moim.settle();
  leader.messages();
  await minutes(moim, 30, leader.person, ...members);
  leader.messages();

  const submit = async (member: Person) => {
    await certify(member, place);
    await moim.settle();
  };
  await submit(members[0]!);
  expect(leader.texts()).toEqual([`${members[0]!.nickname} submitted a certification in Book club. Please review it.`]);
  for (const member of members.slice(1, 4)) await submit(member);
  expect(leader.texts()).toEqual([]);
  // Read in between: that is no news any more.
  const { body } = await leader.person.get('/v1/notifications');
  await leader.person.post(`/v1/notifications/${body.items[0].id}/read`);
  await minutes(moim, 11, leader.person, ...members);
  const [message, ...more] = leader.messages();
  expect([message.notification.body, message.data.screen, more]).toEqual([
    '3 certifications in Book club wait for your review.',
    'group',
    [],
  ]);
  // Within ten minutes of that push the next one waits, and comes alone.
  await submit(members[4]!);
  expect(leader.texts()).toEqual([]);
  await minutes(moim, 11, leader.person, ...members);
  expect(leader.texts()).toEqual([`${members[4]!.nickname} submitted a certification in Book club. Please review it.`]);
  await minutes(moim, 12, leader.person, ...members);
  await submit(members[5]!);
  expect(leader.texts()).toHaveLength(1);
});

test('rows 18, 147: what was gathered comes to an open page and, where it is chosen, by mail; a page that is gone is forgotten', async () => {
  const leader = await someone(moim);
  const [reader, author] = await crowd(moim, 2);
  const place = await found(leader, { title: 'Letters' }, reader!, author!);
  await reader!.send('PATCH', '/v1/accounts/me/notification-settings', { body: { mail: { newUpload: true } } });
  await moim.settle();
  await approved(moim, leader, author!, place);
  await minutes(moim, 9, leader, reader!, author!);
  const [page, lost] = [await reader!.socket(), await reader!.socket()];
  // $disconnect is best effort: here its function cannot reach the table.
  const off = moim.table.faults.add({ kind: 'error500', operation: 'DeleteItem', times: 10 });
  lost.close();
  await lost.closed;
  await moim.settle();
  off();
  const opened = () => itemsOf(moim, 'Connection', { accountId: reader!.id });
  const before = (await opened()).length;
  await minutes(moim, 2);
  await page.ask({ id: 1, action: 'ping' });

  const heard = page.events.filter(({ event }) => event === 'notification').map(({ data }) => data.type);
  expect(heard).toEqual(['CERTIFICATION_CREATED']);
  expect(moim.mail.list({ to: reader!.email }).filter(({ tags }) => tags?.template === 'NOTIFICATION')).toHaveLength(1);
  expect([before, (await opened()).length]).toEqual([2, 1]);
  page.close();
});

test('row 147: deliveries and runs that come again, late or after all was read push nothing more', async () => {
  const [leader, reader] = [await someone(moim), await reachable(moim, services)];
  const authors = await crowd(moim, 3);
  const place = await found(leader, { title: 'Runs', capacity: 20 }, reader.person, ...authors);
  await moim.settle();
  reader.messages();
  const records = () =>
    streamOf(moim).filter(
      ({ dynamodb }) =>
        dynamodb?.NewImage?.type?.S === 'Certification' && dynamodb.NewImage.groupId?.S === place.groupId,
    );
  const again = async () => {
    await moim.invoke('background-stream', { Records: records() });
    await moim.settle();
  };
  const leaves = (await crowd(moim, 2)) as [Person, Person];
  for (const each of leaves) await each.post(`${place.path}/members`);

  for (const author of authors) await approved(moim, leader, author, place);
  for (const each of leaves) await each.delete(`${place.path}/members/me`);
  await again();
  await again();
  await minutes(moim, 11, reader.person);
  await tick(moim);
  const counts = reader.messages().map(({ data }) => [data.type, data.count]);
  counts.sort();
  expect(counts).toEqual([
    ['CERTIFICATION_CREATED', '3'],
    ['MEMBER_LEFT', '2'],
  ]);
  expect(await inbox(reader.person, 'CERTIFICATION_CREATED')).toHaveLength(1);

  // Again, when the ten minutes are long over, and again when nobody is woken any more.
  for (const wait of [5, 70, 200]) {
    await moim.clock.advance(wait * 60_000);
    await again();
    await minutes(moim, 12, reader.person);
  }
  expect(reader.messages()).toEqual([]);
  expect(await inbox(reader.person, 'CERTIFICATION_CREATED')).toHaveLength(1);
  const held = await itemsOf(moim, 'Held', { groupId: place.groupId });
  expect(held.every(({ pushedAt }) => pushedAt !== undefined)).toBe(true);
});

test('row 147: what is read before the ten minutes are over wakes nobody; until then an approval writes nothing for a member', async () => {
  const [leader, reader] = [await someone(moim), await reachable(moim, services)];
  const others = await crowd(moim, 12);
  const place = await found(leader, { title: 'Costs', capacity: 50 }, reader.person, ...others);
  await moim.settle();
  reader.messages();
  await others[0]!.delete(`${place.path}/members/me`);
  await moim.settle();
  await moim.clock.advance(1);
  await reader.person.post('/v1/notifications/read', {});
  await minutes(moim, 11, leader, reader.person, others[1]!);
  expect(reader.messages()).toEqual([]);

  const author = others[1]!;
  await approved(moim, leader, author, place);
  const held = await itemsOf(moim, 'Held', { groupId: place.groupId });
  const due = await itemsOf(moim, 'Due', { kind: 'pushHeld' });
  const subjects = due.map(({ subject }) => subject).filter((subject) => subject.endsWith(place.groupId));
  // One thing held, one run arranged; no inbox has an entry of it yet.
  expect(held.filter(({ gathers }) => gathers).map(({ actorId, to }) => [actorId, to])).toEqual([
    [author.id, undefined],
  ]);
  expect(subjects).toEqual([`CERTIFICATION_CREATED:${place.groupId}`]);
  const entries = async () =>
    (await itemsOf(moim, 'Notification', { notice: 'CERTIFICATION_CREATED' })).filter(
      ({ link }) => link.groupId === place.groupId,
    ).length;
  expect(await entries()).toBe(0);
  await minutes(moim, 11);
  expect(await entries()).toBe(11);
});

test('rows 84, 147: who left, was removed or blocks meanwhile hears nothing of what waited; nor of what was deleted or hidden', async () => {
  const [leader, writer] = [await someone(moim), await someone(moim)];
  const readers = await Promise.all(Array.from({ length: 4 }, () => reachable(moim, services)));
  const [removed, gone, blocking, stays] = readers.map(({ person }) => person) as [Person, Person, Person, Person];
  const all = [leader, writer, removed, gone, blocking, stays];
  const { path } = await found(leader, { title: 'Waiting', capacity: 20 }, ...all.slice(1));
  await moim.settle();
  await minutes(moim, 31, ...all);
  for (const each of readers) each.messages();
  const heard = (type: string) =>
    readers.map((each) =>
      each.messages().flatMap(({ data, notification }) => (data.type === type ? notification.body : [])),
    );
  const made = async (who: Person, place: string, body: object) => {
    const answer = await who.post(`${path}/${place}`, body);
    await moim.settle();
    return answer.body.id as string;
  };
  const posts: string[] = [];
  for (const { person } of readers) posts.push(await made(person, 'posts', { title: 'Chapter 3', body: 'A question' }));
  const twice = [posts[3]!, await made(stays, 'posts', { title: 'Chapter 4', body: 'Another' })];

  for (const id of posts) await made(writer, 'comments', { on: `post:${id}`, text: 'At once' });
  expect(heard('POST_COMMENTED').map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  for (const id of [...posts, ...twice]) await made(writer, 'comments', { on: `post:${id}`, text: 'Later' });
  const poll = { question: 'Where?', choices: ['Library', 'Café'] };
  const polls = [
    await made(writer, 'polls', poll),
    await made(leader, 'polls', poll),
    await made(leader, 'polls', { ...poll, question: 'When?' }),
  ];
  await kick(leader, { path }, removed);
  await leave(gone, { path });
  await blocking.put(`/v1/accounts/me/blocks/${writer.id}`);
  await stays.delete(`${path}/posts/${twice[1]}`);
  await leader.post(`${path}/reports`, { subject: `poll:${polls[0]}`, reason: 'SPAM' });
  await leader.post(`${path}/reports/decisions`, { subject: `poll:${polls[0]}`, decision: 'HIDE', reason: 'Spam' });
  await leader.delete(`${path}/polls/${polls[1]}`);
  await moim.settle();
  for (const each of readers.slice(0, 2)) each.messages();
  await minutes(moim, 11, leader, writer, blocking, stays);

  const bodies = readers.map((each) => each.messages().map(({ data, notification }) => [data.type, notification.body]));
  const of = (type: string) => bodies.map((some) => some.flatMap(([is, body]) => (is === type ? [body] : [])));
  expect(of('POST_COMMENTED')).toEqual([[], [], [], ['3 comments on posts in Waiting.']]);
  const opened = [`${leader.nickname} started a poll in Waiting: When?`];
  expect(of('POLL_OPENED')).toEqual([[], [], opened, opened]);
});
