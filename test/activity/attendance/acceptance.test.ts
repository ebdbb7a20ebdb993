/** Rows 98-103 from outside: what a member asks for, what managers decide, and who sees what. */
import { dayText } from '../../../shared/messages/days.ts';
import { inboxOf } from '../../groups/memberships/support.ts';
import { key } from '../../support/actor.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { renew, someone } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import {
  ask,
  asked,
  at,
  attend,
  club,
  dayOf,
  decide,
  friday,
  home,
  type Json,
  must,
  ownRate,
  plan,
  wednesday,
} from './support.ts';

const moim = useMoim();

test('rows 98, 99: once a week, on a day with a meeting; thirty minutes after the start is PRESENT, later is LATE, judged at the request', async () => {
  const met = await club(moim, 3);
  const [ann, ben, cho] = met.members as [Person, Person, Person];
  await at(moim, met, [1, 2], '10:00:00');
  const tuesday = [await dayOf(ann, met), await ask(ann, met)] as const;
  await at(moim, met, [1, 3], '00:00:00');
  const morning = await dayOf(ann, met);
  await at(moim, met, [1, 3], '10:30:00.000');
  const once = key();
  const race = await Promise.all([
    ...[1, 2].map(() => ann.post(`${met.path}/attendances`, undefined, once)),
    ...[1, 2].map(() => ben.post(`${met.path}/attendances`)),
  ]);
  await at(moim, met, [1, 3], '10:31:00.000');
  const late = await asked(cho, met);
  await at(moim, met, [1, 3], '14:00:00');
  await moim.settle();
  const inbox = await inboxOf(met.manager);
  const { body: waiting } = await met.manager.get(`${met.path}/attendances/waiting`);

  expect([tuesday[0].state, tuesday[0].next.day, outcome(tuesday[1])]).toEqual([
    ...['NO_MEETING', met.day(1, 3), 'ATTENDANCE_CLOSED'],
  ]);
  expect(morning).toMatchObject({
    ...{ state: 'OPEN', week: 1, mine: null, waiting: null, next: { day: met.day(1, 5) } },
    season: { id: met.seasonId, name: 'Spring', startDate: met.day(1, 1), endDate: met.lastDay },
    meeting: {
      ...{
        startsAt: `${met.day(1, 3)}T10:00:00.000Z`,
        lateFrom: `${met.day(1, 3)}T10:30:00.000Z`,
        place: 'Rock Valley',
      },
      ...{ closesAt: `${met.day(1, 3)}T14:57:00.000Z`, staff: null },
    },
  });
  expect(tally(race)).toEqual({ 201: 3, ATTENDANCE_EXISTS: 1 });
  expect(race[0]!.body.id).toBe(race[1]!.body.id);
  expect(waiting.items.map((each: Json) => [each.account.id, each.late])).toEqual([
    ...[ann.id, ben.id].toSorted().map((id) => [id, false]),
    [cho.id, true],
  ]);
  expect([(await dayOf(met.manager, met)).waiting, (await dayOf(ann, met)).waiting]).toEqual([3, null]);
  expect(inbox.filter((line) => line.startsWith('ATTENDANCE_REQUESTED'))).toHaveLength(3);
  // Decided hours later; a plan that starts earlier by then changes nothing.
  await plan(met.manager, met, [{ weekday: 3, start: '10:00' }]);
  const ids = waiting.items.map(({ id }: { id: string }) => id);
  const { results } = must(await met.manager.post(`${met.path}/attendances/decisions`, { ids, decision: 'ACCEPTED' }));
  await moim.settle();
  expect(results.map(({ state }: { state: string }) => state)).toEqual(['PRESENT', 'PRESENT', 'LATE']);
  expect(results[2].id).toBe(late);
  expect((await inboxOf(cho))[0]).toBe('ATTENDANCE_ACCEPTED Your attendance in Wall to wall was confirmed. (late)');
  expect(outcome(await ask(ann, met))).toBe('ATTENDANCE_EXISTS');
  expect(await ownRate(cho, met)).toEqual([0, 1, 0, 0, 0, 1]);
});

