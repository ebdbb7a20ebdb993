import type { EntityName, PatternName } from '../data/registry.ts';

/**
 * The secrets of a deployment: the key that signs access tokens and derives e-mail codes; moim's credentials at
 * identity providers; its keys for push services; the key that seals upload tickets.
 */
export type SecretName = 'SigningKey' | 'SocialProviders' | 'PushKeys' | 'UploadKey';
/** The environment variable that holds a secret's ARN: `SIGNING_KEY_ARN`. */
export const secretVariable = (name: SecretName) => `${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_ARN`;

/** The rights of the function of one trigger. Its role refuses everything that is not named here. */
export interface Rights {
  /** Entities that it gets by key. */
  readonly read?: readonly EntityName[];
  /** Access patterns that it queries. */
  readonly query?: readonly PatternName[];
  /** Entities that it creates, changes or deletes. */
  readonly write?: readonly EntityName[];
  /** Entities that it deletes, and can neither create nor change. */
  readonly remove?: readonly EntityName[];
  /** Entities that its transactions check without changing them. */
  readonly check?: readonly EntityName[];
  /** Key prefixes of the bucket, without the star. */
  readonly readObjects?: readonly string[];
  readonly writeObjects?: readonly string[];
  readonly deleteObjects?: readonly string[];
  /** Key prefixes of the bucket that it lists. */
  readonly listObjects?: readonly string[];
  readonly sendMail?: boolean;
  /** Secrets of the deployment that it reads. */
  readonly secrets?: readonly SecretName[];
  /** Secrets that it replaces by a new version. */
  readonly rotate?: readonly SecretName[];
  /** Posts to open sockets and closes them. */
  readonly postToSockets?: boolean;
}

/** Everything that at least one of several rights allows. */
export function unionOf(all: readonly Rights[]): Rights {
  const union: Record<string, unknown> = {};
  for (const [kind, given] of all.flatMap((rights) => Object.entries(rights)))
    union[kind] = Array.isArray(given) ? [...new Set([...((union[kind] as string[]) ?? []), ...given])] : given;
  return union as Rights;
}
