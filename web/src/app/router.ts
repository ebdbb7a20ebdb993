/** Paths. Links are plain `<a href>`: one listener follows them without loading the page. */
import { store } from './store.ts';

const here = store(location.pathname + location.search);
const arrive = () => here.set(location.pathname + location.search);

/** Path and query of the page, for a component. */
export const usePath = here.use;

/**
 * @param replace the page takes the place of this one, so that "back" does not lead here
 * @param still nothing moves: for what follows each letter of a search
 */
export function navigate(path: string, { replace = false, still = false } = {}): void {
  const change = () => {
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
    if (!replace) scrollTo(0, 0);
    arrive();
  };
  const calm = still || matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!calm && document.startViewTransition) document.startViewTransition(change);
  else change();
}

export function startRouter(): void {
  addEventListener('popstate', arrive);
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const isElsewhere = !link || link.target || link.origin !== location.origin || link.hasAttribute('download');
    const isHash = link?.hash && link.pathname === location.pathname;
    const opensTab = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey;
    if (isElsewhere || isHash || opensTab || event.defaultPrevented) return;
    event.preventDefault();
    navigate(link.pathname + link.search, { replace: link.href === location.href });
  });
}

/** The values in a path: `/groups/:groupId` has `{ groupId: string }`. */
export type Params<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [N in Name | keyof Params<Rest>]: string }
  : Path extends `${string}:${infer Name}`
    ? { readonly [N in Name]: string }
    : Record<never, never>;

/**
 * The values of `:names` if the path has this shape.
 *
 * @example match('/groups/:groupId', '/groups/7') // { groupId: '7' }
 */
export function match(shape: string, path: string): Readonly<Record<string, string>> | undefined {
  const parts = path.split('?')[0]!.split('/');
  const wanted = shape.split('/');
  if (parts.length !== wanted.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(parts[at]!);
    else if (part !== parts[at]) return undefined;
  }
  return params;
}

/** A path of this site from a query, for after a sign-in: never an address of another site. */
export const pathIn = (query: string): string => {
  const asked = new URLSearchParams(query).get('then') ?? '/';
  const { origin, pathname, search } = new URL(asked, location.origin);
  return origin === location.origin ? pathname + search : '/';
};
