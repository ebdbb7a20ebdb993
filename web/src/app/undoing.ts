/** The right to undo a change of address, from the link of a mail: its secret leaves the address at once, and stays in memory. */
import { navigate } from './router.ts';
import { store } from './store.ts';

const path = '/undo-email';

/** The secret of the link, until it is used or the page is closed. */
export const undoing = store<string | undefined>(undefined);

function take(): void {
  const secret = location.hash.slice(1);
  if (location.pathname !== path || !secret) return;
  navigate(path, { replace: true, still: true });
  undoing.set(secret);
}

/** Takes the secret of a link. Run once, before anything is drawn. */
export function followUndoing(): void {
  take();
  addEventListener('hashchange', take);
}
