/** Rows 50, 103: the home screen says when each group meets next. */
import { addDays, localDay } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd, renew } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const zone = 'Asia/Seoul';
const long = { endDate: '2026-12-31', timeZone: zone };
const place = '학교 앞 스터디 카페';
const today = () => localDay(moim.clock.now(), zone);
const next = async (who: Person) => {
  await moim.settle();
  return (await who.get('/v1/accounts/me/today')).body.items[0].meeting;
};

test('today until the day closes, then the next one; a holiday is left out, another plan is there at once, none is null', async () => {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const { path } = await found(leader, long, member);
  const plan = (meetings: object[], holidays: string[] = []) =>
    leader.put(`${path}/attendance-plan`, { meetings, holidays });
  // A Monday at noon.
  const monday = today();
  const meetings = [
    { weekday: 1, start: '19:00', place },
    { weekday: 3, start: '07:30' },
  ];

  const none = await next(member);
  await plan(meetings);
  const tonight = await next(member);
  await moim.clock.advanceTo(Date.parse(`${monday}T14:58:00Z`));
  await renew(moim, leader, member);
  const later = await next(member);
  await plan(meetings, [addDays(monday, 2)]);
  const free = await next(member);
  await plan([{ weekday: 2, start: '21:00' }]);
  const other = await next(member);
  await plan([]);

  expect(none).toBeNull();
  expect(tonight).toEqual({ day: monday, startsAt: `${monday}T10:00:00.000Z`, place });
  expect(later).toEqual({ day: addDays(monday, 2), startsAt: `${addDays(monday, 1)}T22:30:00.000Z`, place: null });
  expect(free).toEqual({ day: addDays(monday, 7), startsAt: `${addDays(monday, 7)}T10:00:00.000Z`, place });
  expect(other).toMatchObject({ day: addDays(monday, 1) });
  expect(await next(member)).toBeNull();
});

test('in a club, within its seasons; nowhere after the last day of a group', async () => {
  const [leader] = (await crowd(moim, 1)) as [Person];
  const { path, groupId } = await found(leader, { ...long, endDate: addDays(today(), 5) });
  const weekly = (day: string) => ({ weekday: new Date(`${day}T00:00Z`).getUTCDay() || 7, start: '19:00' });
  const ahead = addDays(today(), 3);
  await leader.put(`${path}/attendance-plan`, { meetings: [weekly(ahead)] });
  const inPeriod = await next(leader);
  const season = { seasonId: groupId, name: '봄', startDate: addDays(ahead, 1), endDate: addDays(ahead, 60) };
  await put(moim, 'Seasons', { groupId, version: 1, list: [season] });
  const beforeSeason = await next(leader);
  const [agenda] = await itemsOf(moim, 'Agenda', { groupId });

  expect(inPeriod).toMatchObject({ day: ahead });
  // The week after it is past the last day of the group.
  expect(beforeSeason).toBeNull();
  expect(agenda.meetings).toContain(season.startDate);
  expect(agenda.meetings).not.toContain('봄');
});
