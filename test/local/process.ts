/** `npm start` as a process of its own, for the tests that start, kill and start again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demandPorts } from '../../local/runtime/running.ts';

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
/** Of its own for each process of tests, and below those that connections are given. */
let nextPort = 21_000 + (process.pid % 58) * 200;
/**
 * The first of five free ports in a row, as moim uses them: whatever else a machine runs may have some.
 *
 * @param times of as many times five
 */
export async function freePort(times = 1): Promise<number> {
  const areFree = (first: number) =>
    Promise.all(Array.from({ length: times }, (_, nth) => demandPorts(first + 5 * nth))).then(
      () => true,
      () => false,
    );
  do nextPort += 5;
  while (!(await areFree(nextPort)));
  const first = nextPort;
  nextPort += 5 * (times - 1);
  return first;
}
/** With the address as its key: whoever asks once more gets the first answer again, as long as moim remembers it. */
export const askForCode = (url: string, email: string) =>
  fetch(`${url}/v1/email-verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': email },
    body: JSON.stringify({ email, purpose: 'REGISTER' }),
  }).then(({ status, headers }) => (headers.get('idempotency-replayed') ? `${status} again` : `${status}`));
