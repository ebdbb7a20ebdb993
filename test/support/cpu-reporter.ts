/**
 * Prints at the end of a run which files took the most CPU time, and the sum: the cost of a test circle on any machine.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cpuSeconds, notedCpu, notesVariable } from './cpu.ts';

/** The list of all files of the last run. */
const list = '.build/test/cpu-seconds.txt';
/** How many files are printed. */
const shown = 15;

const row = (seconds: number, what: string) => `${seconds.toFixed(1).padStart(7)} ${what}`;

export default class CpuReporter {
  #notes = '';
  /** With one worker, the files run in this process. */
  readonly #inBand: boolean;

  constructor({ maxWorkers }: { maxWorkers: number }) {
    this.#inBand = maxWorkers === 1;
  }

  onRunStart(): void {
    this.#notes = join(mkdtempSync(join(tmpdir(), 'moim-cpu-')), 'notes');
    writeFileSync(this.#notes, '');
    process.env[notesVariable] = this.#notes;
  }

  onRunComplete(): void {
    const files = notedCpu(this.#notes);
    rmSync(dirname(this.#notes), { recursive: true });
    const ofFiles = files.reduce((sum, [, seconds]) => sum + seconds, 0);
    const own = cpuSeconds() - (this.#inBand ? ofFiles : 0);
    mkdirSync(dirname(list), { recursive: true });
    writeFileSync(list, files.map(([file, seconds]) => `${row(seconds, file)}\n`).join(''));
    const lines = [
      `CPU seconds by file (all of them in ${list}):`,
      ...files.slice(0, shown).map(([file, seconds]) => row(seconds, file)),
      row(ofFiles, `all ${files.length} files, and ${own.toFixed(1)} to bundle, synthesize and report`),
    ];
    process.stderr.write(`\n${lines.join('\n')}\n`);
  }
}