test('rows 99, 124, 125: of two managers one decides; nobody on their own; each gets a result of its own; a rejected one asks again', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { leader, manager, path } = met;
  await at(moim, met, [1, 3], '10:00:00');
  const one = await asked(ann, met);
  const own = await asked(manager, met);
  const leaders = must(await ask(leader, met));

  const both = await Promise.all([decide(leader, met, one), decide(manager, met, one)]);
  const rest = must(
    await manager.post(`${path}/attendances/decisions`, {
      ids: [own, one, `${met.seasonId}:0001:${ben.id}`],
      ...{ decision: 'REJECTED', reason: 'Was not there' },
    }),
  ).results;
  const repeated = [await decide(leader, met, one), await decide(manager, met, one)];
  const byMember = await ben.post(`${path}/attendances/decisions`, { ids: [own], decision: 'ACCEPTED' });
  const without = await manager.post(`${path}/attendances/decisions`, { ids: [own], decision: 'REJECTED' });
  const withReason = await manager.post(`${path}/attendances/decisions`, {
    ...{ ids: [own], decision: 'ACCEPTED', reason: 'Was there' },
  });
  await moim.clock.advance(1);
  const rejected = await decide(leader, met, own, { decision: 'REJECTED', reason: 'Was not there' });
  await moim.settle();

  // The leader is above all who decide.
  expect([leaders.state, leaders.late]).toEqual(['PRESENT', false]);
  expect(both.toSorted()).toEqual(['ALREADY_DECIDED', 'PRESENT']);
  expect(repeated).toEqual(both);
  expect(rest.map(({ problem }: { problem: { code: string } }) => problem.code)).toEqual([
    ...['OWN_DECISION', 'ALREADY_DECIDED', 'NOT_FOUND'],
  ]);
  expect([outcome(byMember), outcome(without), rejected]).toEqual(['NOT_FOUND', 'INVALID_REQUEST', 'REJECTED']);
  expect([without, withReason].map(({ body }: Json) => body.errors)).toEqual([
    [{ pointer: '/reason', reason: 'Give a reason for the rejection.' }],
    [{ pointer: '/reason', reason: 'A reason belongs to a rejection. Leave it out to accept.' }],
  ]);
  expect((await inboxOf(manager))[0]).toBe(
    'ATTENDANCE_REJECTED Your request for attendance in Wall to wall was not confirmed. (Reason: Was not there)',
  );
  expect((await dayOf(manager, met)).mine).toMatchObject({ state: 'REJECTED', reason: 'Was not there' });
  const again = must(await ask(manager, met));
  expect([again.id, again.state, again.reason]).toEqual([own, 'PENDING', null]);
  expect(await ownRate(manager, met)).toEqual([0, 0, 0, 0, 0, null]);
  const history = (await leader.get(`${path}/decisions`)).body.items;
  expect(
    history
      .filter(({ subject }: { subject: { kind: string } }) => subject.kind === 'attendance')
      .map(({ subject, before, after, reason }: Json) => [subject.nickname, before, after, reason]),
  ).toEqual([
    [manager.nickname, 'PENDING', 'REJECTED', 'Was not there'],
    [ann.nickname, 'PENDING', 'PRESENT', null],
  ]);
});

test('row 99: a third alternate of a season is refused, and accepted with an override; taken back, it counts no more', async () => {
  const met = await club(moim, 1);
  const [ann] = met.members as [Person];
  const { manager, path } = met;
  const count = async () => (await itemsOf(moim, 'AttendanceCount', { accountId: ann.id }))[0].alternates;
  await plan(manager, met, [friday]);
  for (const [week, left] of [
    [1, 1],
    [2, 0],
  ] as const) {
    await at(moim, met, [week, 5], '10:00:00');
    const own = must(await ask(ann, met));
    expect([own.alternate, await decide(manager, met, own.id)]).toEqual([true, 'PRESENT']);
    expect((await dayOf(ann, met)).own.alternatesLeft).toBe(left);
  }
  await at(moim, met, [3, 5], '10:00:00');
  const third = await asked(ann, met);

  expect(await decide(manager, met, third)).toBe('ALTERNATES_USED');
  expect([await count(), (await dayOf(ann, met)).mine.state]).toEqual([2, 'PENDING']);
  expect(await decide(manager, met, third, { override: true })).toBe('PRESENT');
  expect([await count(), await ownRate(ann, met)]).toEqual([3, [3, 0, 0, 0, 3, 1]]);
  expect(
    (await itemsOf(moim, 'Decision', { subject: `attendance:${ann.id}:${met.seasonId}:0003` })).map(
      ({ after }) => after,
    ),
  ).toEqual(['PRESENT']);
  // Taken back, it is an alternate no more; given again, it is.
  const correct = async (state: string) =>
    must(
      await manager.post(`${path}/attendances/corrections`, {
        ...{ accountId: ann.id, seasonId: met.seasonId, week: 3, state, reason: 'Was elsewhere' },
      }),
    ).state;
  expect([await correct('ABSENT'), await count()]).toEqual(['ABSENT', 2]);
  expect([await correct('LATE'), await count()]).toEqual(['LATE', 3]);
  expect(await ownRate(ann, met)).toEqual([2, 1, 0, 0, 3, 1]);
});

