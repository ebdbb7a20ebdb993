import { createECDH } from 'node:crypto';
import { secretOf } from '../../../shared/adapters/secrets.ts';
import type { Platform } from '../../../shared/core/platform.ts';
import { logOf } from '../../../shared/observe/log.ts';
import { limits } from '../../../shared/product/limits.ts';

/**
 * The key pair that a page's subscription is bound to, and that tells push services who sends (RFC 8292), in base64url.
 */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
  /** `mailto:` or `https:`: how a push service reaches the operator. */
  readonly subject: string;
}

/** Google's file of a service account, as far as FCM needs it; with `endpoint`, messages go there instead. */
export interface ServiceAccount {
  readonly project_id: string;
  readonly client_email: string;
  readonly private_key: string;
  readonly private_key_id?: string;
  readonly token_uri: string;
  readonly endpoint?: string;
}

/** Milliseconds: between two tries, for one try, and for all that is sent to one person. */
interface PushTimes {
  readonly pauseMs: number;
  readonly timeoutMs: number;
  readonly personMs: number;
}

/** The keys that push services know the deployment by. A part that is not there, or not right, is off. */
export interface PushConfig {
  readonly vapid?: VapidKeys;
  readonly fcm?: ServiceAccount;
  /** Origins of further push services for browsers, e.g. a stand-in on this machine. */
  readonly origins: readonly string[];
  readonly times: PushTimes;
}

export interface PushKeys {
  current(): Promise<PushConfig>;
}

/** Milliseconds after which the secret is read again, and after a read that failed. */
const readAgainAfter = 300_000;
const readAgainAfterFailure = 10_000;
const off: PushConfig = { origins: [], times: limits.push };

/** The deployment's push keys. Reading never fails: what cannot be read is off, and the log says why. */
export function pushKeysOf(platform: Platform): PushKeys {
  const secret = secretOf(platform, 'PushKeys');
  const log = logOf(platform);
  let config: Promise<PushConfig> | undefined;
  let goodUntil = 0;
  const read = async (before: PushConfig) => {
    try {
      return configOf(await secret.read(), (part) => log.error({ part }, 'the push keys are not usable'));
    } catch (error) {
      log.error({ error }, 'the push keys cannot be read');
      goodUntil = platform.now() + readAgainAfterFailure;
      return before;
    }
  };
  return {
    async current() {
      if (config && platform.now() < goodUntil) return config;
      const before = config;
      goodUntil = platform.now() + readAgainAfter;
      config = read((await before) ?? off);
      return config;
    },
  };
}

type Json = Readonly<Record<string, unknown>>;
const objectIn = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null ? (value as Json) : undefined;
const areTexts = (json: Json, ...names: string[]) =>
  names.every((name) => typeof json[name] === 'string' && json[name]);

/** Reads the secret's JSON. A part that is there and not usable is left out, and told. */
export function configOf(text: string | undefined, tell: (part: string) => void): PushConfig {
  const json = objectIn(JSON.parse(text ?? '{}')) ?? {};
  const part = <T>(name: string, isRight: (json: Json) => boolean): T | undefined => {
    if (json[name] === undefined) return undefined;
    const value = objectIn(json[name]);
    if (value && isRight(value)) return value as T;
    tell(name);
    return undefined;
  };
  const vapid = part<VapidKeys>('vapid', isKeyPair);
  const fcm = part<ServiceAccount>('fcm', (each) =>
    areTexts(each, 'project_id', 'client_email', 'private_key', 'token_uri'),
  );
  const { allowedOrigins: origins = [] } = json;
  const { pauseMs, timeoutMs, personMs } = { ...limits.push, ...json };
  return {
    ...(vapid ? { vapid } : {}),
    ...(fcm ? { fcm } : {}),
    origins: Array.isArray(origins) ? origins.map(String) : [],
    times: { pauseMs: Number(pauseMs), timeoutMs: Number(timeoutMs), personMs: Number(personMs) },
  };
}

/** Whether the two keys belong together, and a push service can tell whose they are. */
function isKeyPair(json: Json): boolean {
  if (!areTexts(json, 'publicKey', 'privateKey', 'subject') || !/^(mailto|https):/.test(String(json.subject)))
    return false;
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(Buffer.from(String(json.privateKey), 'base64url'));
    return curve.getPublicKey('base64url') === json.publicKey;
  } catch {
    return false;
  }
}
