/** Groups that meet on Tuesdays at 19:00 in Seoul, with a grace of half an hour, and take codes from those who are there. */
import { randomUUID } from 'node:crypto';
import { addDays } from '../../../shared/core/time.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

export const meeting = { weekday: 2, start: '19:00', place: 'Library' };

/** The weeks of a file: each scene has one of its own. */
export function weeksOf(moim: Moim) {
  let tuesday = '2026-02-24';
  const nextWeek = () => {
    tuesday = addDays(tuesday, 7);
  };
  /** An instant of this week's Tuesday, or of a day so many days after it. */
  const on = (time: string, days = 0) => new Date(`${addDays(tuesday, days)}T${time}+09:00`).toISOString();

  async function scene(size: number, plan: object = {}) {
    nextWeek();
    await moim.clock.advanceTo(Date.parse(on('12:00:00')));
    const [leader, ...members] = (await crowd(moim, size + 1)) as [Person, ...Person[]];
    const here = await found(leader, { startDate: undefined, endDate: '2026-12-31' }, ...members);
    const body = { meetings: [meeting], ...plan };
    const planned = await leader.send('PUT', `${here.path}/attendance-plan`, { body });
    if (planned.status !== 200) throw new Error(`no plan: ${JSON.stringify(planned.body)}`);
    const go = (time: string, days = 0) => at(moim, on(time, days), leader, ...members);
    const shown = async () => (await leader.get(`${here.path}/check-in-codes`)).body;
    const code = async () => (await shown()).codes[0].code as string;
    const enter = (who: Person, given: string, about: object = {}, headers = {}) =>
      who.post(`${here.path}/check-ins`, { code: given, device: randomUUID(), ...about }, headers);
    return { leader, members, ...here, go, shown, code, enter };
  }
  return { scene, nextWeek, on, tuesday: () => tuesday };
}

/** A code that is not among those that are good now. */
export const wrongOf = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
