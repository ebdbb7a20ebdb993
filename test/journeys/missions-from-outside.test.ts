/** The acceptance list of missions, each point as somebody outside sees it: by HTTP, with the clock of the door. */
import { addDays, isoWeek, localDay, weekStart } from '../../shared/core/time.ts';
import { photo } from '../support/scene.ts';
import { type Came, founded, nextSunday, said, upload, useOutside, type Visitor, withExif } from './outside.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
type Json = any;

const moim = useOutside();
const newYork = 'America/New_York';
let people: Visitor[];
beforeAll(async () => {
  people = await moim.crowd(6);
});

/** The next Monday at ten, and a group that begins then. */
async function onMonday(members: number, more: object = {}) {
  const monday = addDays(weekStart(await moim.day()), 7);
  await moim.at(monday, '10:00');
  const [leader, ...others] = people as [Visitor, ...Visitor[]];
  const here = await founded(moim, leader, others.slice(0, members), more);
  return { ...here, monday, leader, members: others.slice(0, members) };
}
const progress = async (who: Visitor, { path }: { readonly path: string }, of?: Visitor): Promise<Json> =>
  (await who.get(`${path}/progress${of ? `/${of.id}` : ''}`)).body;
const bricksOf = async (who: Visitor) => (await who.get('/v1/accounts/me')).body.bricks;
const daily = { kind: 'REPEAT', frequency: { every: 'DAY' } };

test('1: a fourth certification of a week with three is refused; Monday, one second past midnight, is another week', async () => {
  const { monday, leader, members, mission, certify, path } = await onMonday(1);
  const [a] = members as [Visitor];
  const one = await mission({ kind: 'REPEAT', frequency: { every: 'WEEK', times: 3 } });
  const came = [];
  for (const nth of [0, 1, 2, 3]) {
    if (nth > 0) await moim.at(addDays(monday, nth), '10:00');
    came.push(said(await certify(a, one)));
  }
  await moim.at(addDays(monday, 7), '00:00:01');
  came.push(said(await certify(a, one)));
  await moim.settled();
  const { series } = await progress(leader, { path }, a);

  expect(came).toEqual([201, 201, 201, 'CERTIFICATION_LIMIT', 201]);
  expect(series.find(({ week }: Json) => week === isoWeek(monday))).toMatchObject({ done: 3, due: 3 });
});

test('3: a third repeated mission is refused; when one has ended, it is made', async () => {
  const { leader, path, mission } = await onMonday(1);
  const [one] = [await mission(daily), await mission({ ...daily, title: 'Run' })];
  const third = () => leader.post(`${path}/missions`, { ...daily, title: 'Write', way: 'TEXT' });

  expect(said(await third())).toBe('MISSION_LIMIT');
  expect(said(await leader.post(`${one}/end`))).toBe(200);
  expect(said(await third())).toBe(201);
});

test('4: a skip is SKIPPED, moves neither rate nor bricks, and nobody is reminded of it', async () => {
  const { monday, members, mission, certify, path } = await onMonday(2);
  const [a, b] = members as [Visitor, Visitor];
  const one = await mission({ ...daily, title: 'Stretch' });
  await certify(a, one);
  await moim.at(addDays(monday, 1), '10:00');
  const before = [(await progress(a, { path })).me.rate, await bricksOf(a)];
  expect(said(await a.post(`${one}/skips`, { reason: 'Ill' }))).toBe(201);
  await moim.at(addDays(monday, 1), '20:00');
  const reminders = async (who: Visitor) =>
    (await who.get('/v1/notifications?limit=50')).body.items.filter(
      ({ type, text }: Json) => type === 'REMIND_DAILY' && text.includes('Stretch'),
    ).length;
  const mine = (await a.get(one)).body.mine;
  const [ofA, ofB] = [await reminders(a), await reminders(b)];
  await moim.at(addDays(monday, 2), '10:00');
  const after = [(await progress(a, { path })).me.rate, await bricksOf(a)];

  expect(mine).toBe('SKIPPED');
  expect(after).toEqual(before);
  // The other, who has done nothing, is reminded.
  expect([ofA, ofB]).toEqual([0, 1]);
});

