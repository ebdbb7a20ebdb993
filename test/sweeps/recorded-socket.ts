/** What goes over the socket, played against the product for the samples of its document. */
import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../docgen/json.ts';
import { sampleOf } from '../../docgen/sample.ts';
import type { ActionSample } from '../../docgen/samples.ts';
import { features } from '../../functions/features.ts';
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { smallGroup } from './givens.ts';
import { inputSchema } from './samples.ts';
import { livingData } from './samples-of-talking.ts';
import { stableFor } from './stable.ts';
import type { World } from './world.ts';

/** As the documents show it, and as the product gave it. */
export interface Played<T> {
  readonly shown: T;
  readonly got: T;
}
type Frame = { readonly event: string; readonly data: unknown };

/** A message that names no action, with its reply. */
export async function recordedRefusedMessage({ leader }: World): Promise<Played<ActionSample>> {
  const socket = await leader.socket();
  const message = { id: 1, action: 'paint' };
  const reply = (await socket.ask(message)) as unknown as JsonObject;
  socket.close();
  return { shown: { message, reply: stableFor(reply, 0)(reply) }, got: { message, reply } };
}

/** Every action with its reply: as shown, and as it was. */
export async function recordedActions(world: World): Promise<Record<string, Played<ActionSample>>> {
  const socket = await world.leader.socket();
  const actions: Record<string, Played<ActionSample>> = {};
  for (const { name, data: schema } of features.flatMap(({ actions: own }) => Object.values(own))) {
    const input = inputSchema(schema);
    const data = (await livingData(name, world)) ?? (sampleOf(input, input) as object);
    await world.moim.settle();
    const message = { id: 1, action: name, ...(Object.keys(data).length > 0 ? { data: data as JsonObject } : {}) };
    const reply = (await socket.ask(message)) as unknown as JsonObject;
    if (reply.ok !== true) throw new Error(`${name} was refused: ${JSON.stringify(reply)}`);
    const stable = stableFor([message, reply], world.moim.clock.now());
    actions[name] = { shown: { message: stable(message), reply: stable(reply) }, got: { message, reply } };
  }
  socket.close();
  return actions;
}

/** One frame of each event, of those that were heard: the one that says the most. */
export function recordedEvents(heard: readonly Frame[], { moim }: World): Record<string, Played<JsonObject>> {
  const names = [...new Set(heard.map(({ event }) => event))].sort();
  const form = (frame: JsonObject) =>
    JSON.stringify(frame, (_, value) => (typeof value === 'string' && value.length > 30 ? 'id' : value));
  return Object.fromEntries(
    names.map((name) => {
      const frames = heard.filter(({ event }) => event === name) as unknown as JsonObject[];
      const most = frames.toSorted((a, b) => form(b).length - form(a).length || (form(a) < form(b) ? -1 : 1))[0]!;
      return [name, { shown: stableFor(most, moim.clock.now())(most), got: most }];
    }),
  );
}

/** The events that no request of the samples causes for the two who listen: of members, applications, attendance and rooms. */
export async function heardBesides(world: World): Promise<readonly Frame[]> {
  const { moim } = world;
  const [small, closed] = [await smallGroup(world), await smallGroup(world, { joinPolicy: 'APPLY' })];
  const sockets = await Promise.all([small.member, closed.leader].map((person) => person.socket()));
  const member = `/v1/groups/${small.ids.groupId}/members/${small.member.id}`;
  await small.leader.post(`${member}/warnings`, { reason: 'Please keep to the topic' });
  await small.leader.post(`${member}/kick`, { reason: 'Posted advertisements' });
  const led = `/v1/groups/${closed.ids.groupId}`;
  await (await someone(moim)).post(`${led}/applications`);
  const meetings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00' }));
  await closed.leader.put(`${led}/attendance-plan`, { meetings });
  await closed.leader.post(`${led}/attendances`);
  await moim.settle();
  const frames = [...(await inRoom(world))];
  await Promise.all(sockets.map((socket) => socket.ask({ id: 1, action: 'ping' })));
  for (const socket of sockets) {
    frames.push(...socket.events);
    socket.close();
  }
  return frames;
}

/** What the leader hears in rooms. */
async function inRoom({ moim }: World): Promise<readonly Frame[]> {
  const people = await Promise.all(Array.from({ length: 5 }, () => someone(moim)));
  const [leader, member, ...others] = people;
  const { groupId, path } = await found(leader!, {}, member!, ...others);
  const study = { kind: 'STUDY', title: 'Algorithms', category: 'IT', startDate: '2027-03-02', endDate: '2027-06-30' };
  const { body: another } = await leader!.post('/v1/groups', study);
  const { body: room } = await leader!.post(`/v1/groups/${another.id}/rooms`, { category: 'QNA' });
  const where = { groupId, roomId: groupId };
  const [hearing, typing] = [await leader!.socket(), await member!.socket()];
  const ask = async (socket: typeof hearing, action: string, data: object = {}) => {
    const { ok, problem } = await socket.ask({ id: 1, action, data: { ...where, ...data } });
    if (!ok) throw new Error(`${action}: ${JSON.stringify(problem)}`);
    await moim.settle();
  };
  await ask(hearing, 'chat.join');
  await ask(hearing, 'chat.join', { groupId: another.id, roomId: room.id });
  await ask(typing, 'chat.join');
  await ask(typing, 'chat.typing');
  await ask(typing, 'chat.send', { clientId: randomUUID(), after: 0, text: 'Who has read chapter 3?' });
  await ask(typing, 'chat.read', { seq: 1 });
  const { body } = await leader!.get(`${path}/rooms/${groupId}/entries`);
  const subject = `message:${body.entries[0].id}`;
  for (const person of others) await person.post(`${path}/reports`, { subject, reason: 'SPAM' });
  await moim.settle();
  await leader!.post(`${path}/reports/decisions`, { subject, decision: 'KEEP' });
  await leader!.post(`/v1/groups/${another.id}/rooms/${room.id}/close`);
  await moim.settle();
  await hearing.ask({ id: 1, action: 'ping' });
  const frames = [...hearing.events];
  for (const socket of [hearing, typing]) socket.close();
  return frames;
}
