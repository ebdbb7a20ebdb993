import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type SecretName, secretVariable } from '../core/contract.ts';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

/** The versions that Secrets Manager keeps alive: the one in use, and the one before it. */
type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

export interface Secret {
  /** The text of a version; undefined if there is none (nothing came before the first). */
  read(stage?: Stage): Promise<string | undefined>;
  /** Puts a new version in use. Doing it again with the same `once` (a UUID) changes nothing. */
  replace(value: string, once: string): Promise<void>;
}

const named = (error: unknown, name: string) => error instanceof Error && error.name === name;

/** Reaches one secret of the deployment. */
export function secretOf(platform: Platform, name: SecretName): Secret {
  const client = inTime(new SecretsManagerClient(clientConfig(platform, 'SECRETS_MANAGER')), platform);
  const SecretId = required(platform.environment, secretVariable(name));
  return {
    async read(VersionStage = 'AWSCURRENT') {
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
      } catch (error) {
        if (VersionStage === 'AWSPREVIOUS' && named(error, 'ResourceNotFoundException')) return undefined;
        throw error;
      }
    },
    async replace(SecretString, ClientRequestToken) {
      await client
        .send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }))
        .catch((error: unknown) => {
          // A version of this name with another value: a run before this one has put it there.
          if (!named(error, 'ResourceExistsException')) throw error;
        });
    },
  };
}
