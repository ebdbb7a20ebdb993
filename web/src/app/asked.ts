/**
 * What `early.ts` asks moim while the client is still on its way: a new access token, then the answers of the first screen. The
 * client takes each answer in the place of its own request.
 */
import { deviceHere, languageHere } from './here.ts';

/** Milliseconds, as long as the client waits for an answer. */
const timeout = 10_000;
const refresh = '/v1/sessions/refresh';

/**
 * Whatever brings a session, or ends one by the cookie, waits for its turn, in all tabs: the cookie is then that of the last one,
 * and a refresh token, which works once, is used once.
 */
export const inTurn = <T>(work: () => Promise<T>): Promise<T> => navigator.locks.request('refresh', work) as Promise<T>;

const nameOf = (path: string, method = 'GET') => `${method} ${path}`;

/** Answers by the name of their request. Both scripts find it here, and the one that runs first makes it. */
const page = window as { askedFirst?: Map<string, Promise<Response>> };

/**
 * Does nothing if the client runs already: it asks by itself.
 *
 * @param paths with their queries, written as the client writes them
 */
export function askFirst(paths: readonly string[]): void {
  if (page.askedFirst) return;
  const language = { 'accept-language': languageHere() };
  const ask = (path: string, init: RequestInit) => fetch(path, { ...init, signal: AbortSignal.timeout(timeout) });
  const refreshed = inTurn(() =>
    ask(refresh, {
      method: 'POST',
      headers: { ...language, 'content-type': 'application/json' },
      body: JSON.stringify(deviceHere()),
    }),
  );
  const headers = refreshed.then(async (answer) => {
    if (!answer.ok) throw new Error('no new token');
    const { accessToken } = (await answer.clone().json()) as { accessToken: string };
    return { ...language, authorization: `Bearer ${accessToken}` };
  });
  const answers = paths.map((path) => [nameOf(path), headers.then((each) => ask(path, { headers: each }))] as const);
  page.askedFirst = new Map([[nameOf(refresh, 'POST'), refreshed], ...answers]);
  // The client may come too late for an answer, or want none of them; a screen may ask nothing first.
  for (const answer of [headers, ...page.askedFirst.values()]) answer.catch(() => undefined);
}

/**
 * Run as soon as the client runs, before it waits for its turn to refresh: what was asked after that would wait behind the client,
 * and the client for it.
 */
export function clientRuns(): void {
  page.askedFirst ??= new Map();
}

/** As `fetch`, but takes what was asked already. */
export const takeOrFetch: typeof fetch = (input, init) => {
  const name = nameOf(String(input), init?.method);
  const answer = page.askedFirst?.get(name);
  page.askedFirst?.delete(name);
  return answer ?? fetch(input, init);
};

/** Run when the first screen is there: an answer that it did not take grows old. */
export const forgetAsked = (): void => page.askedFirst?.clear();
