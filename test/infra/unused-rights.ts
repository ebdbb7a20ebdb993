/**
 * `node test/infra/unused-rights.ts <folder>`: names each right of a contract that no function used in a run of all tests
 * with `MOIM_RIGHTS_USED=<folder>`, and ends with 1 if there is one. The last step of `npm run check` and of the nightly run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionsOf } from '../../lib/function-id.ts';
import type { PlacedFeature } from '../../shared/core/contract.ts';
import { isComposed } from '../../shared/core/lanes.ts';

/** The rights of contracts that are not among those used (`blocks-http read Block`), as people read them. */
export function unusedRights(features: readonly PlacedFeature[], used: ReadonlySet<string>): string[] {
  // `parked-queue` has the rights of all lanes, and uses few in a run where little fails.
  const functions = functionsOf(features).filter(({ trigger }) => trigger !== 'queue');
  return functions.flatMap(({ id, feature: { area, name: feature, rights }, trigger }) =>
    Object.entries(rights[trigger] ?? {}).flatMap(([kind, given]: [string, readonly string[] | boolean]) => {
      // What is said by yes or no has no name in the list.
      const names = typeof given === 'boolean' ? (given ? [''] : []) : given;
      // A deletion is noted as a write: it is both, and `remove` gives that much alone.
      const noted = kind === 'remove' ? 'write' : kind;
      return names
        .filter((name) => !used.has(`${id} ${noted} ${name}`.trimEnd()))
        .map((name) => {
          const [list, contract] = isComposed(trigger)
            ? ['consumers.<name>.rights', `the contract of a consumer of the lane ${feature}`]
            : [`rights.${trigger}`, `functions/${area}/${feature}/contract.ts`];
          return `${`${list}.${kind} ${name}`.trimEnd()} in ${contract} is used by nothing: take it out, or test what needs it`;
        });
    }),
  );
}

/** What all processes of a run noted. Throws an Error that says how to make such a folder. */
function usedIn(folder: string | undefined): Set<string> {
  const files = folder && existsSync(folder) ? readdirSync(folder) : [];
  if (!folder || files.length === 0)
    throw new Error('give the folder of a full run: `jest -c test/check.config.js` notes into .build/rights-used');
  return new Set(files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')));
}

if (import.meta.main) {
  try {
    const { features } = await import('../../functions/features.ts');
    const unused = unusedRights(features, usedIn(process.argv[2]));
    for (const line of unused) console.log(line);
    if (unused.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}
