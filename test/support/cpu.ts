/**
 * CPU time by test file: each worker records what it has used since its last record, and the reporter reads the
 * records.
 */
import { appendFileSync, readFileSync } from 'node:fs';
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

let elsewhere = 0;
/** Counts seconds that another process has used for this file: a browser says what it has used. */
export function addCpu(seconds: number): void {
  elsewhere += seconds;
}

let noted = 0;

/** Records the end of a test file. A worker's first file pays for the imports that all its files share. */
export function noteCpu(path: string): void {
  const notes = process.env[notesVariable];
  if (!notes) return;
  const now = cpuSeconds() + elsewhere;
  appendFileSync(notes, `${JSON.stringify([relative('', path), now - noted])}\n`);
  noted = now;
}

/** The records of a run: seconds by file, longest first. */
export function notedCpu(notes: string): [file: string, seconds: number][] {
  const lines = readFileSync(notes, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as [string, number]).sort(([, a], [, b]) => b - a);
}