test('5: a denial after an approval is refused; an edit takes the brick back, an approval gives it again', async () => {
  const { leader, members, mission, certify, path } = await onMonday(1, { approval: 'LEADER' });
  const [a] = members as [Visitor];
  const before = await bricksOf(a);
  const { body } = await certify(a, await mission(daily));
  const one = `${path}/certifications/${body.id}`;
  const bricks = [];
  const said5 = [];
  for (const act of [
    () => leader.post(`${one}/approve`),
    () => leader.post(`${one}/deny`, { reason: 'No' }),
    () => a.patch(one, { text: 'Better' }),
    () => leader.post(`${one}/approve`),
  ]) {
    said5.push(said(await act()));
    bricks.push((await bricksOf(a)) - before);
  }
  const all = (await a.get(`${path}/certifications?author=me&status=APPROVED`)).body.items;

  expect(said5).toEqual([200, 'ALREADY_DECIDED', 200, 200]);
  expect(bricks).toEqual([1, 1, 0, 1]);
  expect((await bricksOf(a)) - before).toBe(all.length);
});

test('6: of a decision on 25 with one of one’s own, 24 are done and that one is OWN_DECISION', async () => {
  const { leader, members, mission, certify, path } = await onMonday(5, { approval: 'LEADER' });
  const [manager, ...others] = members as [Visitor, ...Visitor[]];
  await leader.put(`${path}/members/${manager.id}/role`, { role: 'MANAGER' });
  const one = await mission({ ...daily, perDayLimit: null });
  const made: Came[] = [await certify(manager, one)];
  for (let round = 0; round < 6; round++) {
    await moim.wait();
    made.push(...(await Promise.all(others.map((each) => each.post(`${one}/certifications`, { text: `${round}` })))));
  }
  const ids = made.map(({ body }) => body.id);
  const { body } = await manager.post(`${path}/certifications/decisions`, { ids, decision: 'APPROVED' });
  const problems = body.results.map(({ problem }: Json) => problem?.code ?? 'done');

  expect(ids).toHaveLength(25);
  expect(problems).toEqual(['OWN_DECISION', ...Array(24).fill('done')]);
});

test('7: who joins after two of four weeks has a rate of two weeks', async () => {
  const { monday, leader, members, mission, certify, path } = await onMonday(1);
  const [a] = members as [Visitor];
  const late = people[2]!;
  const one = await mission({ kind: 'REPEAT', frequency: { every: 'WEEK', times: 2 } });
  for (let week = 0; week < 4; week++)
    for (const day of [0, 1]) {
      if (week + day > 0) await moim.at(addDays(monday, 7 * week + day), '10:00');
      if (week === 2 && day === 0) await late.post(`${path}/members`);
      await certify(a, one);
      if (week >= 2 && !(week === 3 && day === 1)) await certify(late, one);
    }
  await moim.at(addDays(monday, 28), '00:01');
  const shares = (await progress(leader, { path })).members.map(({ account, done, due, rate }: Json) => [
    account.id,
    [done, due, rate],
  ]);

  expect(Object.fromEntries(shares)).toEqual({
    [leader.id]: [0, 8, 0],
    [a.id]: [8, 8, 1],
    [late.id]: [3, 4, 0.75],
  });
});

test('8: past midnight of Monday a missed Sunday is one more due; what waits lowers nobody until it is denied', async () => {
  const { monday, leader, members, mission, certify, path } = await onMonday(3, { approval: 'LEADER' });
  const [all, missed, waits] = members as [Visitor, Visitor, Visitor];
  const one = await mission(daily);
  const approve = async (...came: Came[]) => {
    for (const { body } of came) expect(said(await leader.post(`${path}/certifications/${body.id}/approve`))).toBe(200);
  };
  for (let day = 0; day < 6; day++) {
    if (day > 0) await moim.at(addDays(monday, day), '10:00');
    await approve(...[await certify(all, one), await certify(missed, one), await certify(waits, one)]);
  }
  await moim.at(addDays(monday, 6), '10:00');
  await approve(await certify(all, one));
  const open = await certify(waits, one);
  const shares = async () => {
    await moim.settled();
    const { members: of } = await progress(leader, { path });
    const by = new Map(of.map(({ account, done, due }: Json) => [account.id, `${done}/${due}`]));
    return [all, missed, waits].map(({ id }) => by.get(id));
  };
  await moim.at(addDays(monday, 6), '23:59');
  const sunday = await shares();
  await moim.at(addDays(monday, 7), '00:01');
  const next = await shares();
  await leader.post(`${path}/certifications/${open.body.id}/deny`, { reason: 'No' });
  const denied = await shares();

  expect(sunday).toEqual(['7/7', '6/6', '6/6']);
  expect(next).toEqual(['7/7', '6/7', '6/6']);
  expect(denied).toEqual(['7/7', '6/7', '6/7']);
});

