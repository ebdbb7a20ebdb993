/** The invitation that a person came by: it outlives a sign-up or a sign-in in this tab, and its token leaves the address at once. */
import { navigate } from './router.ts';
import { session } from './session.ts';
import { store } from './store.ts';

const path = '/invitations';
const name = 'invitation';

/** The token of the link that was opened in this tab. */
export const invitation = store<string | undefined>(sessionStorage.getItem(name) ?? undefined);

export function forgetInvitation(): void {
  sessionStorage.removeItem(name);
  invitation.set(undefined);
}

function take(): void {
  const token = location.hash.slice(1);
  if (location.pathname !== path || !token) return;
  // Neither the history of the browser nor what a page reports about itself has it from here on.
  history.replaceState(null, '', path);
  sessionStorage.setItem(name, token);
  invitation.set(token);
}

/** Takes the token of a link, and leads to its group whoever signs up or in. Run once, after the session has begun. */
export function followInvitations(): void {
  take();
  addEventListener('hashchange', take);
  let wasIn = session.get().status === 'in';
  session.subscribe(() => {
    const isIn = session.get().status === 'in';
    if (isIn && !wasIn && invitation.get() && location.pathname !== path) navigate(path, { replace: true });
    wasIn = isIn;
  });
}
