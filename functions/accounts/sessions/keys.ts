/**
 * The keys of access tokens. Few functions read the secret that signs. Whoever signs with a key publishes its other half
 * first; everybody may check with that (ADR 24).
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  keysOf,
  readAgainForUnknownAfter,
  type SigningKey,
  type SigningKeys,
  settledAfter,
} from '../../../shared/adapters/signing-key.ts';
import { derived } from '../../../shared/core/derived-key.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { dayMs, fromIso, iso } from '../../../shared/core/time.ts';
import { absent } from '../../../shared/data/conditions.ts';
import { nothing } from '../../../shared/data/meaning.ts';
import { or, type Table } from '../../../shared/data/table.ts';
import { upsert } from '../../../shared/data/writes.ts';
import { kernelOf } from '../../../shared/kernel.ts';
import type { KeySetItem } from './items.ts';

const issuer = 'moim' as const;
const keySetKey = { issuer } as const;
const prefix = 'key ';
const nameOf = (keyId: string) => `${prefix}${keyId}` as const;

/** What stands in the place of a public key that is good no more. */
const revoked = 'revoked';

/** An Ed25519 key has 32 bytes, and any 32 are one (RFC 8032). This stands before them in PKCS #8 and in SPKI (RFC 8410). */
const headOf = { private: '302e020100300506032b657004220420', public: '302a300506032b6570032100' };
const inDer = (head: string, bytes: Uint8Array) => Buffer.concat([Buffer.from(head, 'hex'), bytes]);

/** The private key that signs access tokens. */
export const privateKeyOf = (key: SigningKey): KeyObject =>
  createPrivateKey({
    key: inDer(headOf.private, derived(key, 'access token').bytes),
    format: 'der',
    type: 'pkcs8',
  });

/** The 32 bytes of the public key that belongs to it, as text. */
export const publicPartOf = (key: SigningKey): string =>
  createPublicKey(privateKeyOf(key)).export({ format: 'jwk' }).x!;

const publicKeyOf = (part: string): KeyObject =>
  createPublicKey({ key: inDer(headOf.public, Buffer.from(part, 'base64url')), format: 'der', type: 'spki' });

/** Days after which a public key is taken off the list when another is published: two rotations, and some. */
const keptDays = 70;

/** Milliseconds after which the list is read again in any case. */
const readAgainAfter = 60_000;

const entriesOf = (keySet: KeySetItem | undefined) =>
  Object.entries(keySet ?? {}).flatMap(([name, text]) => {
    if (!name.startsWith(prefix)) return [];
    const [publishedAt = '', part = ''] = text.split(' ');
    return [{ keyId: name.slice(prefix.length), publishedAt, part }];
  });

/**
 * Publishes the public part of a key, once. At the same time it takes off the list what has been there for two rotations.
 *
 * @returns when it was published, in milliseconds; undefined if it was revoked: then it signs nothing any more
 */
async function publish(table: Table, key: SigningKey, now: number): Promise<number | undefined> {
  const name = nameOf(key.id);
  const before = entriesOf(await table.get('KeySet', keySetKey));
  const found = before.find(({ keyId }) => keyId === key.id);
  if (found) return found.part === revoked ? undefined : fromIso(found.publishedAt);
  const old = before.filter(({ publishedAt }) => fromIso(publishedAt) < now - keptDays * dayMs);
  const set = { [name]: `${iso(now)} ${publicPartOf(key)}` };
  const remove = old.map(({ keyId }) => nameOf(keyId));
  // Where another function published it meanwhile, or it was revoked, the next look tells which.
  const done = await table.commit([or(nothing, upsert('KeySet', keySetKey, { set, remove }, absent(name)))]);
  return done ? now : publish(table, key, now);
}

/** The write that makes a key good for nothing, whether or not it was published. */
export const revocation = (keyId: string, now: number) =>
  upsert('KeySet', keySetKey, { set: { [nameOf(keyId)]: `${iso(now)} ${revoked}` } });

/**
 * The keys that make sessions. Once a minute the table tells whether a key is good still: that costs less than to read the
 * secret again. A new key is published by whoever sees it first, and signs once every authorizer can know it. Until then
 * the one before signs: a gateway would remember for five minutes that a token was not known.
 */
export function sessionKeysOf(platform: Platform): SigningKeys {
  const { open } = kernelOf(platform, {});
  const keys = keysOf(platform, 'SessionKey');
  const known = new Map<string, { readonly publishedAt: number; readonly lookedAt: number }>();
  async function publishedAt(key: SigningKey): Promise<number | undefined> {
    const now = platform.now();
    const look = known.get(key.id);
    if (look && now - look.lookedAt < readAgainAfter) return look.publishedAt;
    const at = await publish(open('publish a key').deps.table, key, now);
    if (at === undefined) known.delete(key.id);
    else known.set(key.id, { publishedAt: at, lookedAt: now });
    return at;
  }
  /** Undefined if the newest key that is known here was revoked. */
  async function best(): Promise<SigningKey | undefined> {
    const [newest, before] = await keys.living();
    const since = await publishedAt(newest!);
    if (since === undefined || !before || platform.now() - since >= settledAfter)
      return since === undefined ? undefined : newest;
    return (await publishedAt(before)) === undefined ? newest : before;
  }
  return {
    named: keys.named,
    async current() {
      const key = await best();
      if (key) return key;
      await keys.readAgain();
      const next = await best();
      if (!next) throw new Error('the newest key was revoked, and there is no other');
      return next;
    },
  };
}

/** The public keys of access tokens, by id. */
export interface PublicKeys {
  named(id: string): Promise<KeyObject | undefined>;
}

/** The public keys in the table: all of them in one read, so that made-up ids cannot keep a new key from being seen. */
export function publicKeysOf(platform: Platform): PublicKeys {
  const { open } = kernelOf(platform, {});
  let keys: Promise<ReadonlyMap<string, KeyObject>> | undefined;
  let readAt = 0;
  const read = async () => {
    const entries = entriesOf(await open('read public keys').deps.table.get('KeySet', keySetKey));
    const good = entries.filter(({ part }) => part !== revoked);
    return new Map(good.map(({ keyId, part }) => [keyId, publicKeyOf(part)]));
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
  return {
    named: async (id) => (await alive(readAgainAfter)).get(id) ?? (await alive(readAgainForUnknownAfter)).get(id),
  };
}
