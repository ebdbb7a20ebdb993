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
