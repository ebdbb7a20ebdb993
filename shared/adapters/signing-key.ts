import { createHash } from 'node:crypto';
import type { Platform } from '../core/platform.ts';
import { secretOf } from './secrets.ts';

export interface SigningKey {
  /** Names the key without telling it, so that what it made can be told apart from what another made. */
  readonly id: string;
  /** 64 random bytes or more. */
  readonly bytes: Uint8Array;
}

/** The keys that are good: the one in use, and the one before it, so that nobody is signed out when it is replaced. */
export interface SigningKeys {
  /** The key in use. */
  current(): Promise<SigningKey>;
  /** The living key of this id. */
  named(id: string): Promise<SigningKey | undefined>;
}

/** Milliseconds after which the keys are read again in any case; and before which an unknown id makes nobody read. */
const readAgainAfter = 3_600_000;
const readAgainForUnknownAfter = 10_000;

/** The deployment's signing keys, read once per cold start, and again when there may be a newer one. */
export function signingKeysOf(platform: Platform): SigningKeys {
  const secret = secretOf(platform, 'SigningKey');
  let keys: Promise<SigningKey[]> | undefined;
  let readAt = 0;
  const read = async () => {
    const texts = await Promise.all([secret.read('AWSCURRENT'), secret.read('AWSPREVIOUS')]);
    const found = texts.flatMap((text) => (text === undefined ? [] : [keyOf(text)]));
    if (!texts[0]) throw new Error('there is no signing key');
    return found;
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
    current: async () => (await alive(readAgainAfter))[0]!,
    named: async (id) => find(await alive(readAgainAfter), id) ?? find(await alive(readAgainForUnknownAfter), id),
  };
}

/** A key of its text. Throws if it is too short to be one. */
export function keyOf(text: string): SigningKey {
  if (text.length < 64) throw new Error('the signing key is shorter than 64 characters');
  const bytes = Buffer.from(text);
  return { id: createHash('sha256').update('kid:').update(bytes).digest('base64url').slice(0, 12), bytes };
}
