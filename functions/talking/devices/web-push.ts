import { importJWK, SignJWT } from 'jose';
import type { Platform } from '../../../shared/core/platform.ts';
import { limits } from '../../../shared/product/limits.ts';
import { outcomeOf } from '../../../shared/product/push-service.ts';
import { encrypted } from './encryption.ts';
import type { PushMessage, Sender } from './push.ts';
import type { VapidKeys } from './push-keys.ts';

/** A browser's subscription: where its messages go, and what only it can open them with (RFC 8291). */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Seconds a VAPID token is good for (24 h at most), and from when on it is made anew. */
const tokenSeconds = 12 * 3600;
const renewSeconds = 3600;

/** Sends to browsers (RFC 8030). One signature serves all messages to one push service for half a day. */
export function webPushOf(platform: Platform): Sender<VapidKeys, Subscription> {
  const tokens = new Map<string, { readonly text: Promise<string>; readonly expiresAt: number }>();

  function tokenFor(audience: string, keys: VapidKeys): Promise<string> {
    const name = `${audience} ${keys.publicKey} ${keys.subject}`;
    const now = Math.floor(platform.now() / 1000);
    const known = tokens.get(name);
    if (known && known.expiresAt - now > renewSeconds) return known.text;
    if (tokens.size >= 100) tokens.clear();
    const expiresAt = now + tokenSeconds;
    const text = signed(audience, keys, expiresAt);
    tokens.set(name, { text, expiresAt });
    return text;
  }

  return async (keys, { endpoint, p256dh, auth }, message, ask) => {
    const token = await tokenFor(new URL(endpoint).origin, keys);
    const response = await ask(endpoint, {
      headers: {
        authorization: `vapid t=${token}, k=${keys.publicKey}`,
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(limits.push.ttlSeconds),
        urgency: 'normal',
        // A message of the same topic takes the place of one that the browser has not fetched yet.
        topic: (message.tag ?? message.id).replaceAll('-', ''),
      },
      body: encrypted(JSON.stringify(payloadOf(message)), { p256dh, auth }),
    });
    if (!response) return { outcome: 'AGAIN' };
    await response.body?.cancel();
    const { status } = response;
    return { status, outcome: status === 404 || status === 410 ? 'GONE' : outcomeOf(status) };
  };
}

/** The message that a page's service worker gets. */
const payloadOf = ({ id, type, text, link, createdAt, tag, count, receipt }: PushMessage) => ({
  ...{ id, type, text, link, createdAt, tag, count, receipt },
});

/** RFC 8292. Libraries for it read the machine's clock and sign each message anew. */
async function signed(audience: string, { publicKey, privateKey, subject }: VapidKeys, expiresAt: number) {
  const point = Buffer.from(publicKey, 'base64url');
  const coordinate = (at: number) => point.subarray(at, at + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey };
  return new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(audience)
    .setSubject(subject)
    .setExpirationTime(expiresAt)
    .sign(await importJWK(jwk, 'ES256'));
}
