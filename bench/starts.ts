import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { median } from './measure.ts';

/** A function to start, and an event to send to it once it is loaded. */
export interface Start {
  readonly file: string;
  readonly event?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}
/** Medians, in milliseconds since the start of the process. */
export interface Started {
  readonly loaded: number;
  readonly answered: number;
}

/** The program of each fresh process: it loads the bundle as Lambda does, sends the event, and reports both times. */
const script = `
  const { handler } = require(process.argv[1]);
  const loaded = performance.now();
  if (typeof handler !== 'function') throw new Error('no handler');
  const event = JSON.parse(process.argv[2]);
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  (async () => {
    if (event) await handler(event, {});
    write(loaded + ' ' + performance.now());
  })();
`;

/** A function that does nothing: the cost of a start regardless of its contents. */
export function emptyFunction(): Start {
  const folder = '.build/bench/empty';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => ({ statusCode: 204 });\n');
  return { file: join(folder, 'index.js'), event: {} };
}

function startOnce({ file, event = null, environment = {} }: Start): Started {
  const args = ['-e', script, resolve(file), JSON.stringify(event)];
  const said = execFileSync(process.execPath, args, {
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
  });
  const [loaded = Number.NaN, answered = Number.NaN] = said.split(' ').map(Number);
  return { loaded, answered };
}

/** Starts each function in fresh processes, in turn, and gives back the medians. */
export function startTimes<Name extends string>(
  starts: Readonly<Record<Name, Start>>,
  rounds: number,
  step: (text: string) => void,
): Record<Name, Started> {
  const entries = Object.entries(starts) as [Name, Start][];
  const found = new Map<Name, Started[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    if (round % 5 === 0) step(`${entries.length} functions in fresh processes, round ${round + 1} of ${rounds}`);
    for (const [name, start] of entries) found.get(name)!.push(startOnce(start));
  }
  return Object.fromEntries(
    entries.map(([name]) => {
      const all = found.get(name)!;
      const started = {
        loaded: median(all.map((each) => each.loaded)),
        answered: median(all.map((each) => each.answered)),
      };
      return [name, started];
    }),
  ) as Record<Name, Started>;
}
