/** Row 156: how many have come, and how many tries there are on a day of the group. */
import { contract } from '../../../functions/activity/attendance/contract.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { outcome } from '../../support/replies.ts';
import { meeting, weeksOf, wrongOf } from './support.ts';

const moim = useMoim();
const { scene, nextWeek } = weeksOf(moim);

test('row 156: those who decide hear of each who comes, and see how many have come of those who can', async () => {
  const { leader, members, path, groupId, go, code, enter } = await scene(4);
  const [a, b, c, d] = members as [Person, Person, Person, Person];
  const here = async (who: Person = leader) => (await who.get(`${path}/attendance`)).body.here;
  await go('18:50:00');
  const empty = await here();
  const sockets = await Promise.all([leader, d].map((each) => each.socket()));
  const heard = hearing(moim, sockets, contract.events.attendanceChanged);
  await enter(a, await code());
  const [told, nobody] = await heard();
  await b.post(`${path}/attendances`);
  // One who has the week off is not waited for.
  const { season, week } = (await leader.get(`${path}/attendance`)).body;
  const about = { accountId: c.id, seasonId: season.id, week, state: 'HOLIDAY', reason: 'Her gym is closed' };
  expect((await leader.post(`${path}/attendances/corrections`, about)).status).toBe(200);
  const seen = [await here(), await here(a)];
  await a.delete(`${path}/members/me`);
  await moim.settle();
  const left = await here();
  await go('23:58:00');

  expect([empty, ...seen]).toEqual([{ came: 0, of: 5 }, { came: 1, of: 4 }, null]);
  expect(left).toEqual({ came: 0, of: 3 });
  expect(told).toEqual([{ groupId }]);
  expect([nobody, await here()]).toEqual([[], null]);
});

test('row 156: the five tries are of the day of the group: a meeting around midnight of UTC gives no further ones', async () => {
  const meetings = [{ ...meeting, start: '09:00' }];
  const { members, path, go, code, enter } = await scene(2, { meetings });
  const [a, b] = members as [Person, Person];
  nextWeek();
  await go('08:59:00');
  const wrong = wrongOf(await code());
  const before = [await enter(a, wrong), await enter(a, wrong), await enter(a, wrong)];
  await go('09:00:10');
  const next = wrongOf(await code());
  const after = [await enter(a, next), await enter(a, next), await enter(a, next)];
  const right = await enter(a, await code());
  // What is right is not told any more, whatever else stands in the way.
  await b.post(`${path}/attendances`);
  for (let n = 0; n < 5; n++) await enter(b, next);
  const told = await enter(b, await code());
  nextWeek();
  await go('09:00:10');
  const anew = await enter(a, await code());

  expect([...before, ...after].map(outcome)).toEqual([...Array(5).fill('CHECK_IN_CODE_WRONG'), 'CHECK_IN_TRIES_USED']);
  expect([outcome(right), outcome(told), outcome(anew)]).toEqual(['CHECK_IN_TRIES_USED', 'CHECK_IN_TRIES_USED', 200]);
  // 09:00:10 to midnight of Seoul.
  expect(right.headers.get('retry-after')).toBe(String(15 * 3600 - 10));
});
