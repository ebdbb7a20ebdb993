import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { socketsOf } from '../shared/adapters/sockets.ts';
import type { Platform, RequestHandler } from '../shared/core/platform.ts';
import { limits } from '../shared/product/limits.ts';
import { cpuTimes, times, us } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';
import { environment } from './stub-client.ts';

/** Posts at the same time, as a room's sender makes them. */
const atOnce = limits.chat.postsAtOnce;
const ids = Array.from({ length: atOnce }, (_, n) => `${String(n).padStart(15, 'L')}=`);
const event = {
  event: 'chat.message',
  data: {
    groupId: '019a7f3e-0000-7000-8000-000000000001',
    entry: { seq: 1, text: '오늘 3장까지 읽었어요. '.repeat(8) },
  },
};

/** The SDK's HTTP handler without a network. */
const answering: RequestHandler = {
  handle: async () => ({ response: { statusCode: 200, headers: {}, body: Buffer.alloc(0) } }),
};

/** Answers every post, in a process of its own: what it does is nobody's cost here. */
async function receiver(): Promise<{ readonly url: string; close(): void }> {
  const answer = "(q, s) => { q.resume(); q.on('end', () => s.end()); }";
  const code = `const s = require('node:http').createServer(${answer}).listen(0, '127.0.0.1', () => console.log(s.address().port))`;
  const child = spawn(process.execPath, ['-e', code]);
  const [port] = await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${Number(port)}/live`, close: () => child.kill() };
}

async function row(name: string, platform: Platform): Promise<{ cells: string[]; ratio: number }> {
  const sockets = socketsOf(platform);
  const cpu = await cpuTimes({
    batch: () => {
      const post = sockets.batch();
      const signal = AbortSignal.timeout(10_000);
      return Promise.all(ids.map((id) => post(id, event, signal)));
    },
    sdk: () => Promise.all(ids.map((id) => sockets.post(id, event))),
  });
  const [ours, sdk] = [cpu.batch / atOnce, cpu.sdk / atOnce];
  const rate = (each: number) => Math.round(1e6 / each).toLocaleString('en');
  return { cells: [name, us(ours), us(sdk), rate(ours), rate(sdk), times(sdk / ours)], ratio: sdk / ours };
}

async function beside(step: (text: string) => void): Promise<Table> {
  const here = {
    environment: { ...environment, SOCKET_ENDPOINT: 'https://a.execute-api.us-east-1.amazonaws.com/live' },
  };
  const shared = { now: Date.now, write: () => {} };
  step('posts to a stub');
  const stub = await row('no network', { ...here, ...shared, requestHandler: answering });
  step('posts over connections');
  const there = await receiver();
  const wire = await row('over HTTP on this machine', {
    ...{ environment: { ...environment, SOCKET_ENDPOINT: there.url } },
    ...shared,
  });
  there.close();
  return {
    title: 'An event to every socket of a room',
    compares: `Microseconds of CPU for one post to a socket, and posts that one processor makes in a second, ${atOnce} at a time: by a room's sender (\`shared/adapters/posting.ts\`), which writes and hashes the event once, and by the SDK one by one. Batches run in turns.`,
    columns: ['', 'sender, us', 'SDK, us', 'sender, posts a second', 'SDK, posts a second', 'SDK beside sender'],
    rows: [stub.cells, wire.cells],
    target: 'the SDK takes at least twice as much over connections: else it would do',
    verdict: verdict(wire.ratio >= 2, times(wire.ratio)),
    notes: [
      'A message in a room with 500 sockets is 500 posts. The function has a whole processor for it.',
      'On AWS posts go over TLS: its cost a post is the same for both and is not in here.',
    ],
  };
}

export const posts: Part = {
  name: 'posts',
  title: 'Posts: an event to every socket of a room',
  async run(step) {
    return [await beside(step)];
  },
};
