/** Groups with a poll. */
import type { Actor } from '../../support/actor.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

export const lunch = { question: 'Where do we meet?', choices: ['Library', 'Café', 'Park'] };

/** A poll as its maker sees it, with the ids of its choices in their order. */
export async function polled(who: Actor, path: string, more: object = {}) {
  const { status, body } = await who.post(`${path}/polls`, { ...lunch, ...more });
  if (status !== 201) throw new Error(`no poll: ${JSON.stringify(body)}`);
  const one = `${path}/polls/${body.id}`;
  const ids: string[] = body.choices.map(({ id }: Json) => id);
  const votes = (voter: Actor, ...places: number[]) =>
    voter.put(`${one}/ballot`, { choiceIds: places.map((place) => ids[place]) });
  const seenBy = async (viewer: Actor): Promise<Json> => (await viewer.get(one)).body;
  const countsFor = async (viewer: Actor): Promise<(number | null)[]> =>
    (await seenBy(viewer)).choices.map(({ count }: Json) => count);
  return { id: body.id as string, body: body as Json, one, ids, votes, seenBy, countsFor };
}

/** A group of a leader and some members, with a poll of the first member. */
export async function polling(moim: Moim, size: number, more: object = {}) {
  const people = await crowd(moim, size + 1);
  const [leader, ...members] = people as [Person, ...Person[]];
  const here = await found(leader, { capacity: 50, startDate: undefined, endDate: '2026-12-31' }, ...members);
  await moim.settle();
  const [author, ...others] = members as [Person, ...Person[]];
  const poll = await polled(author, here.path, more);
  return { ...here, people, leader, members, author, others, poll };
}

/** The notices of polls that somebody has, in no order within a moment. */
export async function noticesOf(moim: Moim, person: Person): Promise<Json[]> {
  await moim.settle();
  const { items } = (await person.get('/v1/notifications')).body as Json;
  return items.filter(({ type }: Json) => type.startsWith('POLL_')).toReversed();
}
/** The types of those notices, sorted. */
export const typesOf = async (moim: Moim, person: Person): Promise<string[]> =>
  (await noticesOf(moim, person)).map(({ type }) => type).toSorted();
