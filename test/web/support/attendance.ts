/** A group that meets now: its codes are shown, somebody asks, some have come, and five weeks lie behind. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

export interface Meeting {
  readonly groupId: string;
  readonly path: string;
  readonly jihun: Person;
}

const day = (now: number, days = 0) => new Date(now + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const clock = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(11, 16);

type State = 'PRESENT' | 'LATE' | 'HOLIDAY' | 'ABSENT';
/** What each has in the weeks before, by their nickname. */
const weeks: Readonly<Record<string, readonly State[]>> = {
  Mina: ['PRESENT', 'PRESENT', 'LATE', 'HOLIDAY', 'PRESENT'],
  지훈: ['PRESENT', 'PRESENT', 'PRESENT', 'HOLIDAY', 'PRESENT'],
  서연: ['PRESENT', 'LATE', 'LATE', 'HOLIDAY', 'ABSENT'],
  하나: ['PRESENT', 'PRESENT', 'ABSENT', 'HOLIDAY', 'PRESENT'],
  'Christopher Alexander': ['ABSENT', 'PRESENT', 'PRESENT', 'HOLIDAY', 'LATE'],
};

/** @param leader leads it, and has not checked in yet */
export async function meeting(moim: Moim, leader: Person): Promise<Meeting> {
  const names = Object.keys(weeks).slice(1);
  const people = await Promise.all(names.map((name) => someone(moim, name)));
  const [jihun, seoyeon, hana, chris] = people as [Person, Person, Person, Person];
  const now = moim.clock.now();
  const here = await found(
    leader,
    { title: '화요일 밤 스터디', startDate: day(now), endDate: day(now, 120) },
    ...people,
  );
  const { groupId, path } = here;
  await leader.put(`${path}/members/${jihun.id}/role`, { role: 'MANAGER' });
  // It began five weeks ago.
  const [group] = await itemsOf(moim, 'Group', { groupId });
  await put(moim, 'Group', { ...group, startDate: day(now, -35) });
  const weekday = ((new Date(`${day(now)}T00:00Z`).getUTCDay() + 6) % 7) + 1;
  const start = Math.ceil(now / 600_000) * 600_000;
  const other = { weekday: (weekday % 7) + 1, start: '20:30', graceMinutes: 10 };
  const plan = await leader.put(`${path}/attendance-plan`, {
    meetings: [{ weekday, start: clock(start), place: '학교 앞 스터디 카페', staffId: jihun.id }, other],
    holidays: [day(now, 21), day(now, 28)],
  });
  if (plan.status !== 200) throw new Error(`no plan: ${JSON.stringify(plan.body)}`);
  for (const [at, who] of [leader, ...people].entries())
    for (const [n, state] of Object.values(weeks)[at]!.entries()) {
      const by = who === leader ? jihun : leader;
      const body = { accountId: who.id, seasonId: groupId, week: n + 1, state, reason: '종이 출석부를 옮겼어요' };
      const { status } = await by.post(`${path}/attendances/corrections`, body);
      if (status !== 200) throw new Error(`no week: ${status}`);
    }
  const { codes } = (await leader.get(`${path}/check-in-codes`)).body;
  const device = '0192f0c0-1111-4222-8333-444455556666';
  const enter = (who: Person) => who.post(`${path}/check-ins`, { code: codes[0].code, device });
  await enter(jihun);
  await enter(hana);
  await seoyeon.post(`${path}/attendances`);
  await chris.post(`${path}/attendances`);
  await moim.settle();
  return { groupId, path, jihun };
}