test('row 99: those who decide see the home gym that was named when the member asked, whatever the profile says later', async () => {
  const met = await club(moim, 3);
  const [ann, ben, cho] = met.members as [Person, Person, Person];
  const { manager, path } = met;
  const naming = (who: Person, more: object) =>
    who.put(`${path}/club-profile`, { level: 4, realName: '김보라', ...more });
  await plan(manager, met, [wednesday, friday]);
  await naming(ben, { homeGym: friday.place });
  await naming(cho, {});
  await at(moim, met, [1, 5], '10:00:00');
  for (const who of [ann, ben, cho]) await asked(who, met);
  const queue = async () =>
    (await manager.get(`${path}/attendances/waiting`)).body.items
      .map(({ accountId, homeGym, alternate }: Json) => [accountId, homeGym, alternate])
      .toSorted();
  const waiting = await queue();
  const expected = [
    [ann.id, home, true],
    [ben.id, friday.place, false],
    [cho.id, null, false],
  ].toSorted();
  expect(waiting).toEqual(expected);
  await naming(ann, { homeGym: friday.place });
  await naming(ben, { homeGym: home });
  expect(await queue()).toEqual(expected);
  // Sent back and asked anew, it is judged anew.
  const [own] = await itemsOf(moim, 'Attendance', { accountId: ann.id });
  await decide(manager, met, `${own.weekId}:${ann.id}`, { decision: 'REJECTED', reason: 'Was not there' });
  await asked(ann, met);
  expect((await queue()).find(([id]: string[]) => id === ann.id)).toEqual([ann.id, friday.place, false]);
});

test('rows 99, 156: an attendance without a decision: by the clock, once, also over a request that waits, and not beyond the alternates', async () => {
  const met = await club(moim, 1);
  const { leader, manager, path } = met;
  const state = async (who: Person) => {
    const reply = await ask(who, met);
    return reply.status === 201 ? reply.body.state : outcome(reply);
  };
  await at(moim, met, [1, 5], '10:30:00.001');
  const first = await Promise.all([1, 2, 3].map(() => ask(leader, met)));
  await at(moim, met, [2, 3], '10:30:00');
  const own = [await state(leader), await state(leader)];
  await at(moim, met, [3, 5], '10:00:00');
  const second = await state(leader);
  await at(moim, met, [4, 5], '10:00:00');
  // A third alternate waits for a manager; without managers nobody could accept it.
  const appoint = async (role: string) => must(await leader.put(`${path}/members/${manager.id}/role`, { role }));
  await appoint('MEMBER');
  const alone = await state(leader);
  await appoint('MANAGER');
  const third = [await state(leader), await state(leader)];
  const beyond = (await dayOf(leader, met)).mine.id;
  const accepted = [await decide(manager, met, beyond), await decide(manager, met, beyond, { override: true })];
  // A manager asks, is given the group, and arrives: nobody has to decide any more.
  const waiting = await asked(manager, met);
  await at(moim, met, [5, 3], '10:00:00');
  const again = await asked(manager, met);
  await moim.settle();
  const asks = (await itemsOf(moim, 'Attendance', { accountId: manager.id, state: 'PENDING' })).length;
  must(await leader.put(`${path}/leader`, { accountId: manager.id }));
  await moim.clock.advance(1);
  const arrived = await ask(manager, met);
  await moim.settle();

  expect(tally(first)).toEqual({ 201: 1, ATTENDANCE_EXISTS: 2 });
  expect(first.find(({ status }) => status === 201)!.body).toMatchObject({
    state: 'LATE',
    late: true,
    alternate: true,
  });
  expect([own, second, third]).toEqual([['PRESENT', 'ATTENDANCE_EXISTS'], 'PRESENT', ['PENDING', 'ATTENDANCE_EXISTS']]);
  expect(alone).toBe('ALTERNATES_USED');
  expect(accepted).toEqual(['ALTERNATES_USED', 'PRESENT']);
  expect(await ownRate(leader, met)).toEqual([3, 1, 0, 0, 3, 1]);
  expect([asks, arrived.status, arrived.body.state]).toEqual([2, 201, 'PRESENT']);
  expect(waiting).not.toBe(again);
  expect(await itemsOf(moim, 'Decision', { subject: `attendance:${manager.id}:${met.seasonId}:0005` })).toEqual([]);
  const open = (await leader.get('/v1/notifications')).body.items;
  expect(open.filter(({ type, read }: Json) => type === 'ATTENDANCE_REQUESTED' && !read)).toHaveLength(1);
});

