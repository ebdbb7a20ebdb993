/** A certification that people report, and what they see of it. */
import type { Moim, Person } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { idsOf } from '../../support/replies.ts';
import { certify, found, type Team } from '../../support/scene.ts';

export interface Scene extends Pick<Team, 'groupId' | 'missionId' | 'path' | 'leader'> {
  readonly author: Person;
  readonly others: readonly Person[];
  /** Path and subject of an approved certification of the author. */
  readonly one: string;
  readonly subject: string;
}

/** A certification that everybody in its group sees. */
export async function sceneOf(moim: Moim, size = 4): Promise<Scene> {
  const [leader, author, ...others] = await crowd(moim, size + 2);
  const group = await found(leader!, {}, author!, ...others);
  const { body } = await certify(author!, group);
  const one = `${group.path}/certifications/${body.id}`;
  await moim.settle();
  await leader!.post(`${one}/approve`);
  return { ...group, leader: leader!, author: author!, others, one, subject: `certification:${body.id}` };
}
export const report = (who: Person, { path, subject }: Scene, more: object = {}) =>
  who.post(`${path}/reports`, { subject, reason: 'SPAM', ...more });
export const decide = (who: Person, { path, subject }: Scene, decision: 'HIDE' | 'KEEP', more: object = {}) =>
  who.post(`${path}/reports/decisions`, { subject, decision, ...more });
export const waiting = async (who: Person, { path }: Scene) => (await who.get(`${path}/reports`)).body.items;
export const sees = async (who: Person, { one, path, subject }: Scene) => {
  const { body, status } = await who.get(one);
  const listed = idsOf([(await who.get(`${path}/certifications`)).body.items]).includes(subject.split(':')[1]!);
  if ((status === 200) !== listed) throw new Error(`detail ${status}, listed ${listed}`);
  return status === 200 ? (body.hiddenAt === null ? 'shown' : 'marked') : body.code;
};
export const seenBy = (people: readonly Person[], here: Scene) => Promise.all(people.map((who) => sees(who, here)));
