import { importPKCS8, SignJWT } from 'jose';
import type { Platform } from '../../../shared/core/platform.ts';
import { limits } from '../../../shared/product/limits.ts';
import { outcomeOf } from '../../../shared/product/push-service.ts';
import type { Ask, PushMessage, Sender } from './push.ts';
import type { ServiceAccount } from './push-keys.ts';

/** The token that an app got from FCM on its device. */
export interface Registration {
  readonly token: string;
}

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
/** Seconds before its end that an access token is not used any more. */
const marginSeconds = 60;

type Token = { readonly bearer: string; readonly expiresAt: number };

/** Sends to apps through FCM's HTTP v1 API, as the service account. Its access token is shared by all messages. */
export function fcmOf(platform: Platform): Sender<ServiceAccount, Registration> {
  let held: { readonly of: string; readonly token: ReturnType<typeof granted>; until: number } | undefined;
  const seconds = () => Math.floor(platform.now() / 1000);

  /** A token, or Google's refusal; undefined if Google did not answer. Simultaneous callers share one request. */
  function tokenFor(account: ServiceAccount, ask: Ask) {
    const of = `${account.client_email} ${account.private_key_id} ${account.token_uri}`;
    if (held?.of === of && seconds() < held.until) return held.token;
    const asked = { of, token: granted(account, seconds(), ask), until: Number.POSITIVE_INFINITY };
    const settle = (token?: Token | Response) => {
      asked.until = token && 'bearer' in token ? token.expiresAt - marginSeconds : 0;
    };
    asked.token.then(settle, () => settle());
    held = asked;
    return asked.token;
  }

  return async (account, { token: device }, message, ask) => {
    const token = await tokenFor(account, ask);
    if (!token) return { outcome: 'AGAIN' };
    if (!('bearer' in token)) return { outcome: outcomeOf(token.status), status: token.status };
    const base = account.endpoint ?? 'https://fcm.googleapis.com';
    const response = await ask(`${base}/v1/projects/${encodeURIComponent(account.project_id)}/messages:send`, {
      headers: { authorization: `Bearer ${token.bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: messageFor(device, message, seconds()) }),
    });
    if (!response) return { outcome: 'AGAIN' };
    const { status } = response;
    // The token was taken back before its end: the next try gets another.
    if (status === 401) {
      held = undefined;
      return { outcome: 'AGAIN', status };
    }
    return { status, outcome: isGone(status, await jsonOf(response)) ? 'GONE' : outcomeOf(status) };
  };
}

/** RFC 7523: the account's signature for an access token. */
async function granted(account: ServiceAccount, now: number, ask: Ask): Promise<Token | Response | undefined> {
  const { client_email, private_key, private_key_id, token_uri } = account;
  const assertion = await new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(private_key_id ? { kid: private_key_id } : {}) })
    .setIssuer(client_email)
    .setAudience(token_uri)
    .setIssuedAt(now)
    .setExpirationTime(now + 3600)
    .sign(await importPKCS8(private_key, 'RS256'));
  const response = await ask(token_uri, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }).toString(),
  });
  if (!response?.ok) {
    await response?.body?.cancel();
    return response;
  }
  const { access_token, expires_in } = (await jsonOf(response)) as { access_token?: unknown; expires_in?: unknown };
  if (typeof access_token !== 'string') return undefined;
  return { bearer: access_token, expiresAt: now + Number(expires_in ?? 0) };
}

const jsonOf = (response: Response): Promise<object> => response.json().catch(() => ({})) as Promise<object>;

/** The notification as the system shows it by itself, and where it leads. Data may hold texts only. */
function messageFor(token: string, { id, type, text, link, createdAt, tag = id, count }: PushMessage, now: number) {
  return {
    token,
    notification: { body: text },
    data: { id, type, createdAt, ...link, ...(count === undefined ? {} : { count: String(count) }) },
    // The same notification again, and a later one of its kind, takes the place of the first.
    android: { priority: 'HIGH', ttl: `${limits.push.ttlSeconds}s`, notification: { tag } },
    apns: {
      headers: { 'apns-collapse-id': tag, 'apns-expiration': String(now + limits.push.ttlSeconds) },
      payload: { aps: { sound: 'default' } },
    },
  };
}

interface FcmError {
  readonly error?: {
    readonly message?: string;
    readonly details?: readonly {
      readonly errorCode?: string;
      readonly fieldViolations?: readonly { readonly field?: string }[];
    }[];
  };
}

/**
 * Whether the app is not there any more. 404 alone does not say so (the project could be the wrong one), nor does 400
 * (the message could be wrong): both say more, and FCM has said the latter in two ways.
 */
function isGone(status: number, answer: FcmError): boolean {
  const details = answer.error?.details ?? [];
  if (status === 404) return details.some(({ errorCode }) => errorCode === 'UNREGISTERED');
  if (status !== 400) return false;
  const fields = details.flatMap(({ fieldViolations = [] }) => fieldViolations.map(({ field }) => field));
  return fields.includes('message.token') || /registration token/i.test(answer.error?.message ?? '');
}
