/**
 * With MOIM_RIGHTS_USED=<folder>, every process records there which rights its functions used, one line for each:
 * `blocks-http read Block`. After a run of all tests, `test/infra/unused-rights.ts` names the rights that nothing used.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from './iam.ts';
import { rightsFor } from './rights.ts';

const used = new Set<string>();

/** Records the rights that allowed an access. Does nothing unless MOIM_RIGHTS_USED is set. */
export function noteUse(functionId: string, access: Access): void {
  if (!process.env.MOIM_RIGHTS_USED) return;
  for (const { kind, name } of rightsFor(access)) used.add(`${functionId} ${kind} ${name}`.trimEnd());
}

/** Writes the records of this process to a file of its own. */
export function writeUse(): void {
  const folder = process.env.MOIM_RIGHTS_USED;
  if (!folder || used.size === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}.txt`), `${[...used].sort().join('\n')}\n`);
}
