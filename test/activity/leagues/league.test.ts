/** Row 161 from outside: what counts where, weeks, names, and who is not there any more. */

import { partOf } from '../../../functions/activity/leagues/rules.ts';
import { piecesOf } from '../../../shared/core/parallel.ts';
import { due } from '../../../shared/data/due.ts';
import type { Person } from '../../support/moim.ts';
import { useMoim } from '../../support/moim.ts';
import { at, become, minute, tick } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { committed, itemsOf, put, streamOf } from '../../support/table.ts';
import { join, lay, layers, league, leave, lines, linesOf } from './support.ts';

const moim = useMoim();

type Three = [Person, Person, Person];

/** The tests' clock begins on Monday 2026-03-02 at noon in Seoul. */
test('row 161: a brick counts for everybody, its category and its audience; who does not take part is not there', async () => {
  const it = await layers(moim, 3, { audience: 'HIGH' });
  const [ann, ben, cho] = it.people as Three;
  const reading = await layers(moim, 0, { category: 'READING' });
  await ann.post(`${reading.path}/members`);
  for (const who of [ann, ben]) await join(who, 'NICKNAME');
  await lay(moim, ann, it.to, 2);
  await lay(moim, ben, it.to, 3);
  await lay(moim, cho, it.to, 1);
  await moim.clock.advance(5000);
  await lay(moim, ann, reading.to, 1);
  const before = await linesOf(ann);
  await minute(moim);

  expect(before).toEqual([]);
  // Equal ranks; who reached three bricks first comes first.
  expect(await linesOf(ann)).toEqual([`1. 3 ${ben.nickname}`, `1. 3 ${ann.nickname} me`]);
  expect(await linesOf(cho, '&league=IT')).toEqual([`1. 3 ${ben.nickname}`, `2. 2 ${ann.nickname}`]);
  expect(await linesOf(cho, '&league=READING')).toEqual([`1. 1 ${ann.nickname}`]);
  expect(await linesOf(cho, '&league=HIGH')).toEqual([`1. 3 ${ben.nickname}`, `2. 2 ${ann.nickname}`]);
  expect(await linesOf(cho, '&league=UNIVERSITY')).toEqual([]);
  // The category is that in which the brick was laid, whatever the group becomes.
  await it.leader.patch(it.path, { category: 'MATH' });
  await join(cho, 'NICKNAME');
  await minute(moim);
  expect(await linesOf(cho, '&league=IT')).toEqual([
    `1. 3 ${ben.nickname}`,
    `2. 2 ${ann.nickname}`,
    `3. 1 ${cho.nickname} me`,
  ]);
  const own = await cho.get('/v1/leagues/me?league=IT');
  expect(own.body).toMatchObject({ rank: 3, points: 1, members: 3, state: 'OPEN', week: '2026-03-02' });
  expect(costOf(moim, 'getOwnLeagueRank')).toMatchObject({ requests: 1, writeUnits: 0 });
  for (const wrong of ['2026-03-03', '2026-03-09']) {
    expect(outcome(await ann.get(`/v1/leagues?week=${wrong}`))).toBe('NOT_FOUND');
    expect(outcome(await ann.get(`/v1/leagues/me?week=${wrong}`))).toBe('NOT_FOUND');
  }
});

