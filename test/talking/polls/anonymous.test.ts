/** Row 82: nobody but the voter ever learns who voted in an anonymous poll: every route, event, archive and log line is searched. */
import { unzipSync } from 'fflate';
import { contract } from '../../../functions/talking/polls/contract.ts';
import { hearing } from '../../support/hearing.ts';
import type { Person } from '../../support/moim.ts';
import { useMoim } from '../../support/moim.ts';
import { at, nextTick, renew, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { kick, leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { pathOf, placeholders, subjects } from '../../sweeps/samples.ts';
import { polled, polling } from './scene.ts';

const moim = useMoim();
const hour = 3_600_000;

/** How often each GET route names somebody to others, by route. Only what paths of a group and a poll lead to. */
async function naming(voter: Person, others: readonly Person[], ids: Readonly<Record<string, string>>) {
  await moim.settle();
  const asked = subjects
    .filter(({ route }) => route.method === 'GET' && route.auth === 'account')
    .filter((subject) => placeholders(subject).every((name) => name in ids));
  const counts: Record<string, number> = {};
  for (const who of others)
    for (const subject of asked) {
      const query = subject.name === 'listVoters' ? `?choiceId=${ids.choiceId}` : '';
      const { body, headers } = await who.get(pathOf(subject, ids) + query);
      const answer = JSON.stringify([body ?? '', headers]);
      const named = answer.split(voter.id).length + answer.split(voter.nickname).length - 2;
      counts[subject.name] = (counts[subject.name] ?? 0) + named;
    }
  return counts;
}

async function archiveOf(who: Person) {
  await who.post('/v1/accounts/me/exports');
  await moim.settle();
  await tick(moim);
  await moim.settle();
  const [ready] = (await who.get('/v1/accounts/me/exports')).body.items;
  const files = unzipSync(new Uint8Array(await (await fetch(ready.url)).arrayBuffer()));
  return JSON.parse(new TextDecoder().decode(files['data.json']));
}

test.each([true, false])(
  'anonymous: %s; a vote names its voter nowhere, or where a named poll says so',
  async (anonymous) => {
    const closesAt = new Date(moim.clock.now() + 26 * hour).toISOString();
    const { groupId, missionId, people, leader, author, others, poll } = await polling(moim, 3, {
      ...{ anonymous, closesAt, multiple: true },
    });
    const [voter, rest] = others as [Person, Person];
    const watching = [leader, author, rest];
    const ids = { groupId, missionId, pollId: poll.id, accountId: voter.id, choiceId: poll.ids[1]! };
    const sockets = await Promise.all(watching.map((who) => who.socket()));
    const before = await naming(voter, watching, ids);
    const line = moim.logs.length;
    const heard = sockets.map(({ events }) => events.length);

    await poll.votes(voter, 0);
    await voter.delete(`${poll.one}/ballot`);
    await poll.votes(voter, 1, 2);
    const open = await naming(voter, watching, ids);
    await moim.settle();
    const events = sockets.flatMap(({ events: all }, n) => all.slice(heard[n]));
    for (const socket of sockets) socket.close();
    // The reminder, and the end.
    await at(moim, new Date(moim.clock.now() + 2 * hour).toISOString(), ...people);
    await nextTick(moim);
    await moim.settle();
    await at(moim, closesAt, ...people);
    await nextTick(moim);
    const closed = await naming(voter, watching, ids);
    const lines = moim.logs.slice(line).filter((each) => each.line.includes(voter.id));

    const more = (after: Readonly<Record<string, number>>) =>
      Object.keys(after).filter((name) => after[name]! > (before[name] ?? 0));
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['listPolls', 'getPoll', 'listVoters', 'listMembers']));
    expect([more(open), more(closed)]).toEqual(anonymous ? [[], []] : [['listVoters'], ['listVoters']]);
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain(voter.id);
    // What the voter asks for is logged under their account, as for every route, without the poll or what was chosen.
    expect(lines.length).toBeGreaterThan(0);
    for (const each of lines) for (const id of [poll.id, ...poll.ids]) expect(each.line).not.toContain(id);
    expect(await poll.countsFor(leader)).toEqual([0, 1, 1]);
    expect(await poll.seenBy(voter)).toMatchObject({ mine: [poll.ids[1], poll.ids[2]].toSorted() });
  },
);

