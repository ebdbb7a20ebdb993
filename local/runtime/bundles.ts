import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Deployable } from '../../shared/core/deployable.ts';

/** Loads a function from its built bundle, the same file that would be deployed. */
export async function bundleOf(_id: string, assetFolder: string): Promise<Deployable<unknown, unknown>> {
  const file = join(resolve(assetFolder), 'index.js');
  return createRequire(file)(file).handler;
}
