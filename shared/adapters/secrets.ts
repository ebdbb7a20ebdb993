import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { hasName } from '../core/errors.ts';
import type { Platform } from '../core/platform.ts';
import { type SecretName, secretVariable } from '../core/rights.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** The versions that Secrets Manager keeps: the current one and the previous one. */
type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

export interface SecretVersion {
  readonly text: string;
  /** When it was made, in milliseconds. */
  readonly madeAt: number;
}

export interface Secret {
  /** The text of the current version. */
  read(): Promise<string | undefined>;
  /** A version; undefined if there is none (the first version has no previous one). */
  version(stage: Stage): Promise<SecretVersion | undefined>;
  /** Makes a value the current version. Idempotent for the same `once` (a UUID). */
  replace(value: string, once: string): Promise<void>;
}

/** The client of one secret of the deployment. */
export function secretOf(platform: Platform, name: SecretName): Secret {
  const client = inTime(new SecretsManagerClient(clientConfig(platform, 'SECRETS_MANAGER')), platform);
  const SecretId = required(platform.environment, secretVariable(name));
  const version = async (VersionStage: Stage): Promise<SecretVersion | undefined> => {
    try {
      const found = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
      return found.SecretString ? { text: found.SecretString, madeAt: found.CreatedDate?.getTime() ?? 0 } : undefined;
    } catch (error) {
      if (VersionStage === 'AWSPREVIOUS' && hasName(error, 'ResourceNotFoundException')) return undefined;
      throw error;
    }
  };
  return {
    version,
    read: async () => (await version('AWSCURRENT'))?.text,
    async replace(SecretString, ClientRequestToken) {
      await client
        .send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }))
        .catch((error: unknown) => {
          // A version with this id has another value: an earlier run has already stored it.
          if (!hasName(error, 'ResourceExistsException')) throw error;
        });
    },
  };
}
