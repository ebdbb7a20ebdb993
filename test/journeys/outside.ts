/** moim as a process of its own, used from outside: by HTTP, and by the door of `docs/checks.md` for its clock. */
import { randomUUID } from 'node:crypto';
import { addDays, instantOf, localDay, weekday } from '../../shared/core/time.ts';
import { folder, freePort, killAll, type Started, start } from '../local/process.ts';
import { uploaded } from '../support/upload.ts';
import { until } from './until.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects, and fails where they are not
type Json = any;
export interface Came {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}
export interface Visitor {
  readonly id: string;
  readonly nickname: string;
  get(path: string): Promise<Came>;
  post(path: string, body?: unknown): Promise<Came>;
  put(path: string, body?: unknown): Promise<Came>;
  patch(path: string, body: unknown): Promise<Came>;
  delete(path: string): Promise<Came>;
}

const password = 'Correct-Horse-7';
export const seoul = 'Asia/Seoul';
/** The status of what succeeds, the problem of what does not. */
export const said = ({ status, body }: Came): unknown => (status < 300 ? status : body.code);

async function send(url: string, method: string, body: unknown, more: Record<string, string>): Promise<Came> {
  const response = await fetch(url, {
    method,
    headers: {
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

/** Starts moim before a file's tests, with its door open, and ends it after them. */
export function useOutside() {
  const data = folder();
  let port: number | undefined;
  let moim: Started;
  let people = 0;
  const begin = async () => {
    for (let tries = 1; ; tries++) {
      port ??= await freePort();
      moim = start(data, port, { MOIM_DOOR: 'open' });
      await moim.ready;
      if (moim.output().includes('Ctrl-C ends moim')) return;
      if (tries === 10 || !moim.output().includes('is taken')) throw new Error(`no start: ${moim.output()}`);
      port = undefined;
    }
  };
  beforeAll(begin);
  afterAll(killAll);

  async function ask(request: string, body?: unknown): Promise<Json> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const response = await fetch(`http://127.0.0.1:${port! + 2}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${request} ${JSON.stringify(body)}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
  const now = async () => Date.parse((await ask('GET /clock')).now);
  /** The minute's run, for the instant that it is. */
  const tick = async () => {
    await ask('POST /jobs', { feature: 'minute', job: 'tick', at: new Date(await now()).toISOString() });
    await ask('GET /settled');
  };

  async function signUp(name: string): Promise<Visitor> {
    const nickname = `${name}${Date.now().toString(36).slice(-4)}${++people}`;
    const email = `${nickname}@example.com`;
    // Each from a place of its own, as people are.
    const from = { 'x-moim-door-place': `203.0.${Math.floor(people / 200)}.${people % 200}` };
    const guest = (path: string, body: unknown) => send(moim.url + path, 'POST', body, from);
    await guest('/v1/email-verifications', { email, purpose: 'REGISTER' });
    const mailed: Json = await until(
      async (): Promise<Json> => (await ask('GET /mail.json')).mails.find(({ to }: Json) => to.includes(email)),
      Boolean,
    );
    const code = /\d{6}/.exec(mailed.subject)?.[0];
    const { body } = await guest('/v1/email-verifications/confirm', { email, purpose: 'REGISTER', code });
    const made = await guest('/v1/accounts', {
      ticket: body.ticket,
      password,
      nickname,
      locale: 'en',
      timeZone: seoul,
    });
    let token = '';
    const request = async (method: string, path: string, content?: unknown): Promise<Came> => {
      const once = () => send(moim.url + path, method, content, { ...from, authorization: `Bearer ${token}` });
      let came = await once();
      // A token is good for an hour. Where its key has just been replaced, who judges looks for the new one after ten seconds.
      for (let tries = 0; came.status === 401 && tries < 2; tries++) {
        if (tries > 0) await ask('PUT /clock', { by: 'PT11S' });
        const session = await guest('/v1/sessions', { email, password });
        if (session.status !== 201) throw new Error(`${nickname} cannot sign in: ${JSON.stringify(session.body)}`);
        token = session.body.accessToken;
        came = await once();
      }
      return came;
    };
    return {
      ...{ id: made.body.id, nickname },
      get: (path) => request('GET', path),
      post: (path, content = {}) => request('POST', path, content),
      put: (path, content) => request('PUT', path, content),
      patch: (path, content) => request('PATCH', path, content),
      delete: (path) => request('DELETE', path),
    };
  }

  return {
    ask,
    now,
    tick,
    signUp,
    /** As many people, four at a time: passwords are work. */
    async crowd(size: number): Promise<Visitor[]> {
      const all: Visitor[] = [];
      while (all.length < size)
        all.push(...(await Promise.all(Array.from({ length: Math.min(4, size - all.length) }, () => signUp('p')))));
      return all;
    },
    /** Ends the process as a power cut does, and starts it again with what it has kept. */
    /** Waits for the end of a process that ends by itself. */
    ends: () => moim.ended,
    async restart(): Promise<void> {
      moim.child.kill('SIGKILL');
      await moim.ended;
      await begin();
    },
    settled: () => ask('GET /settled'),
    output: () => moim.output(),
    /** The day that it is in a zone, or some days later. */
    day: async (later = 0, zone = seoul) => addDays(localDay(await now(), zone), later),
    /** Moves the clock to a time of a day in a zone, and lets the minute's run do what is due by then. */
    async at(day: string, time: string, zone = seoul): Promise<void> {
      const [minute = time] = /^\d\d:\d\d/.exec(time) ?? [];
      const seconds = Number(time.slice(6) || 0);
      const instant = instantOf(day, minute, zone) + seconds * 1000;
      await ask('PUT /clock', { at: new Date(instant).toISOString(), jump: true, settle: true });
      await tick();
    },
    /** The clock a little later: nobody certifies twice in five seconds. */
    wait: () => ask('PUT /clock', { by: 'PT6S' }),
  };
}
export type Outside = ReturnType<typeof useOutside>;

/** A room from today on, into which one comes at once, that approves by itself and asks for nothing yet; and its members. */
export async function founded(moim: Outside, leader: Visitor, members: readonly Visitor[], more: object = {}) {
  const zone = (more as { timeZone?: string }).timeZone ?? seoul;
  const { status, body } = await leader.post('/v1/groups', {
    ...{ kind: 'OPEN_ROOM', title: 'Together', category: 'IT', approval: 'AUTO', timeZone: zone },
    ...{ startDate: await moim.day(0, zone), endDate: await moim.day(60, zone) },
    ...more,
  });
  if (status !== 201) throw new Error(`no group: ${JSON.stringify(body)}`);
  const path = `/v1/groups/${body.id}`;
  for (const member of members) {
    const joined = await member.post(`${path}/members`);
    if (joined.status !== 201) throw new Error(`not joined: ${JSON.stringify(joined.body)}`);
  }
  const mission = async (wish: object): Promise<string> => {
    const made = await leader.post(`${path}/missions`, { title: 'Read', way: 'TEXT', kind: 'ONCE', ...wish });
    if (made.status !== 201) throw new Error(`no mission: ${JSON.stringify(made.body)}`);
    return `${path}/missions/${made.body.id}`;
  };
  const certify = async (who: Visitor, one: string, body: object = { text: 'Done' }): Promise<Came> => {
    await moim.wait();
    return who.post(`${one}/certifications`, body);
  };
  return { id: body.id as string, path, mission, certify };
}

/** A JPEG with a block that a camera would write. */
export function withExif(jpeg: Buffer, text: string): Buffer {
  const content = Buffer.from(`Exif\0\0${text}`);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from('ffe1', 'hex'), length, content, jpeg.subarray(2)]);
}

/** Sends a photo straight to the bucket; gives back the id of the upload. */
export async function upload(who: Visitor, groupId: string, file: Buffer): Promise<string> {
  const { body } = await who.post(`/v1/groups/${groupId}/uploads`, { type: 'image/jpeg', bytes: file.length });
  return uploaded(body, file, 'image/jpeg');
}

/** The next day that is the n-th Sunday of a month. */
export function nextSunday(today: string, month: string, nth: number): string {
  for (let day = addDays(today, 2); ; day = addDays(day, 1))
    if (day.slice(5, 7) === month && weekday(day) === 7 && Math.ceil(Number(day.slice(8)) / 7) === nth) return day;
}
