/** A full group for the measurements of the web client: twelve people, a wall, and a feed of photos. */
import type { Cloud } from '../local/cloud.ts';
import { certify, type Person, type Place, signUp } from '../local/demo/people.ts';
import { cast, type Name } from '../local/demo/words.ts';

const dayOf = (instant: number) => new Date(instant + 9 * 3_600_000).toISOString().slice(0, 10);

/** @returns the id of a challenge that Mina leads, in which everybody has laid a brick today, in two further groups also */
export async function fullGroup({ apiUrl, consoleUrl, settle }: Cloud): Promise<string> {
  const place: Place = {
    ...{ apiUrl, consoleUrl, settle, now: Date.now },
    moveTo: async () => {},
    pause: async () => {},
    appoint: async () => {},
  };
  const people: Person[] = [];
  for (const name of Object.keys(cast) as Name[]) people.push(await signUp(place, name));
  const mina = people[0]!;
  const others = people.slice(1);
  const found = async (leader: Person, title: string) => {
    const { id } = await leader.api.groups.createGroup({
      body: {
        ...{ kind: 'CHALLENGE', category: 'IT', frequency: { every: 'DAY' }, approval: 'AUTO', title, capacity: 20 },
        ...{ startDate: dayOf(Date.now()), endDate: dayOf(Date.now() + 20 * 86_400_000) },
      },
    });
    return id;
  };
  const groupId = await found(mina, '매일 알고리즘 한 문제');
  const scenes = ['notebook', 'laptop', 'book', 'run'] as const;
  for (const [at, person] of others.entries()) {
    await person.api.memberships.joinGroup({ params: { groupId } });
    const text = '오늘은 세그먼트 트리. 그려 보니 이제야 이해가 돼요.';
    await certify(person, groupId, { scene: scenes[at % 4]!, number: at, text, width: 640 });
  }
  for (const [at, person] of others.slice(0, 2).entries()) {
    const other = await found(person, ['자기 전 책 30쪽', '새벽 달리기 3km'][at]!);
    await mina.api.memberships.joinGroup({ params: { groupId: other } });
  }
  await settle();
  return groupId;
}
