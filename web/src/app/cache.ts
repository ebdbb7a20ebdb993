/** What the API answered: shown at once, asked again behind it, and kept on the device for reading without a network. */
import {
  InfiniteQueryObserver,
  QueryCache,
  QueryClient,
  type QueryKey,
  QueryObserver,
  type QueryObserverResult,
} from '@tanstack/query-core';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { forgetDrafts } from './drafts.ts';
import { keep } from './keep.ts';
import { faultOf } from './problem.ts';
import { store, useWatched } from './store.ts';
import { onTold, tellTabs } from './tabs.ts';

const day = 86_400_000;
export const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // What is not there any more, or not for this person, is not shown any longer: somebody who was removed from a group sees that.
    onError: (error, query) => faultOf(error).kind === 'gone' && query.setState({ data: undefined }),
  }),
  // The typed client repeats by itself what may be repeated.
  defaultOptions: { queries: { staleTime: 30_000, gcTime: 7 * day, retry: false, networkMode: 'offlineFirst' } },
});

export interface Question<T> {
  /** `changed` of any beginning of it asks again. */
  readonly key: readonly unknown[];
  readonly ask: () => Promise<T>;
  /** False: the answer stays in the memory of the page. It opens something, or shows a real name or an address of mail. */
  readonly kept?: false;
}

/** What is known of a question: `data` as soon as there is any, `error` if the last try failed. */
export type Known<T> = Pick<QueryObserverResult<T>, 'data' | 'error' | 'isFetching' | 'refetch'>;

interface Observed {
  subscribe(listener: () => void): () => void;
  getCurrentResult(): unknown;
}
/**
 * Draws anew when an observer has news. What is watched stays the same object until something changes, or drawing would never
 * end; what is shown is worked out for each drawing.
 */
function useObserved(observer: Observed): void {
  const [subscribe, now] = useMemo(
    () => [(listener: () => void) => observer.subscribe(listener), () => observer.getCurrentResult()] as const,
    [observer],
  );
  useWatched(subscribe, now);
}

/**
 * The answer to a question of `app/data`, asked when the screen opens and again when it has changed.
 *
 * @param enabled false while the question makes no sense yet
 * @example const { data, error } = useAnswer(group(groupId))
 */
export const useAnswer = <T>(question: Question<T>, enabled = true): Known<T> => useQuestion(question, { enabled });

function useQuestion<T>({ key, ask, kept }: Question<T>, more: { enabled: boolean; refetchOnMount?: 'always' }) {
  const options = { queryKey: key, queryFn: ask, meta: { kept }, ...more };
  const observer = useMemo(() => new QueryObserver<T>(cache, options), []);
  useEffect(() => observer.setOptions(options), [JSON.stringify(key), more.enabled]);
  useObserved(observer);
  return observer.getOptimisticResult(cache.defaultQueryOptions(options) as never) as QueryObserverResult<T>;
}

/**
 * The answer as it is now, for a form: fields keep what they began with, so they never begin with what the device has kept.
 * Where asking fails, that is better than nothing.
 */
export function useAnew<T>(question: Question<T>): Known<T> {
  const known = useQuestion(question, { enabled: true, refetchOnMount: 'always' });
  return known.isFetchedAfterMount ? known : { ...known, data: undefined };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}
export interface ListQuestion<P> {
  readonly key: readonly unknown[];
  readonly ask: (cursor: string | undefined) => Promise<P>;
  readonly kept?: false;
}

