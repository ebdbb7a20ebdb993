/** Rows 98-102: what the headline use cases cost, and how they grow. */
import { type Person, useMoim } from '../../support/moim.ts';
import { lastTick, someone, tick } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { itemsOf, put } from '../../support/table.ts';
import { ask, asked, at, club, dayOf, decide, type Json, must, rowsOf } from './support.ts';

const moim = useMoim();
const cost = (route: string) => Object.values(costOf(moim, route));

test('rows 98-102: a request, a decision, the own day, the own list, and the rates and the night of a hundred members', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { leader, manager, groupId, path } = met;
  await at(moim, met, [1, 3], '10:00:00');

  must(await ask(ann, met));
  // The group, the membership, plan, seasons and profile; what the week has; the attendance with two places in indexes, counts with
  // one, news, check.
  expect(cost('requestAttendance')).toEqual([3, 3, 8, 11]);
  const first = await asked(ben, met);
  await moim.settle();
  await decide(manager, met, first);
  // Row 99: two checks, the attendance and its two indexes, counts and their index, the record, two news; the answer for repetitions.
  expect(cost('decideAttendances')).toEqual([2, 2, 5, 17]);
  await dayOf(ann, met);
  expect(cost('getAttendance')).toEqual([3, 2, 8.5, 0]);
  // Those who decide also see what waits, and how many have come of those who can: the week of the group.
  await dayOf(manager, met);
  expect(cost('getAttendance')).toEqual([5, 2, 9.5, 0]);
  await ann.get(`${path}/attendances`);
  expect(cost('listAttendances')).toEqual([3, 2, 6, 0]);

  // A hundred members. They are there since the week began.
  const [{ role, state, joinedAt, presentIn, group }] = await itemsOf(moim, 'Membership', {
    groupId,
    accountId: ann.id,
  });
  const names = await Promise.all(Array.from({ length: 95 }, () => someone(moim)));
  for (const { id } of names) {
    await put(moim, 'Membership', { groupId, accountId: id, role, state, joinedAt, presentIn, group });
    const counts = { present: 3, late: 2, absent: 1, moves: 6 };
    await put(moim, 'AttendanceCount', { groupId, accountId: id, seasonId: met.seasonId, ...counts });
  }
  await moim.settle();
  const { items } = must(await manager.get(`${path}/attendances/rates`));
  const [requests, roundTrips, readUnits] = cost('listAttendanceRates') as [number, number, number];
  expect([items.length, requests, roundTrips]).toEqual([99, 5, 2]);
  expect(readUnits).toBeLessThanOrEqual(21);
  expect(items.filter((each: Json) => each.rate === 3 / 5)).toHaveLength(95);

  // Nights without anything to do, and the one of the week's end: three writes a member, and no read of each.
  await moim.clock.advanceTo(Date.parse(`${met.day(1, 3)}T14:58:00Z`));
  await tick(moim);
  const quiet = lastTick(moim);
  await moim.clock.advanceTo(Date.parse(`${met.day(1, 5)}T14:58:00Z`));
  await tick(moim);
  const idle = lastTick(moim);
  await moim.clock.advanceTo(Date.parse(`${met.day(1, 7)}T14:58:00Z`));
  await tick(moim);
  const ends = lastTick(moim);
  expect([quiet.closeAttendance, idle.closeAttendance, ends.closeAttendance]).toEqual([1, 1, 1]);
  // Of these the minute takes seven; the calendar twice, the week, and the day that is closed with the next run.
  expect([idle.requests, idle.writeUnits]).toEqual([12, 7]);
  expect(ends.requests - idle.requests).toBe(98 + 1);
  expect((await rowsOf(moim, { groupId, everybody: [leader, ...names] })).flat()).toEqual(Array(96).fill('1 ABSENT'));
});
