import { secretOf } from '../../shared/adapters/secrets.ts';
import { newId } from '../../shared/core/ids.ts';
import type { Moim } from './moim.ts';
import { platformOf } from './platform.ts';

/** Puts the value of a secret where the operator puts it. `functionId` names a function that reads it. */
export async function replaceSecret(
  moim: Moim,
  functionId: string,
  name: Parameters<typeof secretOf>[1],
  value: string,
) {
  await secretOf(platformOf(moim, functionId), name).replace(value, newId(Date.now()));
}
