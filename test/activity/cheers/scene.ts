import type { Moim, Person } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';

/** A group with an approved certification of its author, and some who may cheer. */
export async function cheering(moim: Moim, ...others: readonly Person[]) {
  const [leader, author, member] = (await crowd(moim, 3)) as [Person, Person, Person];
  const here = await found(leader, { approval: 'AUTO' }, author, member, ...others);
  const { body } = await certify(author, here);
  await moim.settle();
  const one = `${here.path}/certifications/${body.id}`;
  const cheers = `${one}/cheers`;
  const seenBy = async (person: Person) => (await person.get(one)).body.cheers;
  const cheersBy = (person: Person, kind: string = 'HEART') => person.put(`${cheers}/me`, { kind });
  return { leader, author, member, here, id: body.id as string, one, cheers, seenBy, cheersBy };
}
