/** Groups for several use cases, made through the API. */
import type { Actor, Reply } from './actor.ts';
import { challenge, type Moim, type Person, upload } from './moim.ts';
import { someone } from './people.ts';

// biome-ignore lint/suspicious/noExplicitAny: items and answers are named by the test that reads them
type Json = any;

export interface Team {
  readonly leader: Person;
  readonly member: Person;
  readonly groupId: string;
  readonly missionId: string;
  /** The path of the group. */
  readonly path: string;
}

let teams = 0;

/** A leader and a member in a challenge with its implied mission. */
export async function team(moim: Moim, more: object = {}): Promise<Team> {
  const nth = ++teams;
  const leader = await someone(moim, `leader${nth}`);
  const member = await someone(moim, `member${nth}`);
  return { leader, member, ...(await found(leader, more, member)) };
}

/** A challenge of a leader, with members who have joined. */
export async function found(leader: Actor, more: object = {}, ...members: Actor[]) {
  const { status, body } = await leader.post('/v1/groups', challenge(more));
  if (status !== 201) throw new Error(`the group was not founded: ${JSON.stringify(body)}`);
  const path = `/v1/groups/${body.id}`;
  for (const member of members) await member.post(`${path}/members`);
  const { body: missions } = await leader.get(`${path}/missions`);
  return { groupId: body.id as string, missionId: missions.items[0].id as string, path };
}

/** Leaves a group. */
export async function leave(member: Actor, { path }: Pick<Team, 'path'>): Promise<void> {
  done(await member.delete(`${path}/members/me`), 'left');
}

/** Removes a member from a group for good. */
export async function kick(leader: Actor, { path }: Pick<Team, 'path'>, member: Person): Promise<void> {
  done(await leader.post(`${path}/members/${member.id}/kick`, { reason: 'Spam' }), 'kicked');
}

function done({ status, body }: Reply, what: string): void {
  if (status >= 300) throw new Error(`nobody was ${what}: ${JSON.stringify(body)}`);
}

/** The smallest bytes that begin like a JPEG. */
const photo = Buffer.from('ffd8ffe000104a464946', 'hex');

/** Submits a certification with one photo. */
export async function certify(
  person: Actor,
  { groupId, missionId, path }: Pick<Team, 'groupId' | 'missionId' | 'path'>,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Reply<Json>> {
  const uploadIds = [await upload(person, groupId, photo)];
  return person.post(
    `${path}/missions/${missionId}/certifications`,
    { uploadIds, text: 'Chapter 3', ...more },
    headers,
  );
}
