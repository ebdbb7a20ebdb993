/** Plays every sample against the product, and gives what was asked and answered as the documents show it. */
import type { Json, JsonObject } from '../../docgen/json.ts';
import type { ActionSample, RouteSample, Samples } from '../../docgen/samples.ts';
import type { Moim } from '../support/moim.ts';
import { sentOf } from './fresh.ts';
import {
  heardBesides,
  type Played,
  recordedActions,
  recordedEvents,
  recordedRefusedMessage,
} from './recorded-socket.ts';
import { placeholders, type Subject, sampleFor, subjects } from './samples.ts';
import { forReaders } from './samples-for-readers.ts';
import { differences, sampleId, stableFor } from './stable.ts';
import { type World, worldOf } from './world.ts';

/** Names of people who sign up. */
const newcomers =
  'yuna haru minjun seoyeon eunji taeyang nari jaehyun bomi dohyun ara siwoo garam jina hyun sua junho dana woojin bora minho yeji'.split(
    ' ',
  );

/** The placeholder that names what a route makes or lists: of `/v1/groups`, `groupId`. */
function madeBy({ route }: Subject): string | undefined {
  const deeper = subjects.map(({ route: { path } }) => path).find((path) => path.startsWith(`${route.path}/{`));
  return deeper && /^\{(\w+)\}/.exec(deeper.slice(route.path.length + 1))?.[1];
}

/** One request of a route with its answer. */
async function recordedRoute(subject: Subject, world: World): Promise<Played<RouteSample>> {
  const { route, name } = subject;
  const sample = await sampleFor(subject, world, forReaders[name]);
  const { status, body: got } = await world.send(sentOf(subject, sample));
  if (status !== route.status) throw new Error(`${name} answered ${status}: ${JSON.stringify(got)}`);
  const whole: RouteSample = {
    path: sample.path,
    ...(sample.body === undefined ? {} : { body: sample.body as Json }),
    status,
    ...(status === 204 ? {} : { answer: got as Json }),
  };
  const stable = stableFor([whole.body ?? null, whole.answer ?? null], world.moim.clock.now());
  const [path, query] = sample.path.split('?') as [string, string?];
  const parts = path.split('/');
  for (const [i, part] of route.path.split('/').entries())
    if (part.startsWith('{')) stable.knows(parts[i]!, part.slice(1, -1));
  const asked = Object.fromEntries(new URLSearchParams(query));
  const shownQuery = decodeURIComponent(String(new URLSearchParams(stable(asked) as Record<string, string>)));
  return {
    got: whole,
    shown: {
      path: route.path.replace(/\{(\w+)\}/g, (_, id: string) => sampleId(id)) + (query ? `?${shownQuery}` : ''),
      ...(whole.body === undefined ? {} : { body: stable(whole.body) }),
      status,
      ...(whole.answer === undefined ? {} : { answer: stable(whole.answer, madeBy(subject)) }),
    },
  };
}

/** A request that is refused for what is in it. */
async function recordedRefusal(world: World): Promise<Played<RouteSample>> {
  const request = { path: '/v1/groups', body: { kind: 'CHALLENGE', title: '' } };
  const { status, body: answer } = await world.leader.post(request.path, request.body);
  return { got: { ...request, status, answer }, shown: { ...request, status, answer: stableFor(answer, 0)(answer) } };
}

type All<T> = Readonly<Record<string, Played<T>>>;
export interface Recording {
  readonly ids: Samples['ids'];
  readonly routes: All<RouteSample>;
  readonly refused: Played<RouteSample>;
  readonly actions: All<ActionSample>;
  readonly refusedMessage: Played<ActionSample>;
  readonly events: All<JsonObject>;
}

/** Everything that the documents show, played now. */
export async function recorded(moim: Moim): Promise<Recording> {
  const world = await worldOf(moim, ['Mina', 'Jihun', 'Sora', 'Onyu']);
  let count = 0;
  const here = { ...world, fresh: () => newcomers[count++] ?? `newcomer${count}` };
  const sockets = await Promise.all([world.leader, world.member].map((person) => person.socket()));
  const routes: Record<string, Played<RouteSample>> = {};
  for (const subject of subjects) routes[subject.name] = await recordedRoute(subject, here);
  const besides = await heardBesides(here);
  // What was sent before the reply has come by then.
  await Promise.all(sockets.map((socket) => socket.ask({ id: 1, action: 'ping' })));
  const heard = [...besides, ...sockets.flatMap(({ events }) => events)];
  for (const socket of sockets) socket.close();
  const names = [...new Set(subjects.flatMap(placeholders))].sort();
  return {
    ids: Object.fromEntries(names.map((name) => [name, sampleId(name)])),
    routes,
    refused: await recordedRefusal(here),
    actions: await recordedActions(here),
    refusedMessage: await recordedRefusedMessage(here),
    events: recordedEvents(heard, here),
  };
}

/** What is shown from now on: a sample that is still as the product answers stays as it is. */
export function kept(before: Samples, { ids, ...now }: Recording): Samples {
  const keep = <T>(shown: T | undefined, played: Played<T>) =>
    shown !== undefined && differences(shown as Json, played.got as Json).length === 0 ? shown : played.shown;
  const each = <T>(shown: Readonly<Record<string, T>>, all: All<T>) =>
    Object.fromEntries(Object.entries(all).map(([name, played]) => [name, keep(shown[name], played)]));
  return {
    ids,
    routes: each(before.routes, now.routes),
    refused: keep(before.refused, now.refused),
    actions: each(before.actions, now.actions),
    refusedMessage: keep(before.refusedMessage, now.refusedMessage),
    events: each(before.events, now.events),
  };
}
