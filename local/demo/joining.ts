/** How the people of the demo come into groups. */
import type { Person, Place } from './people.ts';

export async function join(place: Place, groupId: string, ...people: Person[]): Promise<void> {
  for (const { api } of people) {
    await place.pause();
    await api.memberships.joinGroup({ params: { groupId } });
  }
}

export async function apply(place: Place, { api }: Person, groupId: string, message: string): Promise<void> {
  await place.pause();
  await api.applications.apply({ params: { groupId }, body: { message } });
}

export async function accept(place: Place, { api }: Person, groupId: string, ...people: Person[]): Promise<void> {
  for (const { id: accountId } of people) {
    await place.pause();
    await api.applications.acceptApplication({ params: { groupId, accountId } });
  }
}