test('9: SUCCESS of a mission that is done once gives the bonus once, also after a restart and changes that come twice', async () => {
  const { leader, members, mission, certify, path } = await onMonday(2);
  const [a, b] = members as [Visitor, Visitor];
  const one = await mission({});
  const total = async () => (await progress(leader, { path })).team.total;
  const next = async () => {
    await moim.ask('PUT /clock', { by: 'PT1M', settle: true });
    await moim.tick();
  };
  const first = await certify(a, one);
  await certify(leader, one);
  await moim.settled();
  const before = await total();
  await b.post(`${one}/skips`, { reason: 'Ill' });
  await next();
  const success = [(await a.get(one)).body.status, await total()];
  await moim.ask('POST /streams', { redeliver: 100 });
  await moim.restart();
  for (const shuffle of [false, true]) await moim.ask('POST /streams', { redeliver: 100, shuffle });
  await next();
  const again = [(await a.get(one)).body.status, await total()];
  expect(said(await leader.delete(`${path}/certifications/${first.body.id}`))).toBe(204);
  await next();
  await next();
  const after = [(await a.get(one)).body.status, await total()];

  // Each certification of three gives round(10 / 3) * 2.
  expect(before).toBe(12);
  expect(success).toEqual(['SUCCESS', 12 + 3]);
  expect(again).toEqual(success);
  expect(after).toEqual(['ONGOING', 6]);
});

test('10: the same JPEG with other EXIF, sent by another, is a duplicate; what is stored has no EXIF', async () => {
  const { leader, members, mission, certify, path, id } = await onMonday(2, { approval: 'LEADER' });
  const one = await mission({ ...daily, way: 'PHOTO' });
  const plain = photo();
  const sent = async (who: Visitor, exif: string) =>
    certify(who, one, { uploadIds: [await upload(who, id, withExif(plain, exif))] });
  const first = await sent(members[0]!, 'Seoul 37.5N');
  const second = await sent(members[1]!, 'Busan 35.1N');
  await moim.settled();
  const [a, b] = [first, second].map(({ body }) => `${path}/certifications/${body.id}`);
  const shown = await Promise.all([a!, b!].map(async (each) => (await leader.get(each)).body));
  const bytes = await Promise.all(
    shown
      .flatMap(({ images, thumbnails }) => [...images, ...thumbnails])
      .map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
  );

  expect([said(first), said(second)]).toEqual([201, 201]);
  expect(shown.map(({ duplicateOf }) => duplicateOf)).toEqual([null, first.body.id]);
  expect(bytes.length).toBeGreaterThanOrEqual(4);
  expect(bytes.filter((file) => file.length === 0 || /Exif|37\.5N|35\.1N/.test(file.toString('latin1')))).toEqual([]);
});

test('11: a second nudge within the hour is refused with when to come again; one who has blocked gets none, unseen', async () => {
  const { leader, members, mission, path } = await onMonday(2);
  const [a, blocker] = members as [Visitor, Visitor];
  const one = await mission({});
  await blocker.put(`/v1/accounts/me/blocks/${leader.id}`);
  const sent = [
    await leader.post(`${one}/nudges`, { to: a.id }),
    await leader.post(`${one}/nudges`, { to: blocker.id }),
  ];
  const soon = [
    await leader.post(`${one}/nudges`, { to: a.id }),
    await leader.post(`${one}/nudges`, { to: blocker.id }),
  ];
  await moim.settled();
  const nudged = async (who: Visitor) =>
    (await who.get('/v1/notifications?limit=50')).body.items.filter(
      ({ type, link }: Json) => type === 'NUDGED' && path.endsWith(link.groupId),
    ).length;

  expect(sent.map(said)).toEqual([201, 201]);
  expect(sent.map(({ body }) => Object.keys(body).toSorted())[0]).toEqual(Object.keys(sent[1]!.body).toSorted());
  expect(soon.map(said)).toEqual(['TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS']);
  for (const { headers } of soon) {
    const after = Number(headers.get('retry-after'));
    expect(after).toBeGreaterThan(3500);
    expect(after).toBeLessThanOrEqual(3600);
  }
  expect([await nudged(a), await nudged(blocker)]).toEqual([1, 0]);
  expect((await blocker.get(`${path}/nudges`)).body.items).toEqual([]);
  await blocker.delete(`/v1/accounts/me/blocks/${leader.id}`);
});

