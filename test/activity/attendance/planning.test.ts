/** Rows 101, 103: the plan of the meetings, and what stays of it when it changes. */
import { type Person, useMoim } from '../../support/moim.ts';
import { someone, tick } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { ask, at, attend, dayOf, group, type Json, must, night, plan, rowsOf } from './support.ts';

const moim = useMoim();

test('row 103: any group plans its meetings; weeks count from its first day; the plan is by version, and names present staff', async () => {
  const met = await group(moim, 1);
  const [ann] = met.members as [Person];
  const { leader, manager, path } = met;
  const put = (who: Person, body: object, headers = {}) =>
    who.send('PUT', `${path}/attendance-plan`, { body, headers });
  const meeting = { weekday: 3, start: '19:00' };
  const before = must(await ann.get(`${path}/attendance-plan`));
  const staffed = must(await put(manager, { meetings: [{ ...meeting, staffId: ann.id, graceMinutes: 0 }] }));
  const stale = await put(leader, { meetings: [] }, { 'if-match': `"${before.version}"` });
  const race = await Promise.all(
    [leader, manager].map((who) => put(who, { meetings: [] }, { 'if-match': `"${staffed.version}"` })),
  );
  const refused = [
    await put(leader, { meetings: [{ ...meeting, staffId: (await someone(moim)).id }] }),
    await put(leader, { meetings: [meeting, { ...meeting, start: '20:00' }] }),
    await put(leader, { meetings: [{ ...meeting, start: '23:31' }] }),
    await put(leader, { meetings: [], holidays: [met.day(1, 3), met.day(1, 3)] }),
  ];
  const empty = await dayOf(ann, met);
  must(
    await put(leader, {
      meetings: [
        { weekday: 7, start: '10:00' },
        { ...meeting, staffId: ann.id },
      ],
    }),
  );
  await moim.settle();
  await at(moim, met, [2, 3], '10:00:00');
  const today = await dayOf(ann, met);

  expect(before).toEqual({
    meetings: [{ weekday: 3, start: '19:00', graceMinutes: 30, place: null, position: null, staff: null }],
    ...{ holidays: [], version: 1 },
  });
  expect(staffed.meetings[0]).toMatchObject({ staff: { id: ann.id, nickname: ann.nickname }, graceMinutes: 0 });
  expect(outcome(stale)).toBe('PRECONDITION_FAILED');
  expect(tally(race)).toEqual({ 200: 1, PRECONDITION_FAILED: 1 });
  expect(refused.map(({ body }: Json) => body.errors?.[0].pointer)).toEqual([
    ...['/meetings/0/staffId', '/meetings', '/meetings/0/start', '/holidays'],
  ]);
  expect(empty.state).toBe('NO_PLAN');
  expect(today).toMatchObject({
    ...{ state: 'OPEN', week: 2, next: { day: met.day(2, 7), place: null } },
    season: { id: met.groupId, name: null, startDate: met.day(1, 1), endDate: met.lastDay },
    meeting: { staff: { id: ann.id }, place: null },
  });
  expect(await attend(ann, met)).toBe('PRESENT');
  expect((await rowsOf(moim, met)).flat()).toEqual(['2 PRESENT']);
  await plan(leader, met, [meeting], [met.day(3, 3)]);
  await at(moim, met, [3, 3], '10:00:00');
  expect(await dayOf(ann, met)).toMatchObject({ state: 'HOLIDAY', meeting: null, next: { day: met.day(4, 3) } });
  expect(outcome(await ask(ann, met))).toBe('ATTENDANCE_CLOSED');
});

test('row 101: a week in which a meeting was held closes with absences, whatever the plan says later; one before its meeting is free', async () => {
  const met = await group(moim, 0);
  const { leader } = met;
  const wednesdays = [{ weekday: 3, start: '19:00' }];
  const set = async (meetings: object[], holidays: string[] = []) => must(await plan(leader, met, meetings, holidays));
  const dues = async () =>
    (await itemsOf(moim, 'Due', { kind: 'closeAttendance', subject: met.groupId })).map(({ at: when }) => when);

  // On Sunday the plan moves to another day.
  await night(moim, met.day(1, 3));
  await at(moim, met, [1, 7], '01:00:00');
  await set([{ weekday: 5, start: '19:00' }], [met.day(1, 3)]);
  await night(moim, met.day(1, 7));
  const moved = await rowsOf(moim, met);
  // It is emptied as soon as the meeting has begun.
  await at(moim, met, [2, 1], '01:00:00');
  await set(wednesdays);
  await at(moim, met, [2, 3], '10:00:00');
  await set([]);
  await night(moim, met.day(2, 3));
  const kept = await dues();
  await night(moim, met.day(2, 7));
  const emptied = [await rowsOf(moim, met), await dues()];
  // On Sunday it is emptied and saved again, on Monday once more, and the run of Sunday comes after that.
  await at(moim, met, [3, 1], '01:00:00');
  await set(wednesdays);
  await night(moim, met.day(3, 3));
  await at(moim, met, [3, 7], '01:00:00');
  await set([]);
  await set(wednesdays);
  await at(moim, met, [4, 1], '01:00:00');
  await set([]);
  await tick(moim);
  const late = await rowsOf(moim, met);
  // Before its meeting has begun, a week can be freed.
  await set(wednesdays);
  await at(moim, met, [4, 3], '09:59:59');
  await set([]);
  for (const day of [3, 7]) await night(moim, met.day(4, day));

  const absent = (weeks: number) => Array(2).fill(Array.from({ length: weeks }, (_, n) => `${n + 1} ABSENT`));
  expect(moved).toEqual(absent(1));
  expect(kept).toEqual([`${met.day(2, 7)}T14:57:00.000Z`]);
  expect(emptied).toEqual([absent(2), []]);
  expect(late).toEqual(absent(3));
  expect([await rowsOf(moim, met), await dues()]).toEqual([absent(3), []]);
});
