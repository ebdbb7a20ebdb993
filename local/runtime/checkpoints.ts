import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Checkpoints } from './streams.ts';

/**
 * Checkpoints in a small file. If the process is killed between a delivery and its checkpoint, the delivery is
 * repeated: at least once, as on AWS.
 *
 * @throws Error that names the broken file
 */
export function fileCheckpoints(file: string): Checkpoints {
  let known: Record<string, string> = {};
  if (existsSync(file)) {
    try {
      known = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new Error(
        `${file} is broken: delete it. The changes of the last day, which the table's stream still has, are then delivered again`,
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
