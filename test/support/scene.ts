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

/** A JPEG of two by two pixels. */
const smallest = Buffer.from(
  [
    'ffd8ffe000104a46494600010100000100010000ffdb008310001b001b001b001b001c001b001e00210021001e002a002d00',
    '28002d002a003d0038003300330038003d005d00420047004200470042005d008d005800670058005800670058008d007d00',
    '97007b0073007b0097007d00e000b0009c009c00b000e0010300d900ce00d90103013a01190119013a018b0177018b020402',
    '0402b6ffc1000b080002000201011100ffc4002b000100000000000000000000000000000005100002030100000000000000',
    '0000000000010300020411ffda0008010100003f0067329473a095d7a5759fffd9',
  ].join(''),
  'hex',
);
let photos = 0;

/** A small photo that no group has seen before: its density differs from that of all others. */
export function photo(): Buffer {
  const file = Buffer.from(smallest);
  file.writeUInt32BE(0x00010001 + ++photos, 14);
  return file;
}

/** Submits a certification with one photo. Nobody can approve it before moim has settled. */
export async function certify(
  person: Actor,
  { groupId, missionId, path }: Pick<Team, 'groupId' | 'missionId' | 'path'>,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<Reply<Json>> {
  const uploadIds = [await upload(person, groupId, photo())];
  return person.post(
    `${path}/missions/${missionId}/certifications`,
    { uploadIds, text: 'Chapter 3', ...more },
    headers,
  );
}
