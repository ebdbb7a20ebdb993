/** CloudFormation's dynamic references: `{{resolve:secretsmanager:<ARN>:SecretString}}` is a secret's value when it is deployed. */
import type { SecretsEngine } from '../engines/secrets/secrets-engine.ts';

const reference = /\{\{resolve:secretsmanager:(arn:[^}]+?):SecretString\}\}/g;

/** A text with the values of the secrets that it refers to. */
export const withSecrets = (text: string, secrets: Pick<SecretsEngine, 'valueOf'>): string =>
  text.replace(reference, (_, arn: string) => secrets.valueOf(arn));