test('rows 67, 83, 161: what is denied, deleted or hidden does not count, and counts again when it is restored', async () => {
  const here = await layers(moim, 2);
  const [ann, ben] = here.people as Three;
  await join(ann, 'NICKNAME');
  const judged = { kind: 'ONCE', title: 'Read', way: 'TEXT', approval: 'LEADER' };
  const mission = (await here.leader.post(`${here.path}/missions`, judged)).body.id;
  const ids = [await lay(moim, ann, `${here.path}/missions/${mission}/certifications`)];
  for (let n = 0; n < 3; n++) {
    await moim.clock.advance(5000);
    ids.push(await lay(moim, ann, here.to));
  }
  const points = async () => {
    await minute(moim);
    return (await ann.get('/v1/leagues/me')).body.points;
  };
  const one = (n: number) => `${here.path}/certifications/${ids[n]}`;
  const subject = `certification:${ids[2]}`;
  const decide = (decision: string) => here.leader.post(`${here.path}/reports/decisions`, { subject, decision });

  const seen = [await points()];
  const acts = [
    () => here.leader.post(`${one(0)}/approve`),
    () => ann.patch(one(0), { text: 'Another' }),
    () => here.leader.post(`${one(0)}/deny`, { reason: 'Blurred' }),
    () => here.leader.post(`${one(0)}/approve`),
  ];
  for (const act of acts) {
    expect((await act()).status).toBe(200);
    seen.push(await points());
  }
  await ann.delete(one(1));
  seen.push(await points());
  await ben.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  const decided = await decide('HIDE');
  seen.push(await points());
  await decide('KEEP');
  seen.push(await points());

  expect(decided.status).toBe(200);
  expect(seen).toEqual([3, 4, 3, 3, 4, 3, 2, 3]);
  // The same deliveries once more, out of turn: the same points, and nothing is written to a board.
  const boards = async () => JSON.stringify([await itemsOf(moim, 'Board'), await itemsOf(moim, 'Score')]);
  const before = await boards();
  const records = streamOf(moim).filter(({ dynamodb }) =>
    ['Brick', 'Certification', 'LeagueMember'].includes((dynamodb?.NewImage ?? dynamodb?.OldImage)?.type?.S ?? ''),
  );
  for (const some of piecesOf(20, [...records, ...records.toReversed()]))
    expect(await moim.invoke('background-stream', { Records: some })).toMatchObject({
      payload: { batchItemFailures: [] },
    });
  expect(await itemsOf(moim, 'ScoreMark', { accountId: ann.id })).toHaveLength(1);
  await minute(moim);
  expect(await boards()).toBe(before);
  expect(await itemsOf(moim, 'ScoreMark')).toEqual([]);
});