test('the archive of a voter has their ballot, that of others has no sign of it', async () => {
  const { path, leader, author, others } = await polling(moim, 2);
  const [voter] = others as [Person];
  const poll = await polled(author, path, { anonymous: true });
  await poll.votes(voter, 2);
  await poll.votes(author, 0);
  await author.post(`${poll.one}/close`);
  const refused = await leader.get(`${poll.one}/voters?choiceId=${poll.ids[2]}`);
  const [own, other] = [await archiveOf(voter), await archiveOf(author)];

  expect(outcome(refused)).toBe('NOT_APPLICABLE');
  expect(own.ballots).toMatchObject([{ pollId: poll.id, question: 'Where do we meet?', chosen: ['Park'] }]);
  expect(own.polls).toEqual([]);
  expect(other.ballots).toMatchObject([{ pollId: poll.id, chosen: ['Library'] }]);
  expect(other.polls).toHaveLength(2);
  expect(JSON.stringify([other.polls, other.ballots])).not.toContain(voter.id);
});

test('who leaves, is removed, comes back or withdraws moves no count: before and after it, nobody learns what they chose', async () => {
  const { groupId, path, leader, author, others, poll } = await polling(moim, 3, { anonymous: true });
  const [leaving, kicked] = others as [Person, Person];
  const withdrawing = await moim.person('withdrawing');
  await withdrawing.post(`${path}/members`);
  await poll.votes(author, 0);
  await poll.votes(leaving, 1);
  for (const who of [kicked, withdrawing]) await poll.votes(who, 2);
  await moim.settle();
  const seen = [await poll.countsFor(leader)];
  const looked = async (act: () => Promise<unknown>) => {
    await act();
    await moim.settle();
    seen.push(await poll.countsFor(leader));
  };
  await looked(() => leave(leaving, { path }));
  await looked(() => kick(leader, { path }, kicked));
  await looked(() => leaving.post(`${path}/members`));
  await looked(async () => {
    await moim.clock.advance(1000);
    const { status } = await withdrawing.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
    expect(status).toBe(204);
    await moim.settle();
    await nextTick(moim);
    // The account is erased.
    await moim.clock.advance(60_000);
    await nextTick(moim);
    await moim.settle();
    await renew(moim, leader, author);
  });
  const open = await poll.seenBy(leader);
  await author.post(`${poll.one}/close`);
  await moim.settle();
  const closed = await poll.seenBy(leader);

  expect(seen).toEqual(Array(5).fill([1, 1, 2]));
  expect([open.voters, closed.voters]).toEqual([4, 4]);
  expect(await poll.countsFor(author)).toEqual([1, 1, 2]);
  // The ballot of who withdrew is nobody's.
  const ballots = await itemsOf(moim, 'Ballot', { groupId });
  expect(ballots).toHaveLength(4);
  expect(JSON.stringify(ballots)).not.toContain(withdrawing.id);
});

test('the erasure of who withdrew tells no page in which anonymous polls they had voted', async () => {
  const { path, leader, author, poll } = await polling(moim, 1, { anonymous: true });
  const over = await polled(author, path, { anonymous: true });
  const withdrawing = await moim.person('leaving for good');
  await withdrawing.post(`${path}/members`);
  for (const each of [poll, over]) await each.votes(withdrawing, 1);
  await author.post(`${over.one}/close`);
  const before = [await poll.countsFor(leader), await over.countsFor(leader)];
  await moim.clock.advance(60_000);
  const socket = await leader.socket();
  const told = hearing(moim, [socket], contract.events.pollChanged);
  await told();

  await withdrawing.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await moim.settle();
  await nextTick(moim);
  const events = await told();
  await renew(moim, leader);

  expect(JSON.stringify(await itemsOf(moim, 'Ballot'))).not.toContain(withdrawing.id);
  expect(events).toEqual([[]]);
  expect([await poll.countsFor(leader), await over.countsFor(leader)]).toEqual(before);
  socket.close();
});
