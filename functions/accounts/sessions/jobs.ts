import type { Secret } from '../../../shared/adapters/secrets.ts';
import { namedId, newSecret } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';

/** A key's version is named by the month it is made for, so that a run that is repeated makes no other. */
export async function rotateKeys({ now }: JobRun, { secrets }: Kernel & { readonly secrets: readonly Secret[] }) {
  await Promise.all(secrets.map((each) => each.replace(newSecret() + newSecret(), namedId('key', iso(now)))));
  return { rotated: secrets.length };
}
