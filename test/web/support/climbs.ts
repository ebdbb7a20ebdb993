/** A club that climbs: a season that is over, one in its third week, and members with records of the last days. */
import { orderOf, packedHistogram } from '../../../functions/activity/boards/rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { addDays, localDay } from '../../../shared/core/time.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { nextTick, renew, someone } from '../../support/people.ts';
import { put } from '../../support/table.ts';
import { made } from './missions.ts';

export interface Climbing {
  readonly clubId: string;
  readonly path: string;
  readonly seasonId: string;
  /** The season that is over and closed: two share the first place. */
  readonly overId: string;
  /** Climbs most. */
  readonly jihun: Person;
  /** Comes next. */
  readonly seoyeon: Person;
  /** Today in the club. */
  readonly day: string;
}

const timeZone = 'Asia/Seoul';

/** A record of a day at noon or before it. */
const climb = (day: string, gym: string, minutes: number, problems: Readonly<Record<number, number>>) => ({
  startedAt: `${day}T01:00:00.000Z`,
  endedAt: new Date(Date.parse(`${day}T01:00:00.000Z`) + minutes * 60_000).toISOString(),
  gym,
  problems: Object.entries(problems).map(([level, count]) => ({ level: Number(level), count })),
});

/** A board that is closed, past the days of its season: with so many half points for so many people. */
export async function closed(
  moim: Moim,
  scopeId: string,
  boardId: string,
  halves: readonly number[],
  people: readonly Pick<Person, 'id'>[],
) {
  const counts = new Map<number, number>();
  for (const [at, points] of halves.entries()) {
    counts.set(points, (counts.get(points) ?? 0) + 1);
    const score = { boardId, accountId: people[at]!.id, points, reachedAt: moim.clock.now() - 40 * 86_400_000 + at };
    await put(moim, 'Score', { ...score, order: orderOf(score) });
  }
  const closedAt = new Date(moim.clock.now() - 15 * 86_400_000).toISOString();
  const board = { version: 2, members: halves.length, histogram: packedHistogram(counts), closedAt };
  await put(moim, 'Board', { scopeId, boardId, ...board });
}

/**
 * @param founder administers the deployment
 * @param leader leads the club then, and has climbed a little
 * @param names of the others
 */
export async function climbing(
  moim: Moim,
  founder: Person,
  leader: Person,
  names: readonly string[] = [
    '지훈',
    '서연',
    '하나',
    'Taro',
    '민준',
    '보라',
    '은호',
    '다온',
    '이든',
    '소율',
    '라온',
    '아인',
  ],
): Promise<Climbing> {
  const club = await made(
    founder.post('/v1/groups', { kind: 'CLUB', title: '바위타기', category: 'SPORTS', timeZone }),
  );
  const path = `/v1/groups/${club.id}`;
  const people = await Promise.all(names.map((name) => someone(moim, name)));
  const profile = { level: 4, homeGym: '더클라임 연남' };
  for (const person of [leader, ...people]) {
    await moim.clock.advance(1);
    await person.post(`${path}/applications`, { profile });
    await founder.post(`${path}/applications/${person.id}/accept`);
    await person.send('PUT', `${path}/club-profile`, { body: profile });
  }
  await founder.send('PUT', `${path}/leader`, { body: { accountId: leader.id } });
  const day = localDay(moim.clock.now(), timeZone);
  const [seasonId, before] = [newId(moim.clock.now()), newId(moim.clock.now() - 1)];
  const list = [
    { seasonId: before, name: '겨울', startDate: addDays(day, -110), endDate: addDays(day, -30) },
    { seasonId, name: '봄', startDate: addDays(day, -14), endDate: addDays(day, 69) },
  ];
  await put(moim, 'Seasons', { groupId: club.id, version: 1, list });
  await closed(moim, club.id, `${before}:0`, [48, 48, 41, 17], [people[0]!, leader, ...people.slice(1)]);
  const own = [
    climb(addDays(day, -6), '더클라임 연남', 95, { 3: 4, 4: 3, 5: 1 }),
    climb(addDays(day, -3), '클라이밍파크 성수', 120, { 4: 5, 5: 2, 6: 1 }),
    climb(addDays(day, -1), '더클라임 연남', 80, { 3: 2, 4: 2 }),
  ];
  for (const each of own) await made(leader.post(`${path}/records`, each));
  for (const [at, person] of people.entries()) {
    await moim.clock.advance(1);
    await made(person.post(`${path}/records`, climb(addDays(day, -2), '더클라임 연남', 60, { 4: 12 - (at >> 1) })));
    if (at < 11) await made(person.post(`${path}/records`, climb(day, '더클라임 연남', 90, { 4: 14 - at, 5: 2 })));
  }
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
  // A token lives for a quarter of an hour, and much was set up before.
  await renew(moim, leader);
  await made(leader.post(`${path}/records`, climb(day, '더클라임 연남', 90, { 4: 2, 5: 1 })));
  await moim.settle();
  return { clubId: club.id, path, seasonId, overId: before, jihun: people[0]!, seoyeon: people[1]!, day };
}
