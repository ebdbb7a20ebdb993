/** Rooms with people in them, and what they do there over either way. */
import { randomUUID } from 'node:crypto';
import type { Actor, Reply } from '../../support/actor.ts';
import type { Listener } from '../../support/listener.ts';
import { challenge, type Moim, type Person } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { uploaded } from '../../support/upload.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

export interface Place {
  readonly groupId: string;
  readonly roomId: string;
  /** The path of the group. */
  readonly path: string;
  /** The path of the room. */
  readonly room: string;
}

export const placeIn = (groupId: string, roomId = groupId): Place => {
  const path = `/v1/groups/${groupId}`;
  return { groupId, roomId, path, room: `${path}/rooms/${roomId}` };
};

export const study = { kind: 'STUDY', joinPolicy: 'INSTANT', frequency: undefined, certificationRule: undefined };

/** A group with its main room: its leader first. */
export async function chatting(moim: Moim, size: number, more: object = {}) {
  const people = await crowd(moim, size);
  const [leader, ...members] = people as [Person, ...Person[]];
  const { status, body } = await leader.post('/v1/groups', challenge(more));
  if (status !== 201) throw new Error(`not founded: ${JSON.stringify(body)}`);
  const groupId: string = body.id;
  for (const member of members) await member.post(`/v1/groups/${groupId}/members`);
  await moim.settle();
  return { ...placeIn(groupId), leader, members, people };
}

export const newMessage = (text: string, after = 0, more: object = {}) => ({
  ...{ clientId: randomUUID(), after, text },
  ...more,
});

/** A message over HTTP, by somebody who does not hurry: a second has passed since the last. */
export async function say(moim: Moim, who: Actor, { room }: Place, text: string, after = 0): Promise<Json> {
  await moim.clock.advance(1000);
  const { status, body } = await who.post(`${room}/messages`, newMessage(text, after));
  if (status !== 201) throw new Error(`not sent: ${JSON.stringify(body)}`);
  return body;
}

export const ask = (socket: Listener, action: string, data: object): Promise<Json> =>
  socket.ask({ id: action, action, data });

/** A socket of somebody that listens to a room. */
export async function listening(who: Person, { groupId, roomId }: Place, after?: number) {
  const socket = await who.socket();
  const { data, problem } = await ask(socket, 'chat.join', {
    groupId,
    roomId,
    ...(after === undefined ? {} : { after }),
  });
  if (!data) throw new Error(`not joined: ${JSON.stringify(problem)}`);
  return { socket, joined: data };
}

/** The events of some names that a socket has had. What was sent before a ping is read before its reply. */
export async function heard(socket: Listener, ...names: string[]): Promise<Json[]> {
  await socket.ask({ id: 'ping', action: 'ping' });
  return socket.events.filter(({ event }) => names.length === 0 || names.includes(event));
}

export const numbersOf = (reply: Reply<Json>): number[] => reply.body.entries.map(({ seq }: Json) => seq);
export const textsOf = (entries: readonly Json[]): string[] =>
  entries.map(({ seq, state, kind, text }) => `${seq} ${state ?? kind} ${text ?? ''}`.trim());

/** Uploads a file for a room, and gives its ticket. */
export async function uploadTo(
  who: Actor,
  { room }: Pick<Place, 'room'>,
  name: string,
  type: string,
  file: Buffer,
): Promise<string> {
  const { body } = await who.post(`${room}/uploads`, { name, type, bytes: file.length });
  return uploaded(body, file);
}
