import { secretOf } from '../../shared/adapters/secrets.ts';
import { newId } from '../../shared/core/ids.ts';
import type { Moim } from './moim.ts';

/** Puts the value of a secret where the operator puts it. `functionId` names a function that reads it. */
export async function replaceSecret(
  moim: Moim,
  functionId: string,
  name: Parameters<typeof secretOf>[1],
  value: string,
) {
  const { environment } = moim.functions.find(({ id }) => id === functionId)!;
  const secret = secretOf(
    {
      environment: {
        ...environment,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: moim.owner.accessKeyId,
        AWS_SECRET_ACCESS_KEY: moim.owner.secretAccessKey,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: moim.awsUrl,
      },
      now: moim.clock.now,
      write: () => {},
    },
    name,
  );
  await secret.replace(value, newId(Date.now()));
}
