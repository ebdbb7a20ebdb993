/** Row 156: how many have come, and how many tries there are on a day of the group. */
import { randomUUID } from 'node:crypto';
import { contract } from '../../../functions/activity/attendance/contract.ts';
import { addDays } from '../../../shared/core/time.ts';
import { hearing } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();
/** Each test has a week of its own, whose Tuesday is this one. The meeting is at 19:00 in Seoul, with a grace of half an hour. */
let tuesday = '2026-02-24';
const evening = (time: string) => new Date(`${tuesday}T${time}+09:00`).toISOString();
const nextWeek = () => {
  tuesday = addDays(tuesday, 7);
};
const plan = { meetings: [{ weekday: 2, start: '19:00', place: 'Library' }] };

async function scene(size: number, more: object = {}) {
  nextWeek();
  await moim.clock.advanceTo(Date.parse(evening('12:00:00')));
  const [leader, ...members] = (await crowd(moim, size + 1)) as [Person, ...Person[]];
  const here = await found(leader, { startDate: undefined, endDate: '2026-12-31' }, ...members);
  const { status, body } = await leader.send('PUT', `${here.path}/attendance-plan`, { body: { ...plan, ...more } });
  if (status !== 200) throw new Error(`no plan: ${JSON.stringify(body)}`);
  const go = (time: string) => at(moim, evening(time), leader, ...members);
  const code = async () => (await leader.get(`${here.path}/check-in-codes`)).body.codes[0].code as string;
  const enter = (who: Person, given: string) =>
    who.post(`${here.path}/check-ins`, { code: given, device: randomUUID() });
  return { leader, members, ...here, go, code, enter };
}
/** A code that is not among those that are good now. */
const wrongOf = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');

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
  const meetings = [{ weekday: 2, start: '09:00', place: 'Library' }];
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
