/** People who lay bricks, and leagues as they see them. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

export interface Layers {
  readonly leader: Person;
  readonly people: readonly Person[];
  readonly path: string;
  readonly groupId: string;
  /** Where certifications are sent, which are approved by themselves. */
  readonly to: string;
}

/** A group of people whose texts are bricks at once. */
export async function layers(moim: Moim, size: number, more: object = {}): Promise<Layers> {
  const [leader, ...people] = await Promise.all(Array.from({ length: size + 1 }, () => someone(moim)));
  const days = { startDate: undefined, endDate: '2027-12-31', timeZone: 'Asia/Seoul' };
  const { path, groupId } = await found(leader!, { ...days, ...more }, ...people);
  const mission = { kind: 'REPEAT', title: 'Run', way: 'TEXT', approval: 'AUTO', frequency: { every: 'DAY' } };
  const { body } = await leader!.post(`${path}/missions`, { ...mission, perDayLimit: null });
  return { leader: leader!, people, path, groupId, to: `${path}/missions/${body.id}/certifications` };
}

/** Lays bricks; gives the id of the last certification. */
export async function lay(moim: Moim, who: Person, to: string, bricks = 1): Promise<string> {
  let id = '';
  for (let n = 0; n < bricks; n++) {
    if (n > 0) await moim.clock.advance(5000);
    const { status, body } = await who.post(to, { text: 'Done' });
    if (status !== 201) throw new Error(JSON.stringify(body));
    id = body.id;
  }
  return id;
}

export const join = (who: Person, shownAs?: 'NICKNAME' | 'ANIMAL') =>
  who.put('/v1/accounts/me/league', shownAs ? { shownAs } : {});
export const leave = (who: Person) => who.delete('/v1/accounts/me/league');

export const league = async (who: Person, query = '') => {
  const { status, body } = await who.get(`/v1/leagues?limit=50${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};

interface Row {
  readonly rank: number | null;
  readonly points: number;
  readonly name: string | null;
  readonly animal: string | null;
  readonly isMe: boolean;
}

/** Rows as lines: rank, bricks, and the nickname; `~` for an animal, `-` for nobody. */
export const lines = (rows: readonly Row[]): string[] =>
  rows.map(
    ({ rank, points, name, animal, isMe }) =>
      `${rank ?? '?'}. ${points} ${animal ? '~' : (name ?? '-')}${isMe ? ' me' : ''}`,
  );

export const linesOf = async (who: Person, query = '') => lines((await league(who, query)).items);
