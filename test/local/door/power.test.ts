/** The door of `npm start`: power that goes at a chosen request, and a clock that a restart does not take back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askForCode, folder, freePort, killAll, start } from '../process.ts';
import { ask } from './support.ts';

afterAll(killAll);

const open = { MOIM_DOOR: 'open' };
const codeOrGone = (url: string, email: string) => askForCode(url, email).catch(() => 'gone');

// Three starts, one after the other: a slow machine takes ten times as long.
test('power goes before or after a request; nothing acknowledged is lost, and the clock goes on', async () => {
  const data = folder();
  const port = await freePort();
  const door = (request: string, body?: unknown) => ask(`http://127.0.0.1:${port + 2}`, request, body);
  const emails = Array.from({ length: 5 }, (_, i) => `acknowledged-${i}@example.com`);
  const write = { operation: 'TransactWriteItems', entity: 'EmailCode' };

  const first = start(data, port, open);
  await first.ready;
  const acknowledged = await Promise.all(emails.map((email) => askForCode(first.url, email)));
  const moved = await door('PUT /clock', { by: 'PT3H' });
  await door('POST /power', { ...write, when: 'before', nth: 2 });
  const spared = await codeOrGone(first.url, 'spared-by-the-second@example.com');
  const lost = await codeOrGone(first.url, 'before-the-write@example.com');
  await first.ended;

  const second = start(data, port, open);
  await second.ready;
  const restarted = await door('GET /clock');
  const remembered = await askForCode(second.url, 'spared-by-the-second@example.com');
  const anew = await askForCode(second.url, 'before-the-write@example.com');
  await door('POST /power', { ...write, when: 'after' });
  const unanswered = await codeOrGone(second.url, 'after-the-write@example.com');
  await second.ended;

  // The data is three hours ahead, so its time stays when the door is shut.
  const third = start(data, port);
  await third.ready;
  const kept = await askForCode(third.url, 'after-the-write@example.com');
  const again = await Promise.all(emails.map((email) => askForCode(third.url, email)));
  const shut = await door('GET /clock');
  third.child.kill('SIGINT');

  expect(acknowledged).toEqual(emails.map(() => '202'));
  expect([spared, lost, first.child.signalCode]).toEqual(['202', 'gone', 'SIGKILL']);
  expect(restarted.body.now > moved.body.now).toBe(true);
  expect([remembered, anew]).toEqual(['202 again', '202']);
  expect([unanswered, second.child.signalCode]).toEqual(['gone', 'SIGKILL']);
  expect([kept, again]).toEqual(['202 again', emails.map(() => '202 again')]);
  expect(shut.status).toBe(404);
  expect(first.output()).toContain('The door for checks is open');
  expect(third.output()).not.toContain('The door');
  expect(third.output()).toContain('Its clock was moved');
  expect(await third.ended).toBe(0);
}, 600_000);

test('what is not understood keeps it from starting', async () => {
  const broken = folder();
  writeFileSync(join(broken, 'clock.json'), '{"aheadMs":-1}');

  const ajar = start(folder(), await freePort(), { MOIM_DOOR: 'ajar' });
  const clock = start(broken, await freePort());
  const replaced = start(folder(), await freePort(), { ...open, DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' });

  expect(await Promise.all([ajar.ended, clock.ended, replaced.ended])).toEqual([1, 1, 1]);
  expect(ajar.output()).toContain('MOIM_DOOR is "ajar"');
  expect(clock.output()).toContain('clock.json is broken');
  expect(replaced.output()).toContain("moim's own engines");
});
