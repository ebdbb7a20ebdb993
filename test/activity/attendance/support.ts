/** Groups that meet, and their nights. Seoul is nine hours ahead of UTC: 19:00 there is 10:00Z, and a day closes at 14:57Z. */
import { addDays, localDay, weekStart } from '../../../shared/core/time.ts';
import type { Actor, Reply } from '../../support/actor.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { crowd, tick } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { climbers, on, season } from '../rankings/support.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
export type Json = any;

export interface Met {
  readonly leader: Person;
  readonly manager: Person;
  readonly members: readonly Person[];
  readonly everybody: readonly Person[];
  readonly groupId: string;
  readonly seasonId: string;
  readonly path: string;
  /** The last day of the season, or of the group. */
  readonly lastDay: string;
  /** A day of the season: its week, and 1 Monday to 7 Sunday. */
  readonly day: (week: number, weekday: number) => string;
}

/** The next Monday in Seoul. Everybody is in the group when it begins. */
function nextMonday(moim: Moim): string {
  const today = localDay(moim.clock.now(), 'Asia/Seoul');
  return addDays(weekStart(today), 7);
}
const daysFrom = (monday: string) => (week: number, weekday: number) => addDays(monday, 7 * (week - 1) + weekday - 1);

export const home = 'Rock Valley';
export const wednesday = { weekday: 3, start: '19:00', place: home };
export const friday = { weekday: 5, start: '19:00', place: 'High Peak' };

export const plan = (who: Person, { path }: Pick<Met, 'path'>, meetings: readonly object[], holidays: string[] = []) =>
  who.put(`${path}/attendance-plan`, { meetings, holidays });

/** A club with a season of twelve weeks from the next Monday on, which meets on Wednesdays and Fridays. Their own place is `home`. */
export async function club(moim: Moim, size: number, more: object = {}): Promise<Met> {
  const { leader, people, groupId, path } = await climbers(moim, size + 1, more);
  const [manager, ...members] = people as [Person, ...Person[]];
  await leader.put(`${path}/members/${manager.id}/role`, { role: 'MANAGER' });
  const day = daysFrom(nextMonday(moim));
  const lastDay = day(12, 7);
  const seasonId = await season({ leader, groupId, path }, day(1, 1), lastDay);
  const met = { leader, manager, members, everybody: [leader, ...people], groupId, seasonId, path, day, lastDay };
  must(await plan(manager, met, [wednesday, friday]));
  return met;
}

/** A challenge of four weeks from the next Monday on, which meets on Wednesdays. */
export async function group(moim: Moim, size: number, more: object = {}): Promise<Met> {
  const [leader, manager, ...members] = (await crowd(moim, size + 2)) as [Person, Person, ...Person[]];
  const day = daysFrom(nextMonday(moim));
  const lastDay = day(4, 7);
  const { groupId, path } = await found(
    leader,
    { startDate: day(1, 1), endDate: lastDay, ...more },
    manager,
    ...members,
  );
  await leader.put(`${path}/members/${manager.id}/role`, { role: 'MANAGER' });
  const everybody = [leader, manager, ...members];
  const met = { leader, manager, members, everybody, groupId, seasonId: groupId, path, day, lastDay };
  must(await plan(leader, met, [{ weekday: 3, start: '19:00' }]));
  return met;
}

export function must({ status, body }: Reply<Json>): Json {
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body;
}

export const ask = (who: Actor, { path }: Pick<Met, 'path'>): Promise<Reply<Json>> => who.post(`${path}/attendances`);

/** Asks, and gives the id. */
export const asked = async (who: Actor, met: Pick<Met, 'path'>): Promise<string> => must(await ask(who, met)).id;

/** Decides on one; gives its state, or the code of what stood in the way. */
export async function decide(who: Actor, { path }: Pick<Met, 'path'>, id: string, more: object = {}): Promise<string> {
  const reply: Reply<Json> = await who.post(`${path}/attendances/decisions`, {
    ids: [id],
    decision: 'ACCEPTED',
    ...more,
  });
  const [{ state, problem }] = must(reply).results;
  return state ?? problem.code;
}

/** Asks and is accepted by the manager. */
export const attend = async (who: Actor, met: Met, more: object = {}): Promise<string> =>
  decide(met.manager, met, await asked(who, met), more);

/** The night of a day in Seoul: the run at its closing, and that of the minute after. */
export async function night(moim: Moim, day: string): Promise<void> {
  for (const minute of ['14:57', '14:58']) {
    await moim.settle();
    await moim.clock.advanceTo(Date.parse(`${day}T${minute}:00Z`));
    await tick(moim);
  }
  await moim.settle();
}

/** A time of a day, in UTC, with new tokens for everybody. */
export const at = (moim: Moim, { everybody, day }: Met, [week, weekday]: readonly [number, number], time: string) =>
  on(moim, `${day(week, weekday)}T${time}Z`, ...everybody);

/** The attendances of a group as `{week} {state}`, by member. */
export async function rowsOf(moim: Moim, { groupId, everybody }: Pick<Met, 'groupId' | 'everybody'>) {
  const rows = await itemsOf(moim, 'Attendance', { groupId });
  return everybody.map(({ id }) =>
    rows.filter(({ accountId }) => accountId === id).map(({ week, state }) => `${week} ${state}`),
  );
}

export const dayOf = async (who: Actor, { path }: Pick<Met, 'path'>): Promise<Json> =>
  (await who.get(`${path}/attendance`)).body;

/** Present, late, absent, holidays, alternates and the rate of a member, as they see it. */
export async function ownRate(who: Actor, met: Pick<Met, 'path'>): Promise<(number | null)[]> {
  const { own } = (await who.get(`${met.path}/attendances`)).body as Json;
  return [own.present, own.late, own.absent, own.holiday, own.alternates, own.rate];
}
