import { render } from 'preact';
import { restoreCache } from './app/cache.ts';
import { keepFocus } from './app/focus.ts';
import { followInvitations } from './app/invitation.ts';
import { followLeaving } from './app/leaving.ts';
import { stayLive } from './app/live.ts';
import { followOutbox } from './app/outbox.ts';
import { followPush } from './app/push.ts';
import { navigate, startRouter } from './app/router.ts';
import { resume } from './app/session.ts';
import { locale, setLocale, setTheme, theme } from './app/settings.ts';
import { takeReturn } from './app/social.ts';
import { followUndoing } from './app/undoing.ts';
import { followUnsent } from './app/unsent.ts';
import { readTexts } from './messages/index.ts';
import { Shell } from './shell.tsx';

/** Systems' fonts are good on phones, and a wide window mostly has a fast network. */
const wide = matchMedia('(min-width: 900px)');
const withFonts = () => wide.matches && document.querySelector('#fonts')?.removeAttribute('disabled');
wide.onchange = withFonts;
withFonts();

setLocale(locale.get());
setTheme(theme.get());
startRouter();
takeReturn();
followUndoing();
// The first answer that everything waits for: it is asked while texts are on their way.
resume();
await Promise.all([restoreCache(), readTexts('common')]);
followInvitations();
stayLive();
keepFocus();
followOutbox();
followUnsent();
followLeaving();
followPush();
render(<Shell />, document.querySelector('#app')!);

/** The one script that the page may load by an address of its own: the security policy refuses all others. */
const policy = window.trustedTypes?.createPolicy('moim', { createScriptURL: (url) => (url === '/sw.js' ? url : '') });
if (RELOAD) new EventSource(RELOAD).onmessage = () => location.reload();
else void navigator.serviceWorker?.register((policy?.createScriptURL('/sw.js') ?? '/sw.js') as string);

// A push message was pressed while this page was open.
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (typeof data?.open === 'string') navigate(data.open);
});