test('row 161: the week turns on Monday at 05:00 of Seoul, also in New York; a closed week never changes', async () => {
  const here = await layers(moim, 2, { timeZone: 'America/New_York' });
  const [ann, ben] = here.people as Three;
  const cho = await moim.person('cho');
  await cho.post(`${here.path}/members`);
  const all = [here.leader, ann, ben, cho];
  for (const who of [ann, ben, cho]) await join(who, 'NICKNAME');
  await at(moim, '2026-03-08T19:59:59.999Z', ...all);
  const last = await lay(moim, ann, here.to);
  await lay(moim, cho, here.to);
  await at(moim, '2026-03-08T20:00:00.000Z', ...all);
  await lay(moim, ben, here.to);
  await minute(moim);
  const of = async (who: Person, week: string) => {
    const { body } = await who.get(`/v1/leagues/me?week=${week}`);
    return [body.points, body.state];
  };
  const counting = [await of(ann, '2026-03-02'), await of(ben, '2026-03-02'), await of(ben, '2026-03-09')];

  await at(moim, '2026-03-08T20:10:00.000Z', ...all);
  await minute(moim);
  const look = async () => {
    const { items, state, members } = await league(ben, '&week=2026-03-02');
    return { lines: lines(items), state, members };
  };
  const closed = await look();
  const boards = async () =>
    JSON.stringify((await itemsOf(moim, 'Board')).filter(({ boardId }) => boardId.startsWith('2026-03-02')));
  const stored = await boards();

  expect(counting).toEqual([
    [1, 'COUNTING'],
    [0, 'COUNTING'],
    [1, 'OPEN'],
  ]);
  expect(closed.state).toBe('FINAL');
  // Both reached it in the same millisecond.
  const names = [ann.nickname, cho.nickname];
  expect(
    closed.lines
      .slice(-2)
      .map((line) => line.replace(/^\d+\. 1 /, ''))
      .sort(),
  ).toEqual(names.sort());
  // Struck, left, withdrawn: the rows stay, as an animal of who has left, without a name of who has withdrawn.
  const gone = [
    await here.leader.delete(`${here.path}/certifications/${last}`),
    await leave(ann),
    await cho.post('/v1/accounts/me/withdrawal', { reason: 'Enough' }),
  ];
  expect(gone.map(({ status }) => status)).toEqual([204, 204, 204]);
  for (let n = 0; n < 3; n++) await minute(moim);
  const after = await look();
  expect([after.members, after.state]).toEqual([closed.members, 'FINAL']);
  expect(after.lines.map((line) => line.replace(/ \S+$/, ''))).toEqual(
    closed.lines.map((line) => line.replace(/ \S+$/, '')),
  );
  for (const end of [' ~', ' -']) expect(after.lines.filter((line) => line.endsWith(end))).toHaveLength(1);
  expect(JSON.stringify(await league(ben, '&week=2026-03-02'))).not.toContain(ann.nickname);
  expect(await boards()).toBe(stored);
  expect(await itemsOf(moim, 'LeagueMember', { accountId: cho.id })).toEqual([]);
  // Who is back changes nothing of old weeks: they do not tell who they were.
  await join(ann, 'NICKNAME');
  await minute(moim);
  expect((await look()).lines).toEqual(after.lines);
  expect(await of(ann, '2026-03-09')).toEqual([0, 'OPEN']);
  // The next closing follows by itself, with what nobody has followed until then; a run that comes again changes nothing.
  const rest = [here.leader, ann, ben];
  await at(moim, '2026-03-15T19:59:59.000Z', ...rest);
  await lay(moim, ben, here.to);
  await moim.settle();
  await at(moim, '2026-03-15T20:10:00.000Z', ...rest);
  await tick(moim);
  expect(await of(ben, '2026-03-09')).toEqual([2, 'FINAL']);
  const both = JSON.stringify([await itemsOf(moim, 'Board'), await itemsOf(moim, 'Score')]);
  for (const subject of ['2026-03-02', '2026-03-09'].map((week) => `${week}:${partOf(ben.id)}`))
    await committed(moim, [due({ kind: 'closeLeague', subject, at: new Date(moim.clock.now()).toISOString() })]);
  await minute(moim);
  expect(JSON.stringify([await itemsOf(moim, 'Board'), await itemsOf(moim, 'Score')])).toBe(both);
});

