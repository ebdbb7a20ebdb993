import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Checkpoints } from './streams.ts';

/**
 * Checkpoints in a small file. A kill between a delivery and its checkpoint delivers again: at least once, as on AWS.
 *
 * @throws Error that says which file is broken
 */
export function fileCheckpoints(file: string): Checkpoints {
  let known: Record<string, string> = {};
  if (existsSync(file)) {
    try {
      known = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new Error(
        `${file} is broken: delete it, and what the table's stream holds of the last day is delivered again`,
      );
    }
  }
  return {
    get: (source) => known[source],
    set(source, sequence) {
      known[source] = sequence;
      writeFileSync(`${file}.new`, JSON.stringify(known));
      renameSync(`${file}.new`, file);
    },
  };
}
