/** Who gets through the door, and what it refuses. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { type Cloud, startCloud } from '../../../local/cloud.ts';
import { movableClock } from '../../../local/runtime/clock.ts';
import { shiftedClock } from '../../../local/runtime/shifted-clock.ts';
import { chat, socket } from '../cloud/socket-support.ts';
import { httpApi, lambda, type Resources, route, socketApi, synthesized } from '../cloud/support.ts';
import { ask } from './support.ts';

const clouds: Cloud[] = [];
afterAll(() => Promise.all(clouds.map((cloud) => cloud.close())));

const events: { requestContext: { http?: { sourceIp: string }; identity?: { sourceIp: string } } }[] = [];
const resources: Resources = {
  ...httpApi(),
  ...socketApi(),
  ...socket(),
  ...lambda('Api'),
  ...route('Http', 'GET /place', 'Api'),
};

async function cloudWith(open: boolean): Promise<Cloud> {
  const clock = open ? shiftedClock() : movableClock(0);
  const talk = chat();
  const note = (event: unknown) => void events.push(event as (typeof events)[number]);
  const handlers: Record<string, (event: never) => unknown> = {
    Api(event) {
      note(event);
      return { statusCode: 200 };
    },
    Chat(event) {
      note(event);
      return talk.handler(event, {} as never);
    },
  };
  const cloud = await startCloud({
    ...{ template: synthesized(resources), clock, listen: 'random', inProcess: true },
    ...(open ? { door: clock as ReturnType<typeof shiftedClock> } : {}),
    load: async (id) => {
      const on = () => async (event: unknown) => handlers[id]!(event as never);
      return Object.assign(on(), { on });
    },
  });
  clouds.push(cloud);
  return cloud;
}
const opened = cloudWith(true);
const shut = cloudWith(false);

const everyRequest = [
  ...['GET /clock', 'PUT /clock', 'POST /jobs', 'GET /faults', 'POST /faults', 'DELETE /faults', 'POST /power'],
  ...['POST /streams', 'GET /place', 'PUT /place', 'DELETE /place', 'GET /settled'],
];

test.each(everyRequest)('without being asked for there is no %s', async (asked) => {
  const { consoleUrl } = await shut;
  const body = asked.startsWith('P') ? {} : undefined;

  const answer = await ask(consoleUrl, asked, body);

  expect(answer.status).toBe(404);
  expect(answer).toEqual(await ask(consoleUrl, 'GET /no-such-page'));
});

const withHeaders = (url: string, headers: Record<string, string>) =>
  new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });

test('names that lead here from elsewhere are refused, and pages of other sites', async () => {
  const { consoleUrl } = await opened;
  const { port } = new URL(consoleUrl);
  const status = (headers: Record<string, string>) => withHeaders(`${consoleUrl}/clock`, headers);
  const names = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, 'localhost'];
  const others = [`evil.example:${port}`, '127.0.0.1.evil.example', 'localhost@evil.example', '10.0.0.1'];
  const sites = ['http://evil.example', 'null', 'http://127.0.0.1.evil.example', 'file://'];

  expect(await Promise.all(names.map((host) => status({ host })))).toEqual(names.map(() => 200));
  expect(await Promise.all(others.map((host) => status({ host })))).toEqual(others.map(() => 403));
  expect(await Promise.all(sites.map((origin) => status({ origin })))).toEqual(sites.map(() => 403));
  expect(await status({ origin: consoleUrl })).toBe(200);
});

test('it listens on 127.0.0.1 and on no other address of this machine', async () => {
  const port = Number(new URL((await opened).consoleUrl).port);
  const reach = (host: string) =>
    new Promise<string>((resolve) => {
      const attempt = connect({ host, port });
      attempt.once('connect', () => {
        attempt.destroy();
        resolve('connected');
      });
      attempt.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    });

  expect([await reach('127.0.0.1'), await reach('127.0.0.2')]).toEqual(['connected', 'ECONNREFUSED']);
});

const bad: readonly [request: string, body: unknown, says: RegExp][] = [
  ['PUT /clock', 'no JSON', /not JSON/],
  ['PUT /clock', '', /not JSON/],
  ['PUT /clock', [], /object/],
  ['PUT /clock', {}, /either "at" or "by"/],
  ['PUT /clock', { at: '2026-12-01' }, /at: give an instant/],
  ['PUT /clock', { at: '2026-02-30T00:00:00Z' }, /at: give an instant/],
  ['PUT /clock', { by: 'PT' }, /by: give a duration/],
  ['PUT /clock', { by: '-PT1H' }, /by: give a duration/],
  ['PUT /clock', { by: 3600 }, /by: /],
  ['PUT /clock', { by: 'P400D' }, /366 days/],
  ['PUT /clock', { by: 'PT1H', to: 1 }, /to/],
  ['POST /jobs', { feature: 'groups' }, /job: /],
  ['POST /jobs', { feature: '__proto__', job: 'toString' }, /there is no job/],
  ['POST /faults', { kind: 'flood' }, /kind of table: "flood" is none of throttle/],
  ['POST /faults', { kind: 'stale', engine: 'bucket' }, /kind of bucket/],
  ['POST /faults', { kind: 'throttle', engine: 'queue' }, /engine/],
  ['POST /faults', { kind: 'throttle', operation: 'GetObject' }, /operation of table/],
  ['POST /faults', { kind: 'throttle', entity: 'toString' }, /entity/],
  ['POST /faults', { kind: 'throttle', engine: 'mail', entity: 'Group' }, /only the table/],
  ['POST /faults', { kind: 'throttle', nth: 0 }, /nth/],
  ['POST /faults', { kind: 'throttle', times: 1.5 }, /times/],
  ['POST /power', { when: 'now' }, /when/],
  ['POST /streams', { redeliver: 0 }, /redeliver/],
  ['POST /streams', { redeliver: 5, shuffle: 'yes' }, /shuffle/],
  ['PUT /place', { ip: 'here' }, /IPv4 or IPv6/],
  ['PUT /place', { ip: 'fe80::1%eth0' }, /IPv4 or IPv6/],
];
test.each(bad)('%s refuses %j', async (asked, body, says) => {
  const { consoleUrl } = await opened;

  const answer = await ask(consoleUrl, asked, body);

  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatch(says);
});

test('a method that a path does not take is told which ones it takes', async () => {
  const answer = await fetch(`${(await opened).consoleUrl}/clock`, { method: 'DELETE' });

  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PUT']);
});

test('requests and sockets come from the place that is set, or that they name', async () => {
  const { apiUrl, socketUrl, consoleUrl } = await opened;
  const from = async (headers: Record<string, string> = {}) => {
    const { status } = await fetch(`${apiUrl}/place`, { headers });
    return status === 200 ? events.at(-1)!.requestContext.http!.sourceIp : status;
  };
  const header = (ip: string) => ({ 'x-moim-door-place': ip });
  const connected = (headers: Record<string, string> = {}) =>
    new Promise((resolve) => {
      const client = new WebSocket(`${socketUrl}/live`, { headers });
      client.once('open', () => {
        resolve(events.at(-1)!.requestContext.identity!.sourceIp);
        client.close();
      });
      client.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      client.once('error', () => {});
    });

  const own = await from();
  const set = await ask(consoleUrl, 'PUT /place', { ip: '203.0.113.7' });
  const seen = [await from(), await from(header('2001:db8::1')), await from(header('nowhere'))];
  const sockets = [await connected(), await connected(header('198.51.100.1')), await connected(header('nowhere'))];
  const named = JSON.stringify(events).includes('x-moim-door-place');
  const read = await ask(consoleUrl, 'GET /place');
  const gone = await ask(consoleUrl, 'DELETE /place');

  expect(own).toBe('127.0.0.1');
  expect([set.status, read.body, gone.status]).toEqual([200, { ip: '203.0.113.7' }, 204]);
  expect(seen).toEqual(['203.0.113.7', '2001:db8::1', 400]);
  expect(sockets).toEqual(['203.0.113.7', '198.51.100.1', 400]);
  expect(named).toBe(false);
  expect(await from()).toBe('127.0.0.1');
});

test('a header says nothing about the place while the door is shut', async () => {
  const { apiUrl } = await shut;

  await fetch(`${apiUrl}/place`, { headers: { 'x-moim-door-place': '203.0.113.7' } });

  expect(events.at(-1)!.requestContext.http!.sourceIp).toBe('127.0.0.1');
});
