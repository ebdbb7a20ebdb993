import type { Secret } from '../../../shared/adapters/secrets.ts';
import { namedId, newSecret } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import type { JobRun } from '../../../shared/events/job.ts';
import type { Kernel } from '../../../shared/kernel.ts';

/** The key's version is named by the month it is made for, so that a run that is repeated makes no other. */
export async function rotateSigningKey({ now }: JobRun, { signingKey }: Kernel & { readonly signingKey: Secret }) {
  await signingKey.replace(newSecret() + newSecret(), namedId('signing-key', iso(now)));
  return { rotated: 1 };
}
