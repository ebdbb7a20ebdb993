/** What polls cost, in a group of 20 and in a club of 500. */
import { partOf } from '../../../functions/groups/core/roster-rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { liveWork } from '../../support/hearing.ts';
import { useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';
import { itemsOf, putAll } from '../../support/table.ts';
import { polled, polling } from './scene.ts';

const moim = useMoim();

test('a vote: two requests, 6 read and 4 write units; the first of a poll one more for its place in the list', async () => {
  const { leader, author, poll } = await polling(moim, 19);

  await poll.votes(author, 0);
  const first = costOf(moim, 'vote');
  await poll.votes(leader, 1);
  const second = costOf(moim, 'vote');
  await poll.votes(leader, 2);
  const again = costOf(moim, 'vote');
  await leader.delete(`${poll.one}/ballot`);

  // Session, authority, group, membership, poll and what one has reported; then the poll and the ballot in one transaction.
  const vote = { requests: 2, roundTrips: 2, readUnits: 6, writeUnits: 4 };
  expect({ first, second, again }).toEqual({ first: { ...vote, writeUnits: 5 }, second: vote, again: vote });
  expect(costOf(moim, 'takeBackVote')).toEqual(vote);
});

test('a list of 20 polls: six requests in two steps; a poll: three at once', async () => {
  const { path, leader, poll } = await polling(moim, 19);
  for (let n = 0; n < 19; n++) await polled(leader, path);
  await poll.votes(leader, 1);
  await moim.settle();
  await leader.get(`${path}/polls`);
  const list = costOf(moim, 'listPolls');
  await leader.get(poll.one);

  // Session, authority, group, membership and what one has reported; the page, blocks, the roster; the own ballots, the comments.
  expect(list).toEqual({ requests: 6, roundTrips: 2, readUnits: 18.5, writeUnits: 0 });
  // Session, authority, group, membership, poll, the own ballot and what one has reported; the ballots; the roster.
  expect(costOf(moim, 'getPoll')).toEqual({ requests: 3, roundTrips: 1, readUnits: 8, writeUnits: 0 });
});

test('500 ballots: the result is three requests, and each vote that follows another tells nobody', async () => {
  const { groupId, leader, author, poll } = await polling(moim, 1);
  const now = moim.clock.now();
  const [member] = await itemsOf(moim, 'Membership', { groupId, accountId: author.id });
  const { pk: _, sk: _sk, gsi1pk: _p1, gsi1sk: _s1, gsi2pk: _p2, gsi2sk: _s2, ...rest } = member;
  const ids = Array.from({ length: 498 }, (_, n) => newId(now + n));
  const named = [leader.id, author.id, ...ids];
  await moim.settle();
  await putAll(moim, 'Membership', ids.map((accountId) => ({ ...rest, accountId })) as never);
  await moim.settle();
  const roster = Array.from({ length: 8 }, (_, part) => ({
    ...{ groupId, part: String(part) },
    ...Object.fromEntries(named.filter((id) => partOf(id) === String(part)).map((id) => [`person ${id}`, 'Somebody'])),
  }));
  await putAll(moim, 'Roster', roster as never);
  const line = moim.logs.length;
  await putAll(
    moim,
    'Ballot',
    ids.map((accountId, n) => ({
      ...{ groupId, pollId: poll.id, accountId, choiceIds: [poll.ids[n % 3]!], votedAt: iso(now) },
    })),
  );
  await moim.settle();
  const live = liveWork(moim, line);
  expect(await poll.countsFor(leader)).toEqual([166, 166, 166]);
  const result = costOf(moim, 'getPoll');
  await leader.post(`${poll.one}/close`);
  const closing = costOf(moim, 'closePoll');

  expect(result).toMatchObject({ requests: 3, roundTrips: 1, writeUnits: 0 });
  expect(result.readUnits).toBeLessThan(35);
  // One event for all of them; each other vote is a refused write of one unit.
  expect(live.requests).toBeLessThan(500 + 20);
  expect(live.readUnits).toBeLessThan(500);
  // The poll with its place in the list, and the check of who closes it.
  expect(closing).toEqual({ requests: 2, roundTrips: 2, readUnits: 7, writeUnits: 6 });
  await moim.settle();
  expect((await itemsOf(moim, 'Poll', { pollId: poll.id }))[0].tally).toEqual({ counts: [166, 166, 166], voters: 498 });
  expect(await poll.countsFor(leader)).toEqual([166, 166, 166]);
});