test('12: two excused days in a streak of ten: it is ten on Friday, and two fewer are due', async () => {
  const { monday, leader, members, mission, certify, path } = await onMonday(1);
  const [a] = members as [Visitor];
  const one = await mission(daily);
  // From a Monday to the Wednesday of the next week; then Thursday and Friday are excused.
  for (let day = 0; day < 10; day++) {
    if (day > 0) await moim.at(addDays(monday, day), '10:00');
    await certify(a, one);
    await certify(leader, one);
  }
  const [from, until] = [addDays(monday, 10), addDays(monday, 11)];
  expect(said(await a.post(`${path}/excuses`, { from, until, reason: 'Travelling' }))).toBe(201);
  await moim.at(addDays(monday, 12), '10:00');
  const [own, other] = [await progress(a, { path }, a), await progress(a, { path }, leader)];

  expect(own.streaks).toMatchObject([{ unit: 'DAY', current: 10, best: 10 }]);
  expect(other.streaks).toMatchObject([{ current: 0, best: 10 }]);
  expect([other.due - own.due, own.done, own.rate]).toEqual([2, 10, 1]);
});

test('13: the board of a group of 50 takes four requests to the table, as its line in the log says', async () => {
  const [leader] = people as [Visitor];
  const others = [...people.slice(1), ...(await moim.crowd(44))];
  const here = await founded(moim, leader, others, { kind: 'STUDY', capacity: 50, joinPolicy: 'INSTANT' });
  await moim.settled();
  const before = moim.output().length;
  const { members } = await progress(leader, here);
  const line = moim
    .output()
    .slice(before)
    .split('\n')
    .findLast((each) => each.includes('getProgress 200'));
  const requests = Number(/(\d+) table requests/.exec(line ?? '')?.[1]);

  expect(members).toHaveLength(50);
  expect(requests).toBeGreaterThan(0);
  expect(requests).toBeLessThanOrEqual(4);
});

test('14: a mission that nobody has done by its end fails once, by the run of the minute, also by two at once', async () => {
  const { monday, leader, members, mission } = await onMonday(1);
  const [a] = members as [Visitor];
  const one = await mission({ title: 'Nobody', dueAt: `${addDays(monday, 1)}T03:00:00Z` });
  await moim.at(addDays(monday, 1), '11:58');
  const before = (await leader.get(one)).body.status;
  const at = `${addDays(monday, 1)}T03:01:00.000Z`;
  await moim.ask('PUT /clock', { at, jump: true, settle: true });
  await Promise.all([1, 2].map(() => moim.ask('POST /jobs', { feature: 'minute', job: 'tick', at })));
  await moim.ask('POST /streams', { redeliver: 20 });
  const { status, version } = (await leader.get(one)).body;
  await moim.tick();

  expect([before, status]).toEqual(['ONGOING', 'FAIL']);
  expect((await leader.get(one)).body).toMatchObject({ status: 'FAIL', version });
  expect(said(await a.post(`${one}/certifications`, { text: 'Late' }))).toBe('NOT_IN_PERIOD');
});

test('2: days of 23 and 25 hours in New York are one day each', async () => {
  const today = localDay(await moim.now(), newYork);
  const [short, long] = [nextSunday(today, '03', 2), nextSunday(today, '11', 1)];
  const came: Record<string, unknown[]> = {};
  const [leader, a] = people as [Visitor, Visitor];
  for (const day of [short, long].toSorted()) {
    await moim.at(addDays(day, -1), '12:00', newYork);
    const { mission, certify } = await founded(moim, leader, [a], { timeZone: newYork });
    const one = await mission(daily);
    const all = [];
    for (const [on, time] of [
      [day, '00:10'],
      [day, day === long ? '23:10' : '23:50'],
      [addDays(day, 1), '00:05'],
    ] as const) {
      await moim.at(on, time, newYork);
      all.push(said(await certify(a, one)));
    }
    came[day] = all;
  }

  expect(came).toEqual({
    [short]: [201, 'CERTIFICATION_LIMIT', 201],
    [long]: [201, 'CERTIFICATION_LIMIT', 201],
  });
});
