/** Addresses of pictures at the distribution, and who asks behind it. Both are proven by the keys that it shares with us. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Environment } from '../core/platform.ts';

/** Seconds for which everybody gets the same address of a picture. It ends one to two such times later. */
const steadySeconds = 600;

/** Keys by name: `current`, and while it is renewed another one. Empty without a distribution. */
export type EdgeKeys = Readonly<Record<string, string>>;

/**
 * The keys that a function shares with the distribution.
 *
 * @param environment of a function: `EDGE_KEYS` holds them as JSON
 */
export const edgeKeysOf = ({ EDGE_KEYS }: Environment): EdgeKeys => (EDGE_KEYS ? JSON.parse(EDGE_KEYS) : {});

const sign = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/**
 * The address of a picture: the same from every function and process for ten minutes, and good for ten to twenty.
 *
 * @param base of the distribution: `https://moim.example`
 * @param signingKey `current` of the keys
 * @param key of the object in the bucket
 * @param now milliseconds since 1970
 */
export function mediaLink(base: string, signingKey: string, key: string, now: number): string {
  const end = (Math.floor(now / 1000 / steadySeconds) + 2) * steadySeconds;
  return `${base}/media/${key}?e=${end}&s=${sign(signingKey, `media ${end} ${key}`)}`;
}

/**
 * The address that asks. Behind the distribution it is what the distribution names and proves; of everybody else it is the
 * address of their connection. A claim without proof is no claim.
 *
 * @param headers of the request, in lower case
 * @param sourceIp the address that API Gateway saw
 * @param keys of the distribution (`edgeKeysOf`)
 */
export function viewerOf(
  { 'x-moim-viewer': viewer, 'x-moim-viewer-proof': proof }: Readonly<Record<string, string | undefined>>,
  sourceIp: string,
  keys: EdgeKeys,
): string {
  if (!viewer || !proof) return sourceIp;
  const given = Buffer.from(proof);
  const isProven = Object.values(keys).some((key) => {
    const expected = Buffer.from(sign(key, `viewer ${viewer}`));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isProven ? viewer : sourceIp;
}
