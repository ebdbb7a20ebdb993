/** Row 82: voting, voting again, and taking a ballot back. */
import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd, renew } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { kick, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { polled, polling } from './scene.ts';

const moim = useMoim();

test('a vote counts once, also when it is changed, repeated, or cast on two devices at once', async () => {
  const { leader, author, others, poll } = await polling(moim, 3);
  const [voter] = others;

  expect(await poll.countsFor(leader)).toEqual([0, 0, 0]);
  expect(outcome(await poll.votes(author, 0))).toBe(204);
  expect(outcome(await poll.votes(author, 0))).toBe(204);
  expect(outcome(await poll.votes(author, 1))).toBe(204);
  const race = await Promise.all([0, 1, 2, 0].map((place) => poll.votes(voter!, place)));
  const { body } = await leader.get(poll.one);
  const mine = (await poll.seenBy(voter!)).mine;

  expect(tally(race)).toEqual({ 204: 4 });
  expect(body).toMatchObject({ state: 'OPEN', voters: 2, mine: null, begun: true, shown: true });
  expect(body.choices.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(2);
  expect(await itemsOf(moim, 'Ballot', { pollId: poll.id })).toHaveLength(2);
  expect(mine).toHaveLength(1);

  const back = await Promise.all([voter!.delete(`${poll.one}/ballot`), voter!.delete(`${poll.one}/ballot`)]);
  expect(back.map(outcome)).toEqual([204, 204]);
  expect(await poll.countsFor(leader)).toEqual([0, 1, 0]);
  expect(await poll.seenBy(voter!)).toMatchObject({ mine: null, begun: true, voters: 1 });
});

test('several choices count each, and their voter once; a single choice takes one; other choices are refused', async () => {
  const { path, leader, author, poll } = await polling(moim, 1, { multiple: true });
  const single = await polled(leader, path);
  const refusals = [
    await single.votes(author, 0, 1),
    await author.put(`${single.one}/ballot`, { choiceIds: [poll.ids[0]] }),
    await author.put(`${poll.one}/ballot`, { choiceIds: [poll.ids[0], single.ids[0]] }),
    await author.put(`${poll.one}/ballot`, { choiceIds: [] }),
    await author.put(`${path}/polls/${path.split('/').at(-1)}/ballot`, { choiceIds: [poll.ids[0]] }),
  ];
  const twice = await author.put(`${single.one}/ballot`, { choiceIds: [single.ids[1], single.ids[1]] });
  await poll.votes(author, 0, 2);
  await poll.votes(leader, 2);

  expect(refusals.map(outcome)).toEqual([...Array(4).fill('INVALID_REQUEST'), 'NOT_FOUND']);
  expect(refusals[0]!.body.errors).toEqual([{ pointer: '/choiceIds', reason: 'Choose one only.' }]);
  expect(outcome(twice)).toBe(204);
  expect(await single.countsFor(author)).toEqual([0, 1, 0]);
  expect(await poll.countsFor(author)).toEqual([1, 0, 2]);
  expect((await poll.seenBy(author)).voters).toBe(2);
});

test('outsiders and people who left neither see nor vote; their ballots do not count, and count again when they come back', async () => {
  const { path, leader, others, poll } = await polling(moim, 3);
  const [leaving, kicked] = others as [(typeof others)[0], (typeof others)[0]];
  const [outsider] = await crowd(moim, 1);
  for (const who of [leaving, kicked, leader]) await poll.votes(who, 1);
  await leave(leaving, { path });
  await kick(leader, { path }, kicked);
  await moim.settle();

  for (const who of [outsider!, leaving, kicked]) {
    expect(outcome(await who.get(poll.one))).toBe('NOT_FOUND');
    expect(outcome(await who.get(`${path}/polls`))).toBe('NOT_FOUND');
    expect(outcome(await poll.votes(who, 0))).toBe('NOT_FOUND');
    expect(outcome(await who.delete(`${poll.one}/ballot`))).toBe('NOT_FOUND');
  }
  expect(await poll.countsFor(leader)).toEqual([0, 1, 0]);
  await leaving.post(`${path}/members`);
  await moim.settle();
  expect(await poll.countsFor(leader)).toEqual([0, 2, 0]);
});

test('at the very millisecond of its end a poll takes no vote; one before it does', async () => {
  const closesAt = new Date(moim.clock.now() + 90_500).toISOString();
  const { author, leader, poll } = await polling(moim, 1, { closesAt });
  await moim.clock.advanceTo(Date.parse(closesAt) - 1);
  const before = await poll.votes(author, 0);
  await moim.clock.advanceTo(Date.parse(closesAt));
  const at = [await poll.votes(leader, 1), await author.delete(`${poll.one}/ballot`)];

  expect([before, ...at].map(outcome)).toEqual([204, 'POLL_CLOSED', 'POLL_CLOSED']);
  // It is closed for everybody, although nothing has written it yet.
  expect(await itemsOf(moim, 'Poll', { pollId: poll.id })).toMatchObject([{ state: 'OPEN' }]);
  expect(await poll.seenBy(leader)).toMatchObject({ state: 'CLOSED', closedAt: closesAt, voters: 1 });
});

test('a vote and an edit at once: nobody has voted for what then reads otherwise', async () => {
  const { author, leader, poll } = await polling(moim, 1);
  const edit = (body: object) => author.patch(poll.one, body);

  // The edit comes first: the vote looks again, and its choice is no more.
  const late = await interrupted(
    moim,
    async () => expect(outcome(await edit({ choices: ['Sea', 'Mountain'] }))).toBe(200),
    () => poll.votes(leader, 0),
  );
  const { choices } = await poll.seenBy(leader);
  // The vote comes first: the edit is refused.
  const lost = await interrupted(
    moim,
    () => leader.put(`${poll.one}/ballot`, { choiceIds: [choices[0].id] }),
    () => edit({ question: 'Another question?' }),
  );

  expect(outcome(late)).toBe('INVALID_REQUEST');
  expect(outcome(lost)).toBe('POLL_HAS_BALLOTS');
  expect(await poll.seenBy(leader)).toMatchObject({ question: 'Where do we meet?', voters: 1 });
});

test('forty who vote at once all get through', async () => {
  const { leader, members, poll } = await polling(moim, 40, {});
  const race = await Promise.all(members.map((who, n) => poll.votes(who, n % 3)));
  const failed = race.filter(({ status }) => status === 503);
  // Who met too many others at the same moment does what the answer says: the same again.
  for (const [n, { status }] of race.entries()) if (status === 503) await poll.votes(members[n]!, n % 3);
  await renew(moim, leader);

  expect(tally(race.filter(({ status }) => status !== 503))).toEqual({ 204: 40 - failed.length });
  expect(await poll.countsFor(leader)).toEqual([14, 13, 13]);
});
