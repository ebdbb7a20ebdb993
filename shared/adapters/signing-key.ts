import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** The deployment's signing key: 64 random bytes or more, read once per cold start. */
export type SigningKey = () => Promise<Uint8Array>;

export function signingKeyOf(platform: Platform): SigningKey {
  const client = inTime(new SecretsManagerClient(clientConfig(platform, 'SECRETS_MANAGER')), platform);
  let key: Promise<Uint8Array> | undefined;
  const read = async () => {
    const SecretId = required(platform.environment, 'SIGNING_KEY_ARN');
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (SecretString.length < 64) throw new Error('the signing key is shorter than 64 characters');
    return Buffer.from(SecretString);
  };
  return () => {
    key ??= read().catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };
}
