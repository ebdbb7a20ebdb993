/** A club that climbs: its season, what its people have climbed in two weeks, two who have the same points, and who came to its meetings. */
import type { Person, Place } from './people.ts';
import type { Name } from './words.ts';

const day = 86_400_000;
const hour = 3_600_000;

type People = Readonly<Record<Name, Person>>;
type Climber = 'haeun' | 'doyun' | 'yuna';

const levels = { haeun: 4, doyun: 5, yuna: 3 } as const satisfies Record<Climber, number>;
const gym = '을지로 볼더링짐';

/** By day since the first one: who, and the problems by level. Haeun comes to the same points before Doyun, each week. */
const climbed: Readonly<Record<number, readonly [Climber, ...(readonly [level: number, count: number])[]]>> = {
  2: ['haeun', [4, 3], [3, 2]],
  3: ['doyun', [5, 4], [4, 4]],
  4: ['yuna', [3, 4], [2, 2]],
  5: ['haeun', [4, 4], [5, 1]],
  6: ['doyun', [5, 2], [6, 1]],
  9: ['haeun', [4, 4]],
  10: ['doyun', [5, 5], [4, 2]],
  11: ['yuna', [4, 2], [3, 1]],
  12: ['haeun', [5, 2]],
  13: ['doyun', [5, 2]],
};

/** When the club meets, by weekday from Sunday: who asks for attendance then. */
const meetings: Readonly<Record<number, Climber>> = { 2: 'haeun', 4: 'yuna' };

/** @param dayOf the day of an instant in Korea */
export async function foundClimbing(place: Place, people: People, dayOf: (instant: number) => string): Promise<string> {
  const { moim, doyun } = people;
  await place.pause();
  // By invitation only: nobody finds it.
  const { id: groupId } = await moim.api.groups.createGroup({
    body: {
      kind: 'CLUB',
      title: '퇴근길 볼더링 클럽',
      description: '화·목 밤 아홉 시 반, 자기 속도로 올라요. 떨어져도 웃어요.',
      visibility: 'PRIVATE',
      category: 'SPORTS',
      tags: ['OFFLINE'],
      capacity: 20,
    },
  });
  for (const [name, level] of Object.entries(levels) as [Climber, number][]) {
    await place.pause();
    await moim.api.memberships.addMember({ params: { groupId, accountId: people[name].id } });
    await people[name].api.clubs.setClubProfile({ params: { groupId }, body: { level, homeGym: gym } });
  }
  await moim.api.memberships.handOver({ params: { groupId }, body: { accountId: doyun.id } });
  // From tomorrow on, so that the day that is looked at is in the second week.
  const dates = { startDate: dayOf(place.now() + day), endDate: dayOf(place.now() + 56 * day) };
  await doyun.api.seasons.createSeason({ params: { groupId }, body: { name: '1기', ...dates } });
  const weekly = Object.keys(meetings).map((weekday) => ({
    ...{ weekday: Number(weekday), start: '21:30', graceMinutes: 60, place: gym },
  }));
  await doyun.api.attendance.setAttendancePlan({ params: { groupId }, body: { meetings: weekly, holidays: [] } });
  return groupId;
}

/**
 * What was climbed in the evening of a day.
 *
 * @param at the day since the first one
 * @param midnight its beginning
 */
export async function climb(place: Place, people: People, groupId: string, at: number, midnight: number) {
  const evening = climbed[at];
  if (!evening) return;
  const [name, ...problems] = evening;
  await place.pause();
  await people[name].api.records.createRecord({
    params: { groupId },
    body: {
      startedAt: new Date(midnight + 19 * hour).toISOString(),
      endedAt: new Date(midnight + 20.5 * hour).toISOString(),
      gym,
      problems: problems.map(([level, count]) => ({ level, count })),
    },
  });
}

/** Who comes to the meeting of a day asks for attendance, and the leader says yes. There is none before the season. */
export async function attend(place: Place, people: People, groupId: string, at: number, midnight: number) {
  const name = meetings[new Date(midnight + 12 * hour).getUTCDay()];
  if (!name || at === 0) return;
  await place.pause();
  const { id } = await people[name].api.attendance.requestAttendance({ params: { groupId } });
  const { doyun } = people;
  // Of the leader's own, nobody else has to decide.
  if (name === 'haeun') await doyun.api.attendance.requestAttendance({ params: { groupId } });
  await doyun.api.attendance.decideAttendances({
    params: { groupId },
    body: { ids: [id], decision: 'ACCEPTED' },
  });
}
