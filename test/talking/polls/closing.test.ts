/** Rows 82, 353: the end of a poll, and its result, which stays. */
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, nextTick, renew, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { polled, polling, typesOf } from './scene.ts';

const moim = useMoim();
const later = (ms: number) => new Date(moim.clock.now() + ms).toISOString();
const stored = async (pollId: string) => (await itemsOf(moim, 'Poll', { pollId }))[0];

test('the result that the closing writes is shown from then on, whoever leaves or withdraws', async () => {
  const { path, leader, author, others, poll } = await polling(moim, 3);
  const [gone, leaving] = others as [Person, Person];
  const withdrawing = await moim.person('withdrawing');
  await withdrawing.post(`${path}/members`);
  for (const who of [gone, leaving, withdrawing, leader]) await poll.votes(who, 1);
  await poll.votes(author, 0);
  await leave(gone, { path });
  await moim.settle();

  expect((await author.post(`${poll.one}/close`)).status).toBe(204);
  await moim.settle();
  const closed = await poll.seenBy(leader);
  await moim.clock.advance(1000);
  await leave(leaving, { path });
  const { status: left } = await withdrawing.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  expect(left).toBe(204);
  await moim.settle();
  await nextTick(moim);
  await moim.clock.advance(60_000);
  await nextTick(moim);
  await moim.settle();
  await renew(moim, leader);

  expect(closed).toMatchObject({ state: 'CLOSED', closedAt: expect.any(String), voters: 4 });
  expect(closed.choices.map(({ count }: { count: number }) => count)).toEqual([1, 3, 0]);
  expect(await poll.seenBy(leader)).toEqual(closed);
  // The ballot of who withdrew is erased; who came back later has no second voice.
  const kept = (await itemsOf(moim, 'Ballot', { pollId: poll.id })).map(({ accountId }) => accountId);
  expect(kept).not.toContain(withdrawing.id);
  const { body } = await leader.get(`${poll.one}/voters?choiceId=${poll.ids[1]}`);
  const those = [leaving.id, leader.id].toSorted();
  expect(body.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(those);
  // Who left after the closing and comes back is named as before, and who had left before it is not.
  for (const who of [gone, leaving]) await who.post(`${path}/members`);
  await moim.settle();
  const { body: later } = await leader.get(`${poll.one}/voters?choiceId=${poll.ids[1]}`);
  expect([later.count, later.items.map(({ id }: { id: string }) => id).toSorted()]).toEqual([2, those]);
});

test('closing twice, by both at once, and after its time, closes once, and tells once', async () => {
  const { leader, author, others, poll } = await polling(moim, 2, { closesAt: later(3_600_000) });
  const [other] = others as [Person];
  const both = await Promise.all([author, leader, author].map((who) => who.post(`${poll.one}/close`)));
  const { since } = await stored(poll.id);
  await moim.settle();
  await at(moim, later(3_600_000), leader, author, other);
  const again = await leader.post(`${poll.one}/close`);
  await nextTick(moim);
  await tick(moim);

  expect([...both, again].map(outcome)).toEqual([204, 204, 204, 204]);
  expect((await stored(poll.id)).since).toBe(since);
  expect(await typesOf(moim, other)).toEqual(['POLL_CLOSED', 'POLL_OPENED']);
});

test('a vote and the closing at once: the ballot is before it and counts, or it is refused', async () => {
  for (const first of ['vote', 'close'] as const) {
    const { leader, author, poll } = await polling(moim, 1);
    const [voting, closing] = [() => poll.votes(leader, 2), () => author.post(`${poll.one}/close`)];
    const answer =
      first === 'close' ? await interrupted(moim, closing, voting) : await interrupted(moim, voting, closing);
    const counts = await poll.countsFor(author);
    expect([first, outcome(answer), counts]).toEqual(
      first === 'close' ? ['close', 'POLL_CLOSED', [0, 0, 0]] : ['vote', 204, [0, 0, 1]],
    );
  }
  const { leader, author, others, poll } = await polling(moim, 12);
  const [closed, ...race] = await Promise.all([
    author.post(`${poll.one}/close`),
    ...others.map((who, n) => poll.votes(who, n % 3)),
  ]);
  const taken = race.filter(({ status }) => status === 204).length;
  expect(outcome(closed!)).toBe(204);
  expect((await poll.seenBy(leader)).voters).toBe(taken);
  expect(await itemsOf(moim, 'Ballot', { pollId: poll.id })).toHaveLength(taken);
});

test('at its time a poll is closed by the minute, as of its time; who leaves in between counts', async () => {
  const closesAt = later(90_000);
  const { path, leader, author, others, poll } = await polling(moim, 2, { closesAt });
  const [leaving] = others as [Person];
  for (const who of [leaving, author]) await poll.votes(who, 0);
  await moim.settle();
  await moim.clock.advanceTo(Date.parse(closesAt) + 1000);
  await leave(leaving, { path });
  await moim.settle();
  const before = await poll.countsFor(leader);
  await nextTick(moim);
  await tick(moim);
  await moim.settle();

  expect(before).toEqual([2, 0, 0]);
  expect(await stored(poll.id)).toMatchObject({ state: 'CLOSED', since: closesAt, tally: { voters: 2 } });
  expect(await poll.countsFor(leader)).toEqual([2, 0, 0]);
  expect(await typesOf(moim, author)).toEqual(['POLL_CLOSED']);
});

test('a run that ends between the closing and the result: it is tried again, and writes nothing twice', async () => {
  const { leader, author, others, poll } = await polling(moim, 2);
  const [other] = others as [Person];
  await poll.votes(leader, 1);
  await moim.settle();
  const off = moim.table.faults.add({
    kind: 'error500',
    times: 20,
    match: (body) => JSON.stringify(body).includes('tally') && JSON.stringify(body).includes(poll.id),
  });
  const closed = await author.post(`${poll.one}/close`);
  await moim.settle();
  off();
  const between = await stored(poll.id);
  const shown = await poll.seenBy(leader);
  await moim.clock.advance(60_000);
  await moim.settle();

  expect(outcome(closed)).toBe(204);
  expect(between).toMatchObject({ state: 'CLOSED' });
  expect(between.tally).toBeUndefined();
  // Nobody waits for it: the ballots are counted for the answer.
  expect(shown).toMatchObject({ state: 'CLOSED', voters: 1 });
  expect((await stored(poll.id)).tally).toEqual({ counts: [0, 1, 0], voters: 1 });
  expect(await poll.countsFor(leader)).toEqual([0, 1, 0]);
  expect(await typesOf(moim, other)).toEqual(['POLL_CLOSED', 'POLL_OPENED']);
  await author.post(`${poll.one}/close`);
  expect(await typesOf(moim, other)).toEqual(['POLL_CLOSED', 'POLL_OPENED']);
});

test('results are shown always, to those who voted, or after the closing; to the leader no earlier', async () => {
  const { path, leader, author, poll } = await polling(moim, 1, { results: 'AFTER_VOTE' });
  const last = await polled(author, path, { results: 'AFTER_CLOSE' });
  const hidden = [null, null, null];
  const voters = (one: string, id: string) => leader.get(`${one}/voters?choiceId=${id}`);
  for (const each of [poll, last]) await each.votes(author, 0);

  expect(await poll.countsFor(author)).toEqual([1, 0, 0]);
  expect(await poll.countsFor(leader)).toEqual(hidden);
  expect(outcome(await voters(poll.one, poll.ids[0]!))).toBe('NOT_APPLICABLE');
  await poll.votes(leader, 1);
  expect(await poll.countsFor(leader)).toEqual([1, 1, 0]);
  expect((await voters(poll.one, poll.ids[0]!)).body).toMatchObject({ count: 1, items: [{ id: author.id }] });
  await leader.delete(`${poll.one}/ballot`);
  expect(await poll.countsFor(leader)).toEqual(hidden);

  await last.votes(leader, 1);
  expect(await last.seenBy(leader)).toMatchObject({ shown: false, voters: 2, mine: [last.ids[1]] });
  expect(outcome(await voters(last.one, last.ids[0]!))).toBe('NOT_APPLICABLE');
  await leader.post(`${last.one}/close`);
  expect(await last.countsFor(leader)).toEqual([1, 1, 0]);
});

test('row 84: a blocked person is counted and not named', async () => {
  const { leader, author, others, poll } = await polling(moim, 2);
  const [other] = others as [Person];
  for (const who of [author, other]) await poll.votes(who, 0);
  await leader.put(`/v1/accounts/me/blocks/${other.id}`);
  const { body } = await leader.get(`${poll.one}/voters?choiceId=${poll.ids[0]}`);

  expect(body).toMatchObject({ count: 2, items: [{ id: author.id, nickname: author.nickname }] });
});
