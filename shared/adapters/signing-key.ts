import { createHash } from 'node:crypto';
import type { Platform } from '../core/platform.ts';
import type { SecretName } from '../core/rights.ts';
import { secretOf } from './secrets.ts';

export interface SigningKey {
  /** Identifies the key without revealing it, so that signatures of different keys can be told apart. */
  readonly id: string;
  /** At least 32 bytes that nobody can guess. */
  readonly bytes: Uint8Array;
}

/** The valid keys: the current one and the previous one, so that nobody is signed out when the key is replaced. */
export interface SigningKeys {
  /** The key to sign with: the newest one, once everybody can know it. */
  current(): Promise<SigningKey>;
  /** The valid key with this id, if there is one. */
  named(id: string): Promise<SigningKey | undefined>;
}

/**
 * Milliseconds after which the keys are read again in any case, so that a key that leaked is forgotten (docs/keys.md), and
 * milliseconds within which an unknown id does not cause another read.
 */
const readAgainAfter = 300_000;
export const readAgainForUnknownAfter = 10_000;

/**
 * Milliseconds that a new key waits before it signs. Whoever has just read the keys does not look again for an unknown id, so
 * what a newer key signed would be bad there. Twice as long, because clocks differ.
 */
export const settledAfter = 2 * readAgainForUnknownAfter;

/** The keys that derive e-mail codes. */
export const codeKeysOf = (platform: Platform): SigningKeys => keysOf(platform, 'CodeKey');

/** The keys that seal device tokens. */
export const deviceKeysOf = (platform: Platform): SigningKeys => keysOf(platform, 'DeviceKey');

/** The keys that seal upload tickets. */
export const uploadKeysOf = (platform: Platform): SigningKeys => keysOf(platform, 'UploadKey');

interface DatedKey extends SigningKey {
  /** When it was made, in milliseconds. */
  readonly madeAt: number;
}

interface Keys extends SigningKeys {
  /** The valid keys, the newest first. */
  living(): Promise<readonly SigningKey[]>;
  readAgain(): Promise<unknown>;
}

/** The keys in a secret. They are read once for each cold start, and again when there may be a newer one. */
export function keysOf(platform: Platform, name: SecretName): Keys {
  const secret = secretOf(platform, name);
  let keys: Promise<DatedKey[]> | undefined;
  let readAt = 0;
  const read = async () => {
    const versions = await Promise.all([secret.version('AWSCURRENT'), secret.version('AWSPREVIOUS')]);
    if (!versions[0]) throw new Error(`there is no key: the secret ${name} has no current version`);
    return versions.flatMap((found) => (found ? [{ ...keyOf(found.text), madeAt: found.madeAt }] : []));
  };
  const alive = (olderThan: number) => {
    if (keys && platform.now() - readAt < olderThan) return keys;
    readAt = platform.now();
    keys = read().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  const find = (living: readonly SigningKey[], id: string) => living.find((key) => key.id === id);
  return {
    async current() {
      const [newest, before] = await alive(readAgainAfter);
      return before && platform.now() - newest!.madeAt < settledAfter ? before : newest!;
    },
    living: () => alive(readAgainAfter),
    readAgain: () => alive(0),
    named: async (id) => find(await alive(readAgainAfter), id) ?? find(await alive(readAgainForUnknownAfter), id),
  };
}

/**
 * The key that a text stands for.
 *
 * @throws Error if the text has fewer than 64 characters
 */
export function keyOf(text: string): SigningKey {
  if (text.length < 64) throw new Error('the signing key is shorter than 64 characters');
  const bytes = Buffer.from(text);
  return { id: createHash('sha256').update('kid:').update(bytes).digest('base64url').slice(0, 12), bytes };
}
