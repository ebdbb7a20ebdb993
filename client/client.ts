import type { Clock } from '../shared/core/clock.ts';
import type { Api, CallOptions, TableEntry } from './api.ts';
import { deadline, newId } from './platform.ts';
import { NoAnswerError, ProblemError } from './problem-error.ts';
import { routeTable } from './route-table.ts';
import { backoff, pause, systemClock } from './waiting.ts';

export interface ClientOptions {
  /** The address of moim, without a slash at the end: `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /**
   * The access token to send. Called before each guarded call, which waits for it: a page that was opened again may fetch
   * its first token here, and spares its calls a refusal.
   */
  readonly getAccessToken?: () => string | undefined | Promise<string | undefined>;
  /**
   * Called when the access token was refused. Get another (with the refresh token), so that `getAccessToken` gives it.
   * Runs once for all calls that wait for it. Return false if there is none; the calls then fail with TOKEN_INVALID.
   */
  readonly onTokenInvalid?: () => Promise<boolean>;
  /** The language of texts, asked for at each call; Korean unless given. */
  readonly locale?: () => 'ko' | 'en';
  readonly clock?: Clock;
}

/** Milliseconds to wait for one answer. */
const answerTimeout = 10_000;
const attempts = 4;
/** Milliseconds. The client does not wait longer by itself; the caller gets the problem with `retryAfter`. */
const longestWait = 10_000;

interface Call {
  readonly entry: TableEntry;
  readonly url: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}
type Request = CallOptions & {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

/**
 * moim's API as functions: `client.groups.createGroup({ body })`.
 *
 * Each POST carries an Idempotency-Key, and its repetitions carry the same key, so it takes effect once. A call is
 * repeated up to three times if it got no answer, or 503, or 429 or 409 with `Retry-After`, unless a repetition could
 * do harm.
 *
 * Calls throw ProblemError for refusals, NoAnswerError if no answer came, and the signal's reason if they were aborted.
 */
export function createClient(options: ClientOptions): Api {
  const { baseUrl, getAccessToken, onTokenInvalid, locale = () => 'ko', clock = systemClock } = options;
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  let refreshing: Promise<boolean> | undefined;

  /** One refresh for all waiting calls. If the token has changed in the meantime, no refresh is needed. */
  const refreshed = (refused: string | undefined): Promise<boolean> => {
    if (!onTokenInvalid) return Promise.resolve(false);
    const refresh = async () => (await getAccessToken?.()) !== refused || onTokenInvalid();
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  const once = async (call: Call, token: string | undefined): Promise<unknown> => {
    const time = deadline(answerTimeout, call.signal);
    const headers = { ...call.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    try {
      const response = await send(call.url, {
        method: call.entry[0],
        headers,
        ...(call.body === undefined ? {} : { body: call.body }),
        signal: time.signal,
      });
      const text = await response.text();
      if (response.ok) return resultIn(text, response);
      throw new ProblemError(response.status, parsed(text), secondsOf(response.headers.get('retry-after')));
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      if (call.signal?.aborted) throw call.signal.reason ?? error;
      throw new NoAnswerError(time.isOver() ? 'no answer in time' : 'no answer', error);
    } finally {
      time.done();
    }
  };

  /** Sends the access token if the route requires one, and tries once more with a fresh token if it was refused. */
  const authorized = async (call: Call): Promise<unknown> => {
    if (call.entry[2] === 'none') return once(call, undefined);
    if (refreshing) await refreshing.catch(() => false);
    const token = await getAccessToken?.();
    try {
      return await once(call, token);
    } catch (error) {
      const refused = error instanceof ProblemError && error.code === 'TOKEN_INVALID';
      if (!refused || !(await refreshed(token))) throw error;
      return once(call, await getAccessToken?.());
    }
  };

  const perform = async (call: Call): Promise<unknown> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await authorized(call);
      } catch (error) {
        const wait = waitBefore(attempt, call.entry, error);
        if (wait === undefined) throw error;
        await pause(clock, wait, call.signal);
      }
    }
  };

  const callOf = (entry: TableEntry, request: Request = {}): Call => {
    const { params = {}, query = {}, body, ifMatch, signal } = request;
    const [method, path] = entry;
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const headers: Record<string, string> = { 'accept-language': locale() };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (method === 'POST') headers['idempotency-key'] = request.idempotencyKey ?? newId();
    if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
    return {
      entry,
      url: `${baseUrl}${url}${queryOf(query)}`,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers,
      signal,
    };
  };

  const bound = Object.entries(routeTable).map(([feature, routes]) => [
    feature,
    Object.fromEntries(
      Object.entries(routes as Readonly<Record<string, TableEntry>>).map(([name, entry]) => [
        name,
        async (request?: Request) => perform(callOf(entry, request)),
      ]),
    ),
  ]);
  return Object.fromEntries(bound) as Api;
}

/** Milliseconds to wait before repeating a call; undefined if it must not be repeated. */
function waitBefore(attempt: number, [method]: TableEntry, error: unknown): number | undefined {
  if (attempt + 1 >= attempts) return undefined;
  const wait = backoff(attempt, 200, longestWait);
  // Without an answer nobody knows whether the request took effect. A repeated PATCH would fail on its own change, a
  // repeated DELETE would find nothing.
  const harmless = method !== 'PATCH' && method !== 'DELETE';
  if (error instanceof NoAnswerError) return harmless ? wait : undefined;
  if (!(error instanceof ProblemError)) return undefined;
  const { status, retryAfter = 0, byGateway } = error;
  const invited = status === 429 || status === 503 || (status === 409 && retryAfter > 0);
  if (!invited || retryAfter * 1000 > longestWait) return undefined;
  // A 429 without `Retry-After` is a rule of moim ("ask for another code in a minute"). It does not pass by itself
  // within seconds.
  if (status === 429 && !byGateway && retryAfter === 0) return undefined;
  return byGateway && status === 503 && !harmless ? undefined : Math.max(wait, retryAfter * 1000);
}

/**
 * Every item of a list. Pages are fetched as they are needed.
 *
 * @example for await (const group of pages((cursor) => client.discovery.listGroups({ query: { cursor } }))) show(group)
 */
export async function* pages<Item>(
  call: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await call(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function queryOf(query: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = given
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return text === '' ? '' : `?${text}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A picture is a text as it is. */
function resultIn(text: string, { headers }: Response): unknown {
  if (text === '') return undefined;
  return headers.get('content-type')?.startsWith('image/') ? text : JSON.parse(text);
}

const secondsOf = (header: string | null) => (header !== null && /^\d+$/.test(header) ? Number(header) : undefined);
