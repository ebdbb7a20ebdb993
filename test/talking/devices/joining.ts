/** News that reaches the devices of a leader at once: somebody joins. */
import type { Moim, Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { register, signedIn, type Target } from '../../support/push-services.ts';
import { found } from '../../support/scene.ts';

export function joining(moim: Moim) {
  /** Who leads a group, and when somebody joined it last. */
  const groups = new Map<string, [Person, number]>();

  /** Somebody who leads a group, with devices. */
  async function leaderWith(...targets: Target[]) {
    const leader = await signedIn(moim, await someone(moim));
    const ids = [];
    for (const target of targets) ids.push(await register(leader, target));
    const { groupId, path } = await found(leader, { title: 'Algorithms', capacity: 50 });
    groups.set(path, [leader, 0]);
    return { leader, groupId, path, ids };
  }

  /** Within ten minutes of another, in another group of the leader: the second of a kind would wait (row 147). */
  async function join(path: string, nickname?: string): Promise<Person> {
    const [leader, last] = groups.get(path)!;
    const isSoon = moim.clock.now() - last < 600_000;
    groups.set(path, [leader, moim.clock.now()]);
    const place = isSoon ? await found(leader, { title: 'Algorithms', capacity: 50 }) : { path };
    const person = await someone(moim, nickname);
    await person.post(`${place.path}/members`);
    await moim.settle();
    return person;
  }
  return { leaderWith, join };
}
