/** A club with climbers, seasons and records. */

import { type Club, climber, clubOf, profile } from '../../groups/clubs/support.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { renew } from '../../support/people.ts';

export interface Climbers extends Club {
  readonly people: readonly Person[];
}

/** A club with members of level 4. The leader has that level, too. */
export async function climbers(moim: Moim, size: number, more: object = {}): Promise<Climbers> {
  const club = await clubOf(moim, { timeZone: 'Asia/Seoul', ...more });
  await club.leader.send('PUT', `${club.path}/club-profile`, { body: profile });
  const people: Person[] = [];
  for (let i = 0; i < size; i++) {
    const who = await climber(moim, club, { profile });
    await who.send('PUT', `${club.path}/club-profile`, { body: profile });
    people.push(who);
  }
  await moim.settle();
  return { ...club, people };
}

/** A season; gives its id. */
export async function season(club: Club, startDate: string, endDate: string, name = 'Spring'): Promise<string> {
  const { status, body } = await club.leader.post(`${club.path}/seasons`, { name, startDate, endDate });
  if (status !== 201) throw new Error(`no season: ${JSON.stringify(body)}`);
  return body.id;
}

/** A record of a day of Seoul: half an hour at noon, with so many problems by level. */
export const climbed = (day: string, ...problems: readonly (readonly [level: number, count: number])[]) => ({
  startedAt: `${day}T03:00:00.000Z`,
  endedAt: `${day}T03:30:00.000Z`,
  gym: 'Rock Valley',
  problems: problems.map(([level, count]) => ({ level, count })),
});

export const record = (who: Person, { path }: Club, ...of: Parameters<typeof climbed>) =>
  who.post(`${path}/records`, climbed(...of));

/** Moves the clock to an instant, and gives people new tokens. */
export async function on(moim: Moim, instant: string, ...people: readonly Person[]): Promise<void> {
  await moim.clock.advanceTo(Date.parse(instant));
  await renew(moim, ...people);
}

/** A ranking as lines: rank, points, and the person's place among some. */
export async function rankingOf(
  who: Person,
  { path }: Club,
  seasonId: string,
  week: number | undefined,
  people: readonly Person[],
): Promise<string[]> {
  const { body } = await who.get(`${path}/seasons/${seasonId}/ranking${week === undefined ? '' : `?week=${week}`}`);
  return body.items.map(
    ({ rank, points, account }: { rank: number; points: number; account: { id: string } }) =>
      `${rank}. ${points} ${people.findIndex(({ id }) => id === account.id)}`,
  );
}

export async function ownRank(who: Person, { path }: Club, seasonId: string, week?: number) {
  const { body } = await who.get(`${path}/seasons/${seasonId}/ranking/me${week === undefined ? '' : `?week=${week}`}`);
  return [body.rank, body.points];
}

interface SeasonNotice {
  readonly type: string;
  readonly text: string;
  readonly link: { readonly seasonId: string };
}

/** The notices of final rankings that somebody has, newest first. */
export async function seasonNoticesOf(who: Person, language = 'en'): Promise<SeasonNotice[]> {
  const all: SeasonNotice[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await who.get(`/v1/notifications?limit=50${cursor}`, { 'accept-language': language });
    all.push(...body.items.filter(({ type }: SeasonNotice) => type === 'SEASON_CLOSED'));
    if (!body.nextCursor) return all;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}
