/**
 * Where what had the focus has gone from the screen, its title takes it: a decided application, a removed device, a button
 * that has done its work. A browser would let the focus fall to the page, and a keyboard would begin at the top again.
 */
export function keepFocus(): void {
  let last: Node | undefined;
  document.addEventListener('focusin', ({ target }) => {
    last = target as Node;
  });
  new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    const title = document.querySelector<HTMLElement>('dialog[open] h2, main h1');
    title?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}
