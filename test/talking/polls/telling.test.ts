/** Rows 82, 84, 353: who hears of a poll, in the inbox and on open pages. */
import { contract } from '../../../functions/talking/polls/contract.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, nextTick, tick } from '../../support/people.ts';
import { leave } from '../../support/scene.ts';
import { noticesOf, polled, polling, typesOf } from './scene.ts';

const moim = useMoim();
const hour = 3_600_000;
const later = (ms: number) => new Date(moim.clock.now() + ms).toISOString();

test('row 353: a day before the end those are reminded, once, who are there and have not voted', async () => {
  const closesAt = later(30 * hour);
  const { path, people, leader, author, others, poll } = await polling(moim, 6, { closesAt });
  const [voted, blocking, leaving, reporting, rest] = others as [Person, Person, Person, Person, Person];
  const short = await polled(leader, path, { closesAt: later(24 * hour) });
  await poll.votes(voted, 0);
  await blocking.put(`/v1/accounts/me/blocks/${author.id}`);
  await reporting.post(`${path}/reports`, { subject: `poll:${poll.id}`, reason: 'SPAM' });
  await leave(leaving, { path });
  await moim.settle();
  await at(moim, later(6 * hour), ...people);
  await nextTick(moim);
  await tick(moim);

  const reminded = async (who: Person) =>
    (await noticesOf(moim, who)).filter(({ type }) => type === 'POLL_ENDING').map(({ link }) => link.pollId);
  const heard = await Promise.all(people.map(reminded));
  // Also its author, who has not voted. The other poll takes no longer than a day.
  expect(heard).toEqual([[poll.id], [poll.id], [], [], [], [], [poll.id]]);
  const notice = (await noticesOf(moim, rest)).find(({ type }) => type === 'POLL_ENDING');
  expect(short.id).not.toBe(poll.id);
  expect(notice).toMatchObject({
    text: 'A poll in Algorithms every day ends in a day. Have your say: Where do we meet?',
    link: { screen: 'poll', groupId: path.split('/').at(-1), pollId: poll.id },
  });
});

test('nobody is reminded of a poll that is closed, hidden, or deleted', async () => {
  const { path, people, leader, author, others, poll } = await polling(moim, 4, { closesAt: later(48 * hour) });
  const closed = await polled(author, path, { closesAt: later(48 * hour) });
  const deleted = await polled(author, path, { closesAt: later(48 * hour) });
  const [first, second, third] = others as [Person, Person, Person];
  for (const who of [first, second, third])
    await who.post(`${path}/reports`, { subject: `poll:${poll.id}`, reason: 'SPAM' });
  await author.post(`${closed.one}/close`);
  await author.delete(deleted.one);
  await moim.settle();
  await at(moim, later(24 * hour), ...people);
  await nextTick(moim);
  await moim.settle();
  await at(moim, later(24 * hour), ...people);
  await nextTick(moim);

  const opened = Array(3).fill('POLL_OPENED');
  expect(await typesOf(moim, leader)).toEqual(['POLL_CLOSED', ...opened]);
  expect(await typesOf(moim, first)).toEqual(['POLL_CLOSED', ...opened]);
});

test('members hear that a poll begins and that it has ended, but not of their own doing, and not of people they blocked', async () => {
  const { leader, author, others, poll } = await polling(moim, 3);
  const [blocking, other] = others as [Person, Person];
  const { path } = { path: poll.one.split('/polls')[0]! };
  await blocking.put(`/v1/accounts/me/blocks/${author.id}`);
  await leader.post(`${poll.one}/close`);
  const second = await polled(author, path);
  await author.post(`${second.one}/close`);

  const [begins, ends] = ['POLL_OPENED', 'POLL_CLOSED'];
  expect(await typesOf(moim, other)).toEqual([ends, ends, begins, begins]);
  expect(await typesOf(moim, author)).toEqual(['POLL_CLOSED']);
  expect(await typesOf(moim, leader)).toEqual([ends, begins, begins]);
  expect(await typesOf(moim, blocking)).toEqual(['POLL_OPENED']);
  expect((await noticesOf(moim, other)).map(({ text }) => text)).toContain(
    `${author.nickname} started a poll in Algorithms every day: Where do we meet?`,
  );
});

test('open pages are told of votes at most once in five seconds, and of every change of the poll; never who', async () => {
  const { path, leader, author, others, poll } = await polling(moim, 8);
  const [gone] = others as [Person];
  const sockets = [await leader.socket(), await author.socket(), await gone.socket()];
  const told = hearing(moim, sockets, contract.events.pollChanged);
  const groupId = path.split('/').at(-1);
  const event = (quietSeconds: number) => ({ groupId, pollId: poll.id, quietSeconds });
  await told();

  await author.patch(poll.one, { question: 'And now?' });
  expect(await told()).toEqual([[event(0)], [event(0)], [event(0)]]);
  await Promise.all(others.map((who, n) => poll.votes(who, n % 3)));
  expect(await told()).toEqual([[event(5)], [event(5)], [event(5)]]);
  await leave(gone, { path });
  await moim.settle();
  await moim.clock.advance(4999);
  await poll.votes(author, 1);
  expect(await told()).toEqual([[], [], []]);
  await moim.clock.advance(1);
  await poll.votes(author, 2);
  expect(await told()).toEqual([[event(5)], [event(5)], []]);
  await leader.post(`${poll.one}/close`);
  const [closing] = await told();
  // It is closed, and its result is written: as one change or as two.
  expect(closing!.length).toBeGreaterThan(0);
  expect(new Set(closing!.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(event(0))]));
  await leader.delete(poll.one);
  expect((await told())[0]).toContainEqual(event(0));
  for (const socket of sockets) socket.close();
});
