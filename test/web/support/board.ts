/** A group that has lived for some weeks: who does it every day, who now and then, who rests, and whose word is awaited. */
import type { Moim, Person } from '../../support/moim.ts';
import { renew, someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { made } from './missions.ts';

export interface Board {
  readonly groupId: string;
  readonly path: string;
  readonly missionId: string;
  /** Who joined after the leader, in their order. */
  readonly others: readonly Person[];
}

const day = 86_400_000;
export const dayOf = (moim: Moim, from = 0) =>
  new Date(moim.clock.now() + 9 * 3_600_000 + from * day).toISOString().slice(0, 10);

/**
 * @param leader leads it
 * @param names of the others, in their order
 * @param lived days until now
 */
export async function board(moim: Moim, leader: Person, names: readonly string[], lived: number): Promise<Board> {
  const others = await Promise.all(names.map((name) => someone(moim, name)));
  const group = await found(
    leader,
    { title: '매일 알고리즘 한 문제', startDate: dayOf(moim), endDate: dayOf(moim, lived + 40), capacity: 20 },
    ...others,
  );
  await leader.post(`${group.path}/missions/${group.missionId}/end`, {}, { 'if-match': '"1"' });
  const mission = await made(
    leader.post(`${group.path}/missions`, {
      ...{ kind: 'REPEAT', way: 'TEXT', title: '하루 한 문제 풀기', frequency: { every: 'DAY' }, approval: 'AUTO' },
    }),
  );
  const all = [leader, ...others];
  for (let nth = 0; nth < lived; nth++) {
    // One day is left out by the first two, two days by the next two, and so on.
    for (const [at, person] of all.entries())
      if (nth % 2 === 0 || nth > 2 * Math.ceil((at + 1) / 2))
        await made(person.post(`${group.path}/missions/${mission.id}/certifications`, { text: '한 문제 풀었어요.' }));
    await moim.clock.advance(day);
    await renew(moim, ...all);
  }
  await moim.settle();
  return { ...group, missionId: mission.id, others };
}
