/** Where the focus is when screens and their parts come and go: with a keyboard, the focus is where a person is. */

/** Where the person has gone since they last pressed something. */
let placed: EventTarget | null = null;

/**
 * Gives the focus to the title of a screen that has come, unless the person has gone on meanwhile: an answer that comes late moves
 * nobody. Whatever has gone with the screen before holds nobody.
 */
export function arriveAt(title: HTMLElement): void {
  const now = document.activeElement;
  if (now === document.body || now !== placed) title.focus({ preventScroll: true });
}

/**
 * Where what had the focus has gone from the screen, its title takes it: a decided application, a removed device, a button
 * that has done its work. A browser would let the focus fall to the page, and a keyboard would begin at the top again.
 */
export function keepFocus(): void {
  let last: Node | undefined;
  document.addEventListener('focusin', ({ target }) => {
    last = target as Node;
    placed = target;
  });
  // What a press leads to may take the focus; a tap into a field leads nowhere. The way back of the browser is a press, too.
  const press = () => {
    placed = null;
  };
  document.addEventListener('click', ({ target }) => (target as Element).closest('a, button') && press(), true);
  addEventListener('popstate', press, true);
  new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    const title = document.querySelector<HTMLElement>('dialog[open] h2, main h1');
    title?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}
