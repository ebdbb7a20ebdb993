/** The door for checks from outside (`MOIM_DOOR=open npm start`, docs/checks.md): clock, jobs, faults, power, streams, place. */
import type { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../gateways/server.ts';
import type { Schedules } from '../runtime/schedules.ts';
import type { ShiftedClock } from '../runtime/shifted-clock.ts';
import type { Streams } from '../runtime/streams.ts';
import { clockBody, DoorRefusal, jobBody, placeBody, readBody, readFault, readPower, streamsBody } from './bodies.ts';
import type { DoorFaults } from './faults.ts';
import type { Place } from './place.ts';

export interface DoorParts {
  readonly clock: ShiftedClock;
  readonly faults: DoorFaults;
  readonly place: Place;
  readonly schedules: Pick<Schedules, 'names' | 'runOnce'>;
  readonly streams: Pick<Streams, 'redeliver'>;
  /** Resolves when no function runs; deliveries may wait for their next try. */
  quiet(): Promise<void>;
  /** Resolves when streams, jobs and deliveries are idle. */
  settle(): Promise<void>;
}

type Answer = readonly [status: number, body?: unknown];
type Work = (sent: Buffer) => Answer | Promise<Answer>;
type Routes = Readonly<Record<string, Readonly<Record<string, Work>>>>;

/** Milliseconds that an answer waits for what goes on; it says then that this has not ended. */
const patience = 60_000;
/** Milliseconds that the clock waits before its next step for functions that others keep busy. */
const stepPatience = 10_000;
/** One move runs every job that falls due on the way: some 3,300 for each day. */
const longestMove = 366 * 86_400_000;

/** Whether it ended in time. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

function clockRoutes({ clock, quiet, settle }: DoorParts): Routes[string] {
  let moves: Promise<unknown> = Promise.resolve();
  const reading = () => ({ now: new Date(clock.now()).toISOString(), aheadMs: clock.ahead() });

  async function move({ at, by, jump }: Omit<z.infer<typeof clockBody>, 'settle'>): Promise<void> {
    const now = clock.now();
    const time = at ?? now + (by ?? 0);
    if (time < now) throw new DoorRefusal(409, `the clock is at ${new Date(now).toISOString()} and never goes back`);
    if (time > now + longestMove) throw new DoorRefusal(400, 'one move goes at most 366 days ahead');
    await clock.moveTo(time, () => within(stepPatience, quiet()), jump);
  }
  return {
    GET: () => [200, reading()],
    async PUT(sent) {
      const { settle: waits, ...to } = readBody(clockBody, sent);
      const mine = moves.then(() => move(to));
      moves = mine.catch(() => {});
      await mine;
      return [200, waits ? { ...reading(), settled: await within(patience, settle()) } : reading()];
    },
  };
}

function routesOf(parts: DoorParts): Routes {
  const { clock, faults, place, schedules, streams, settle } = parts;
  return {
    '/clock': clockRoutes(parts),
    '/jobs': {
      async POST(sent) {
        const { feature, job, at = clock.now() } = readBody(jobBody, sent);
        const known = schedules.names.map((name) => name.split('-').slice(-2).join('-'));
        if (!known.includes(`${feature}-${job}`))
          throw new DoorRefusal(400, `there is no job ${feature}-${job}; there are ${known.join(', ')}`);
        const outcome = await schedules.runOnce(`${feature}-${job}`, at);
        return [200, { feature, job, at: new Date(at).toISOString(), ...outcome }];
      },
    },
    '/faults': {
      GET: () => [200, { faults: faults.list() }],
      POST: (sent) => [201, faults.add(readFault(sent))],
      DELETE() {
        faults.clear();
        return [204];
      },
    },
    '/power': { POST: (sent) => [201, faults.add(readPower(sent))] },
    '/streams': {
      async POST(sent) {
        const { redeliver, shuffle } = readBody(streamsBody, sent);
        const work = streams.redeliver(redeliver, shuffle);
        if (!(await within(patience, work))) return [200, { settled: false }];
        return [200, { delivered: await work, settled: await within(patience, settle()) }];
      },
    },
    '/place': {
      GET: () => [200, { ip: place.ip ?? null }],
      PUT(sent) {
        place.ip = readBody(placeBody, sent).ip;
        return [200, { ip: place.ip }];
      },
      DELETE() {
        place.ip = undefined;
        return [204];
      },
    },
    '/settled': { GET: async () => [200, { settled: await within(patience, settle()) }] },
  };
}

const isLoopback = (host: string | undefined) => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');

/** A page elsewhere must not reach the door through a browser: by a name that leads here, or by a request across sites. */
function isFromHere({ host, origin }: HttpRequest['headers']): boolean {
  return isLoopback(host) && (origin === undefined || isLoopback(/^https?:\/\/(.*)$/.exec(origin)?.[1]));
}

const answerOf = ([status, body]: Answer, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: body === undefined ? '' : `${JSON.stringify(body)}\n`,
});

/** Answers a request at one of the door's paths; undefined for any other path. */
export function createDoor(parts: DoorParts) {
  const routes = routesOf(parts);
  return async ({ method, url, headers, body }: HttpRequest): Promise<HttpResponse | undefined> => {
    const path = url.split('?')[0]!;
    const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!methods) return undefined;
    if (!isFromHere(headers)) return answerOf([403, { error: 'the door opens on this machine alone' }]);
    const work = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!work) {
      const allow = Object.keys(methods).join(', ');
      return answerOf([405, { error: `${path} takes ${allow}` }], { allow });
    }
    try {
      return answerOf(await work(body));
    } catch (error) {
      const status = error instanceof DoorRefusal ? error.status : 503;
      return answerOf([status, { error: error instanceof Error ? error.message : String(error) }]);
    }
  };
}
