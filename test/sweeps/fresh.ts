/** Requests that use nothing up which another one needs. */
import { someone } from '../support/people.ts';
import { bearer, json, type Sent } from './client.ts';
import { isGuarded, placeholders, type Sample, type Subject, sampleFor } from './samples.ts';
import { foundGroup, type World } from './world.ts';

/** A sample of a route by new people; of one below a group, in a group of their own. */
export async function fresh(subject: Subject, world: World, make = sampleFor): Promise<Sample> {
  if (!isGuarded(subject)) return make(subject, world);
  const leader = await someone(world.moim);
  if (!placeholders(subject).includes('groupId')) return make(subject, { ...world, leader });
  const member = await someone(world.moim);
  const group = await foundGroup(leader, member);
  return make(subject, { ...world, leader, member, ids: { ...world.ids, ...group, accountId: member.id } });
}

/** A sample as it goes over the wire. */
export const sentOf = ({ route }: Subject, { token, path, body }: Sample): Sent => ({
  method: route.method,
  path,
  headers: { ...json, ...(token ? bearer(token) : {}) },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
