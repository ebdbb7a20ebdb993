import { render } from 'preact';
import { restoreCache } from './app/cache.ts';
import { followInvitations } from './app/invitation.ts';
import { stayLive } from './app/live.ts';
import { startRouter } from './app/router.ts';
import { resume } from './app/session.ts';
import { locale, setLocale, setTheme, theme } from './app/settings.ts';
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
await Promise.all([restoreCache(), readTexts('common')]);
resume();
followInvitations();
stayLive();
render(<Shell />, document.querySelector('#app')!);

/** The one script that the page may load by an address of its own: the security policy refuses all others. */
const policy = window.trustedTypes?.createPolicy('moim', { createScriptURL: (url) => (url === '/sw.js' ? url : '') });
if (RELOAD) new EventSource(RELOAD).onmessage = () => location.reload();
else void navigator.serviceWorker?.register((policy?.createScriptURL('/sw.js') ?? '/sw.js') as string);
