/** `npm start` as a process of its own, for the tests that start, kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = new Set<ChildProcess>();
export const killAll = () => {
  for (const child of running) child.kill('SIGKILL');
};

export interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves when moim says that it is ready, or has ended. */
  readonly ready: Promise<void>;
  readonly ended: Promise<number | null>;
  readonly url: string;
}

export function start(dataFolder: string, port: number | string, more: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, ['local/main.ts'], {
    // What the bundles do is nobody's coverage, and V8's counting would slow their start.
    env: { ...process.env, NODE_V8_COVERAGE: '', PORT: String(port), MOIM_DATA: dataFolder, ...more },
  });
  running.add(child);
  let output = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve) => {
    const take = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Ctrl-C ends moim')) resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    void ended.then(() => resolve());
  });
  return { child, output: () => output, ready, ended, url: `http://127.0.0.1:${port}` };
}

export const folder = () => mkdtempSync(join(tmpdir(), 'moim-start-'));
let nextPort = 21_000 + (process.pid % 2000) * 10;
export const freePort = () => {
  nextPort += 4;
  return nextPort;
};
/** With the address as its key: whoever asks once more gets the first answer again, as long as moim remembers it. */
export const askForCode = (url: string, email: string) =>
  fetch(`${url}/v1/email-verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': email },
    body: JSON.stringify({ email, purpose: 'REGISTER' }),
  }).then(({ status, headers }) => (headers.get('idempotency-replayed') ? `${status} again` : `${status}`));