test('row 161: an animal unless one chose or is 19; another one each week; a nickname does not reach back', async () => {
  const here = await layers(moim, 3);
  const [ann, ben, cho] = here.people as Three;
  const all = [here.leader, ...here.people];
  const now = moim.clock.now();
  const monday = (await here.leader.get('/v1/leagues')).body.week as string;
  const born = async (who: Person, birthDate: string) =>
    put(moim, 'Account', { ...(await itemsOf(moim, 'Account', { accountId: who.id }))[0], birthDate });
  const today = new Date(now).toISOString().slice(4, 10);
  const year = new Date(now).getUTCFullYear();
  await born(ann, `${year - 18}${today}`);
  await born(ben, `${year - 30}${today}`);
  const usual = async (who: Person) => (await who.get('/v1/accounts/me/league')).body;
  expect([(await usual(ann)).shownAs, (await usual(ben)).shownAs, (await usual(cho)).shownAs]).toEqual([
    'ANIMAL',
    'NICKNAME',
    'ANIMAL',
  ]);
  expect(await usual(ann)).toMatchObject({ takesPart: false, nickname: ann.nickname });

  for (const who of [ann, ben, cho]) expect((await join(who)).body.takesPart).toBe(true);
  for (const who of [ann, ben, cho]) await lay(moim, who, here.to);
  await minute(moim);
  const rowOf = async (who: Person, query = '') => {
    const { items, beside } = await league(who, query);
    return [...items, ...beside].find(({ isMe }: { isMe: boolean }) => isMe);
  };
  const first = await rowOf(ann);
  const answer = JSON.stringify(await league(cho));
  expect(first).toMatchObject({
    name: (await usual(ann)).animalName,
    animal: (await usual(ann)).animal,
    picture: null,
  });
  expect(answer).toContain(ben.nickname);
  // Nothing that leads to a person, and nothing that joins two weeks.
  for (const secret of [ann.id, ben.id, ann.nickname, 'reachedAt', 'secret']) expect(answer).not.toContain(secret);
  // Who blocks somebody sees an animal there.
  await cho.put(`/v1/accounts/me/blocks/${ben.id}`);
  expect(JSON.stringify(await league(cho))).not.toContain(ben.nickname);
  // A birth date that turns out to be another one takes the name back, unless it was chosen.
  await born(ben, `${year - 12}${today}`);
  expect(JSON.stringify(await league(ann))).not.toContain(ben.nickname);
  await join(ben, 'NICKNAME');
  expect(JSON.stringify(await league(ann))).toContain(ben.nickname);

  await at(moim, new Date(Date.parse(`${monday}T04:00:00Z`) + 7 * 86_400_000).toISOString(), ...all);
  await minute(moim);
  await lay(moim, ann, here.to);
  await minute(moim);
  const second = await rowOf(ann);
  await join(ann, 'NICKNAME');
  expect(second.name).not.toBe(first.name);
  expect((await rowOf(ann)).name).toBe(ann.nickname);
  expect((await rowOf(ann, `&week=${monday}`)).name).toBe(first.name);
  await join(ann, 'ANIMAL');
  expect((await rowOf(ann)).name).toBe(second.name);
});

test('row 161: who opts out is off within a minute; two devices at once end in one of both; a suspended account is off', async () => {
  const here = await layers(moim, 2);
  const [ann, ben] = here.people as Three;
  const all = [here.leader, ann, ben];
  for (const who of [ann, ben]) await join(who, 'NICKNAME');
  for (const who of [ann, ben]) await lay(moim, who, here.to, 2);
  await minute(moim);
  const names = async () => {
    const { items, members } = await league(here.leader);
    const own = items.filter(({ name }: { name: string }) => [ann.nickname, ben.nickname].includes(name));
    return [own.length, members];
  };
  const [both, members] = await names();

  const gone = [await leave(ann), await leave(ann)];
  const began = moim.clock.now();
  await minute(moim);
  expect(gone.map(({ status }) => status)).toEqual([204, 204]);
  expect(moim.clock.now() - began).toBeLessThanOrEqual(60_000);
  expect([both, ...(await names())]).toEqual([2, 1, members! - 1]);
  expect((await ann.get('/v1/leagues/me')).body).toMatchObject({ rank: null, points: 0 });
  // In and out at once, and again: boards agree with what is so in the end.
  for (let round = 0; round < 3; round++) {
    const race = await Promise.all([join(ann, 'NICKNAME'), leave(ann), join(ann), leave(ann), join(ann, 'ANIMAL')]);
    expect(race.every(({ status }) => status < 300)).toBe(true);
    await minute(moim);
    const { takesPart } = (await ann.get('/v1/accounts/me/league')).body;
    expect((await ann.get('/v1/leagues/me')).body.points).toBe(takesPart ? 2 : 0);
  }
  await become(moim, ben, 'SUSPENDED');
  await minute(moim);
  const now = await league(here.leader);
  expect(JSON.stringify(now)).not.toContain(ben.nickname);
  await become(moim, ben, 'ACTIVE');
  await minute(moim);
  await at(moim, new Date(moim.clock.now()).toISOString(), ...all);
  expect((await ben.get('/v1/leagues/me')).body.points).toBe(2);
});
