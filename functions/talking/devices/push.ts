import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '../../../shared/core/platform.ts';
import { type Log, logOf } from '../../../shared/observe/log.ts';
import { limits } from '../../../shared/product/limits.ts';
import { pushServiceOf } from '../../../shared/product/push-service.ts';
import { fcmOf, type Registration } from './fcm.ts';
import { type PushConfig, pushKeysOf } from './push-keys.ts';
import { type Subscription, webPushOf } from './web-push.ts';

/** The text that a device is to show, in its owner's language, and where it leads. */
export interface PushMessage {
  /** The notification's: a device that gets it twice shows it once. */
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly link: Readonly<Record<string, string>>;
  readonly createdAt: string;
  /** A device shows one message of a tag: a later one takes the place of an earlier one. Without it, each is of its own. */
  readonly tag?: string | undefined;
  /** How many things it stands for; absent for one. */
  readonly count?: number | undefined;
  /** What a browser confirms the message with (`receiptOf`). */
  readonly receipt?: string;
}

export type Target = ({ readonly kind: 'WEB' } & Subscription) | ({ readonly kind: 'FCM' } & Registration);

/** How a sending ended. GONE: nothing will ever get there again, forget the device. OFF: the deployment has no keys. */
export type Delivery = 'SENT' | 'GONE' | 'FAILED' | 'OFF';

export interface Push {
  /** Whether the deployment has keys for any push service. */
  isOn(): Promise<boolean>;
  /** When what is sent to one person from now on is given up: at `until`, or earlier. */
  soon(until: AbortSignal): Promise<AbortSignal>;
  /** Sends one message, with three tries. Never throws; gives up when `until` is over. */
  send(target: Target, message: PushMessage, until: AbortSignal): Promise<Delivery>;
}

/** One request to a push service; undefined where it did not answer in time. */
export type Ask = (
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array<ArrayBuffer> },
) => Promise<Response | undefined>;

/** One try. AGAIN: it may well go better in a second; REFUSED: it will not. */
export type Sender<Keys, To> = (
  keys: Keys,
  to: To,
  message: PushMessage,
  ask: Ask,
) => Promise<{ readonly outcome: 'SENT' | 'GONE' | 'AGAIN' | 'REFUSED'; readonly status?: number }>;

/**
 * Push messages by Web Push and FCM. They are best effort: the notification is stored before. There are three tries of
 * three seconds each, and a service that has failed six times in a row is left alone for half a minute. A delivery that
 * takes too long is parked, and sends once more from there.
 */
export function pushOf(platform: Platform): Push {
  const config = pushKeysOf(platform);
  const [web, fcm] = [webPushOf(platform), fcmOf(platform)];
  const log = logOf(platform);
  const circuits = circuitsOf(platform);

  /** Which service a target is at, and one try there; undefined where the deployment may not or cannot use it. */
  function wayTo(target: Target, { vapid, fcm: account, origins }: PushConfig) {
    if (target.kind === 'FCM')
      return account && { service: 'fcm', try: (m: PushMessage, ask: Ask) => fcm(account, target, m, ask) };
    const service = pushServiceOf(target.endpoint, origins);
    return vapid && service && { service, try: (m: PushMessage, ask: Ask) => web(vapid, target, m, ask) };
  }

  return {
    async isOn() {
      const { vapid, fcm: account } = await config.current();
      return vapid !== undefined || account !== undefined;
    },
    async soon(until) {
      const { times } = await config.current();
      return AbortSignal.any([until, AbortSignal.timeout(times.personMs)]);
    },
    async send(target, message, until) {
      const current = await config.current();
      const way = wayTo(target, current);
      if (!way) return 'OFF';
      const circuit = circuits(way.service);
      for (let n = 1; ; n++) {
        if (until.aborted || circuit.isOpen()) return 'FAILED';
        const { outcome, status } = await tried(way.try(message, askUntil(until, current.times.timeoutMs)), log);
        circuit.note(outcome === 'AGAIN');
        if (outcome === 'SENT' || outcome === 'GONE') return outcome;
        log.warn({ service: way.service, try: n, status }, 'not pushed');
        if (outcome === 'REFUSED' || n === limits.push.tries || !(await paused(current.times.pauseMs, until)))
          return 'FAILED';
      }
    },
  };
}

type Outcome = Awaited<ReturnType<Sender<never, never>>>;

/** Only a key or a subscription that no library can use throws: the next try would throw too. */
const tried = (sending: Promise<Outcome>, log: Log): Promise<Outcome> =>
  sending.catch((error: unknown) => {
    log.error({ error }, 'not sendable');
    return { outcome: 'REFUSED' };
  });

/** Posts without following redirects: where a message may go was decided when the device was registered. */
const askUntil =
  (until: AbortSignal, timeoutMs: number): Ask =>
  (url, request) =>
    fetch(url, {
      ...request,
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([until, AbortSignal.timeout(timeoutMs)]),
    }).catch(() => undefined);

/** Waits; false if there is no time left to. */
const paused = (ms: number, until: AbortSignal) => pause(ms, true, { signal: until }).catch(() => false);

/** Remembers which services fail, so that not every message waits for them anew. */
function circuitsOf(platform: Platform) {
  const states = new Map<string, { failures: number; openUntil: number }>();
  const { failures: most, seconds } = limits.push.circuit;
  return (service: string) => {
    const state = states.get(service) ?? { failures: 0, openUntil: 0 };
    states.set(service, state);
    return {
      isOpen: () => platform.now() < state.openUntil,
      note(failed: boolean) {
        state.failures = failed ? state.failures + 1 : 0;
        // Afterwards one more failure is enough.
        if (state.failures >= most) state.openUntil = platform.now() + seconds * 1000;
      },
    };
  };
}
