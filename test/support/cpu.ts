/** CPU time by test file: each worker notes what it used since it last did, and the reporter reads the notes. */
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Names the file of a run's notes; `cpu-reporter.ts` sets it before there are workers, which inherit it. */
export const notesVariable = 'MOIM_CPU_NOTES';

/** Seconds of all threads of this process, in the program and in the system. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

let noted = 0;

/** Notes that this process has come to the end of a test file. Its first file pays for what all of them import. */
export function noteCpu(path: string): void {
  const notes = process.env[notesVariable];
  if (!notes) return;
  const now = cpuSeconds();
  appendFileSync(notes, `${JSON.stringify([relative('', path), now - noted])}\n`);
  noted = now;
}

/** The notes of a run: seconds by file, the longest first. */
export function notedCpu(notes: string): [file: string, seconds: number][] {
  const lines = readFileSync(notes, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as [string, number]).sort(([, a], [, b]) => b - a);
}
