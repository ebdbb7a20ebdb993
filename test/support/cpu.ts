/**
 * CPU time by test file: each worker records what it has used since its last record, and the reporter reads the
 * records.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * The variable with the file name of a run's records. `cpu-reporter.ts` sets it before workers start, and they inherit
 * it.
 */
export const notesVariable = 'MOIM_CPU_NOTES';

/** Seconds of all threads of this process, in user and system mode. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Ticks a second in /proc, on every Linux that is used. */
const ticks = 100;
/** Seconds of processes that this one has started and that have ended: a browser with all its own. Linux alone tells. */
function cpuSecondsOfChildren(): number {
  if (!existsSync('/proc/self/stat')) return 0;
  // Behind the name, which may have spaces: the 14th and 15th of what follows.
  const after = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(after[13]) + Number(after[14])) / ticks;
}

let noted = 0;

/** Records the end of a test file. A worker's first file pays for the imports that all its files share. */
export function noteCpu(path: string): void {
  const notes = process.env[notesVariable];
  if (!notes) return;
  const now = cpuSeconds() + cpuSecondsOfChildren();
  appendFileSync(notes, `${JSON.stringify([relative('', path), now - noted])}\n`);
  noted = now;
}

/** The records of a run: seconds by file, longest first. */
export function notedCpu(notes: string): [file: string, seconds: number][] {
  const lines = readFileSync(notes, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as [string, number]).sort(([, a], [, b]) => b - a);
}
