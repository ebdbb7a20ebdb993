/** Rows 96, 101: absences of a week that goes on, and of members who leave in it and come back. */
import { type Person, useMoim } from '../../support/moim.ts';
import { renew } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { ask, at, attend, club, dayOf, group, must, night, ownRate, rowsOf } from './support.ts';

const moim = useMoim();

test('rows 96, 101: a season that is made longer after its last day has closed: whoever still comes in its week is not absent', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { leader, manager, groupId, seasonId, path } = met;
  // The season ends on the Wednesday of its first week.
  must(await leader.patch(`${path}/seasons/${seasonId}`, { endDate: met.day(1, 3) }));
  await at(moim, met, [1, 3], '10:00:00');
  must(await ask(leader, met));
  await night(moim, met.day(1, 3));
  const closed = await rowsOf(moim, met);
  await at(moim, met, [1, 3], '14:58:30');
  must(await leader.patch(`${path}/seasons/${seasonId}`, { endDate: met.lastDay }));
  // A leader writes an absence: that one stays.
  const about = { accountId: ben.id, seasonId, week: 1, reason: 'Was not there' };
  const correct = (state: string) => manager.post(`${path}/attendances/corrections`, { ...about, state });
  must(await correct('PRESENT'));
  must(await correct('ABSENT'));

  await at(moim, met, [1, 5], '10:00:00');
  const seen = [await dayOf(ann, met), await dayOf(ben, met)].map(({ mine }) => mine?.state ?? null);
  const again = await attend(ann, met);
  const refused = [await ask(ben, met), await ask(leader, met)].map(outcome);
  await night(moim, met.day(1, 5));
  await night(moim, met.day(1, 7));

  expect(closed).toEqual([['1 PRESENT'], ['1 ABSENT'], ['1 ABSENT'], ['1 ABSENT']]);
  expect([seen, again, refused]).toEqual([[null, 'ABSENT'], 'PRESENT', Array(2).fill('ATTENDANCE_EXISTS')]);
  const rowsAt = await itemsOf(moim, 'Attendance', { groupId });
  expect(rowsAt.filter(({ accountId }) => accountId === ann.id).map(({ day }) => day)).toEqual([met.day(1, 5)]);
  expect(await rowsOf(moim, met)).toEqual([['1 PRESENT'], ['1 ABSENT'], ['1 PRESENT'], ['1 ABSENT']]);
  await renew(moim, ...met.everybody);
  expect((await ownRate(ann, met)).slice(0, 3)).toEqual([1, 0, 0]);
  expect((await ownRate(manager, met)).slice(0, 3)).toEqual([0, 0, 1]);
});

test('row 101: who leaves on the last day of a week and comes back is absent as who stayed; who was gone when it began is not', async () => {
  const met = await group(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { path } = met;
  await at(moim, met, [1, 7], '10:00:00');
  await leave(ben, met);
  await leave(ann, met);
  must(await ann.post(`${path}/members`));
  await night(moim, met.day(1, 7));
  await at(moim, met, [2, 2], '10:00:00');
  must(await ben.post(`${path}/members`));
  await night(moim, met.day(2, 3));
  await night(moim, met.day(2, 7));

  const [, , annsRows, bensRows] = await rowsOf(moim, met);
  expect([annsRows, bensRows]).toEqual([['1 ABSENT', '2 ABSENT'], []]);
});