test('rows 99, 115, 124: a correction keeps its history, also where there was nothing; not of oneself, of what waits, or of weeks ahead', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { leader, manager, path } = met;
  await at(moim, met, [2, 3], '10:00:00');
  const pending = await asked(ben, met);
  const correct = (who: Person, of: Person, week: number, state = 'PRESENT', seasonId = met.seasonId) =>
    who.post(`${path}/attendances/corrections`, { accountId: of.id, seasonId, week, state, reason: 'Was there' });

  const made = must(await correct(manager, ann, 1));
  const [, again] = await Promise.all([correct(manager, ann, 1), correct(leader, ann, 1)]);
  await moim.clock.advance(1);
  const changed = must(await correct(leader, ann, 1, 'LATE'));
  const refused = [
    await correct(manager, manager, 1),
    await correct(manager, ben, 2),
    await correct(manager, ann, 3),
    await correct(manager, ann, 13),
    await correct(manager, ann, 1, 'PRESENT', ann.id),
    await correct(ben, ann, 1),
    await correct(manager, await someone(moim), 1),
  ];
  await moim.settle();

  expect([made.state, made.day, made.requestedAt, again.status, changed.state]).toEqual([
    ...['PRESENT', met.day(1, 1), null, 200, 'LATE'],
  ]);
  expect(refused.map(outcome)).toEqual([
    ...['OWN_DECISION', 'NOT_APPLICABLE', 'NOT_APPLICABLE', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
  ]);
  expect([await ownRate(ann, met), pending]).toEqual([[0, 1, 0, 0, 0, 1], expect.stringContaining(ben.id)]);
  const history = await itemsOf(moim, 'Decision', { subject: `attendance:${ann.id}:${met.seasonId}:0001` });
  expect(history.map(({ before, after }) => [before, after]).toSorted()).toEqual([
    ['NONE', 'PRESENT'],
    ['PRESENT', 'LATE'],
  ]);
  expect((await inboxOf(ann)).slice(0, 1)).toEqual([
    `ATTENDANCE_CORRECTED Your attendance in Wall to wall on ${dayText(met.day(1, 1), 'en', '2026')} was corrected. (late)`,
  ]);
});

test('rows 100, 102: own lists and rates for everybody, those of others for managers; strangers, other members and former ones get 404', async () => {
  const met = await club(moim, 2);
  const [ann, ben] = met.members as [Person, Person];
  const { manager, path } = met;
  const outsider = await someone(moim);
  await at(moim, met, [1, 3], '10:40:00');
  await attend(ann, met);
  await at(moim, met, [2, 3], '10:00:00');
  await renew(moim, outsider);
  await attend(ann, met);
  const lists = (who: Person, query = '') => who.get(`${path}/attendances${query}`);
  const own = must(await lists(ann, '?limit=1'));
  const next = must(await lists(ann, `?limit=1&cursor=${own.nextCursor}`));
  const byManager = must(await lists(manager, `?accountId=${ann.id}&seasonId=${met.seasonId}`));
  const rates = must(await manager.get(`${path}/attendances/rates`));

  expect(own.own).toMatchObject({ present: 1, late: 1, absent: 0, alternatesLeft: 2, rate: 1 });
  expect([own, next].map(({ items }) => items.map(({ week }: { week: number }) => week))).toEqual([[2], [1]]);
  expect(byManager.items.map(({ state }: { state: string }) => state)).toEqual(['PRESENT', 'LATE']);
  expect([rates.week, rates.items.length]).toEqual([2, 4]);
  expect(rates.items.find((each: Json) => each.account.id === ann.id)).toMatchObject({
    ...{ present: 1, late: 1, rate: 1, thisWeek: 'PRESENT' },
  });
  expect(rates.items.find((each: Json) => each.account.id === ben.id)).toMatchObject({
    ...{ present: 0, late: 0, rate: null, thisWeek: null },
  });
  const refused = [
    await lists(ben, `?accountId=${ann.id}`),
    await lists(outsider),
    await lists(manager, `?accountId=${outsider.id}`),
    await lists(ann, `?seasonId=${ann.id}`),
    await ben.get(`${path}/attendances/rates`),
    await ben.get(`${path}/attendances/waiting`),
    await outsider.get(`${path}/attendance`),
    await ben.put(`${path}/attendance-plan`, { meetings: [] }),
  ];
  expect(refused.map(outcome)).toEqual(Array(8).fill('NOT_FOUND'));
  // Between two seasons, the last one; before all, nothing, and no error.
  await at(moim, met, [13, 3], '10:00:00');
  expect(must(await lists(ann)).season.id).toBe(met.seasonId);
  expect([(await dayOf(ann, met)).state, outcome(await ask(ann, met))]).toEqual(['NO_SEASON', 'ATTENDANCE_CLOSED']);
});
