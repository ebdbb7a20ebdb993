/** Row 82: making, listing, editing and deleting polls. */

import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { lunch, polled, polling } from './scene.ts';

const moim = useMoim();
const day = 86_400_000;
const later = (ms: number) => new Date(moim.clock.now() + ms).toISOString();

test('two to ten choices that differ, and an end within a year', async () => {
  const { path, author } = await polling(moim, 1);
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => `Choice ${i + 1}`);
  const ask = (more: object) => author.post(`${path}/polls`, { ...lunch, ...more });
  const refused = [
    await ask({ choices: numbers(1) }),
    await ask({ choices: numbers(11) }),
    await ask({ choices: ['Yes', 'yes'] }),
    await ask({ choices: ['Yes', ' '] }),
    await ask({ closesAt: later(0) }),
    await ask({ closesAt: later(366 * day) }),
    await ask({ question: '' }),
    await ask({ results: 'NEVER' }),
  ];
  const taken = [
    await ask({ choices: numbers(10), closesAt: later(365 * day) }),
    await ask({ choices: numbers(2), closesAt: later(1), results: 'AFTER_CLOSE', anonymous: true, multiple: true }),
  ];

  expect(refused.map(outcome)).toEqual(Array(8).fill('INVALID_REQUEST'));
  expect(refused.slice(2, 5).map(({ body }) => body.errors)).toEqual([
    [{ pointer: '/choices/1', reason: 'Make each choice different.' }],
    [{ pointer: '/choices/1', reason: expect.any(String) }],
    [{ pointer: '/closesAt', reason: 'Choose a time within a year from now.' }],
  ]);
  expect(taken.map(outcome)).toEqual([201, 201]);
  expect(taken[1]!.body).toMatchObject({ anonymous: true, multiple: true, results: 'AFTER_CLOSE', shown: false });
});

test('a repeated request makes one poll; the same text stays the same choice', async () => {
  const { path, author, leader } = await polling(moim, 1);
  const headers = key();
  const [first, again] = [
    await author.post(`${path}/polls`, lunch, headers),
    await author.post(`${path}/polls`, lunch, headers),
  ];
  expect(again.body).toEqual(first.body);
  expect(await itemsOf(moim, 'Poll', { groupId: path.split('/').at(-1) })).toHaveLength(2);

  const one = `${path}/polls/${first.body.id}`;
  const edited = await author.patch(one, { choices: ['Park', 'Library', 'Sea'] }, { 'if-match': '"1"' });
  const stale = await author.patch(one, { question: 'When?' }, { 'if-match': '"1"' });
  const byLeader = await leader.patch(one, { question: 'When?' });
  const idOf = (body: { choices: { id: string; text: string }[] }, text: string) =>
    body.choices.find((choice) => choice.text === text)?.id;
  expect(outcome(edited)).toBe(200);
  expect(edited.body.version).toBe(2);
  for (const text of ['Park', 'Library']) expect(idOf(edited.body, text)).toBe(idOf(first.body, text));
  expect([stale, byLeader].map(outcome)).toEqual(['PRECONDITION_FAILED', 'NOT_FOUND']);

  await leader.put(`${one}/ballot`, { choiceIds: [idOf(edited.body, 'Sea')] });
  await leader.delete(`${one}/ballot`);
  expect(outcome(await author.patch(one, { question: 'When?' }))).toBe('POLL_HAS_BALLOTS');
  await author.post(`${one}/close`);
  expect(outcome(await author.patch(one, { question: 'When?' }))).toBe('POLL_CLOSED');
});

test('the list has open polls first, then those that were closed last; it says whether one has voted and what leads', async () => {
  const { path, author, leader, poll } = await polling(moim, 2);
  const next = async (more: object = {}) => {
    await moim.clock.advance(1000);
    return polled(leader, path, more);
  };
  const closedFirst = await next();
  const closedLast = await next();
  const open = await next();
  await open.votes(author, 2);
  await closedLast.votes(author, 0);
  await closedLast.votes(leader, 1);
  for (const each of [closedFirst, closedLast]) {
    await moim.clock.advance(1000);
    await leader.post(`${each.one}/close`);
  }
  await moim.settle();

  const pages = await pagesOf(author, `${path}/polls`, 3);
  expect(idsOf(pages)).toEqual([open.id, poll.id, closedLast.id, closedFirst.id]);
  expect(pages.flat().map(({ state, voted, voters, leading }) => [state, voted, voters, leading])).toEqual([
    ['OPEN', true, null, null],
    ['OPEN', false, null, null],
    ['CLOSED', true, 2, ['Library', 'Café']],
    ['CLOSED', false, 0, []],
  ]);
});

test('its author and the leader delete a poll; its ballots go, and a vote at that moment is lost', async () => {
  const { path, leader, author, others, poll } = await polling(moim, 2);
  const [other] = others;
  const second = await polled(author, path);
  for (const each of [poll, second]) await each.votes(other!, 0);
  const refused = [await other!.delete(poll.one), await other!.post(`${poll.one}/close`)];
  const deleted = [await author.delete(poll.one), await leader.delete(second.one)];
  const after = [await author.delete(poll.one), await second.votes(other!, 1), await other!.get(poll.one)];
  await moim.settle();

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(deleted.map(outcome)).toEqual([204, 204]);
  expect(after.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  for (const { id } of [poll, second]) expect(await itemsOf(moim, 'Ballot', { pollId: id })).toEqual([]);
});

test('rows 83, 84: a reported poll is gone for the reporter, with three reports for all; polls of blocked people are not listed', async () => {
  const { path, leader, author, others, poll } = await polling(moim, 5);
  const [first, second, third, fourth] = others as [Person, Person, Person, Person];
  const report = (who: typeof author) => who.post(`${path}/reports`, { subject: `poll:${poll.id}`, reason: 'SPAM' });
  await first.put(`/v1/accounts/me/blocks/${author.id}`);
  const listed = async (who: typeof author) => idsOf(await pagesOf(who, `${path}/polls`, 10));

  expect(await listed(first)).toEqual([]);
  expect(outcome(await first.get(poll.one))).toBe(200);
  await report(second);
  expect(outcome(await second.get(poll.one))).toBe('NOT_FOUND');
  expect(outcome(await poll.votes(second, 0))).toBe('NOT_FOUND');
  expect(await listed(second)).toEqual([]);
  expect(await listed(third)).toEqual([poll.id]);
  for (const who of [first, third]) await report(who);
  await moim.settle();

  const { body } = await leader.get(`${path}/reported?subject=poll:${poll.id}`);
  expect(body.reported.text).toBe('Where do we meet?\n- Library\n- Café\n- Park');
  expect(outcome(await fourth.get(poll.one))).toBe('NOT_FOUND');
  for (const who of [author, leader]) expect((await poll.seenBy(who)).hiddenAt).not.toBeNull();
  await leader.post(`${path}/reports/decisions`, { subject: `poll:${poll.id}`, decision: 'KEEP' });
  expect(outcome(await fourth.get(poll.one))).toBe(200);
  expect(outcome(await second.get(poll.one))).toBe('NOT_FOUND');
});