/** A list that comes page by page. `more` is undefined when all of it is there. `first` is the first page as it was answered. */
export interface KnownList<Item, P> {
  readonly items: readonly Item[] | undefined;
  readonly first: P | undefined;
  readonly more: (() => void) | undefined;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

/** Runs work when the page has nothing else to do; Safari cannot tell, and waits a little. */
const whenIdle = (work: () => void) =>
  'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 1000 }) : setTimeout(work, 200);

/**
 * Whether the first screen is there: all that it asked has been answered, and the page has come to rest. What it does not
 * show (the number at the inbox, the socket, push messages) waits for it.
 */
export const rested = store(false);

/** Follows the answers of the first screen. Run when it is drawn. */
export function followFirst(): void {
  const isQuiet = () => cache.isFetching() === 0;
  const done = () => {
    if (rested.get() || !isQuiet()) return;
    stop();
    rested.set(true);
  };
  // A frame draws the answers, and the next one has asked what follows from them.
  const look = () => isQuiet() && requestAnimationFrame(() => requestAnimationFrame(() => isQuiet() && whenIdle(done)));
  const stop = cache.getQueryCache().subscribe(look);
  look();
}

/**
 * A list that was scrolled far comes back with its first page, and with the others when the page has come to rest: to draw
 * fifty cards at once blocks a phone for a third of a second.
 *
 * @example const feed = useList(approved(groupId))
 */
export function useList<Item, P extends Page<Item>>({
  key,
  ask,
  kept,
}: ListQuestion<P & Page<Item>>): KnownList<Item, P> {
  const options = {
    queryKey: key,
    meta: { kept },
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: Page<Item>) => nextCursor ?? undefined,
  };
  const observer = useMemo(() => new InfiniteQueryObserver(cache, options as never), []);
  useEffect(() => observer.setOptions(options as never), [JSON.stringify(key)]);
  useObserved(observer);
  const known = observer.getOptimisticResult(cache.defaultQueryOptions(options as never) as never);
  const pages = (known.data as { pages: readonly (P & Page<Item>)[] } | undefined)?.pages;
  const { error, isFetching, hasNextPage, refetch } = known;
  const [isRested, rest] = useState(false);
  const waits = !isRested && (pages?.length ?? 0) > 1;
  useEffect(() => {
    if (waits) whenIdle(() => rest(true));
  }, [waits]);
  return {
    items: (waits ? pages?.slice(0, 1) : pages)?.flatMap(({ items }) => items),
    first: pages?.[0],
    more: hasNextPage && !waits ? () => void observer.fetchNextPage() : undefined,
    error,
    isFetching,
    refetch,
  };
}

/** Asks again for all answers whose key begins so: what is on the screen at once, the rest when it is shown. */
export const changedHere = (...key: readonly unknown[]): Promise<void> => cache.invalidateQueries({ queryKey: key });

/** The same in all tabs, for what this one has done. What comes over the socket comes to each of them. */
export function changed(...key: readonly unknown[]): Promise<void> {
  tellTabs({ changed: key });
  return changedHere(...key);
}

/** A browser may refuse to keep anything (private windows): moim then works without. */
const nothing = () => undefined;

/** Milliseconds: answers come in groups, and writing them costs. */
const settled = 300;

/** Milliseconds for which the device keeps an answer that nobody asks for any more: all of them are written at each change. */
const keptFor = 30 * day;

interface KeptAnswer {
  readonly key: QueryKey;
  readonly data: unknown;
  /** When moim gave it, in milliseconds since 1970. */
  readonly at: number;
}

/** Shows what the device has, and keeps what comes. Run once, before anything is drawn. */
export async function restoreCache(): Promise<void> {
  const owner = () => localStorage.getItem('account');
  const found = await keep
    .read<{ of: string | null; answers: readonly KeptAnswer[] }>('kept', 'answers')
    .catch(nothing);
  // Those of another person are never shown, whatever happened to the page in between.
  const own = found?.of === owner() ? found.answers : [];
  const isOld = ({ at }: KeptAnswer) => at < Date.now() - keptFor;
  for (const each of own) if (!isOld(each)) cache.setQueryData(each.key, each.data, { updatedAt: each.at });
  // What was kept is shown at once and asked again, however young it is: other devices change things too.
  await cache.invalidateQueries({ refetchType: 'none' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    // Also what could not be asked again: without a network every question fails, and nothing may be forgotten by that.
    const answers = cache
      .getQueryCache()
      .getAll()
      .filter(({ state, meta }) => state.data !== undefined && meta?.kept !== false)
      .map(({ queryKey, state }): KeptAnswer => ({ key: queryKey, data: state.data, at: state.dataUpdatedAt }));
    return keep.write('kept', 'answers', { of: owner(), answers }).catch(nothing);
  };
  onTold((told) => 'changed' in told && void changedHere(...told.changed));
  cache.getQueryCache().subscribe(({ type }) => {
    if (type !== 'updated' && type !== 'removed') return;
    clearTimeout(timer);
    timer = setTimeout(write, settled);
  });
}

/** Forgets all answers and photos of the person who signs out. */
export function forgetCache(): void {
  cache.clear();
  keep.drop('kept', 'answers').catch(nothing);
  localStorage.removeItem('back-later');
  forgetDrafts();
  navigator.serviceWorker?.controller?.postMessage('forget');
}
