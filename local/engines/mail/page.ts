import { escapeXml } from '../bucket/xml.ts';
import type { Mail } from './mail-store.ts';

export type PageLanguage = 'ko' | 'en';

const texts = {
  ko: {
    title: '메일함',
    empty: '아직 보낸 메일이 없어요.',
    note: '로컬 클라우드가 보낸 메일이에요. 실제로 발송되지 않아요.',
    to: '받는 사람',
    from: '보낸 사람',
    html: 'HTML 본문',
    noSubject: '(제목 없음)',
  },
  en: {
    title: 'Mail box',
    empty: 'No mail has been sent yet.',
    note: 'Mails sent by the local cloud. None of them leaves this machine.',
    to: 'To',
    from: 'From',
    html: 'HTML body',
    noSubject: '(no subject)',
  },
} as const;

const style = `
:root { color-scheme: light dark; --back: #f5f5f4; --card: #fff; --ink: #1c1917; --soft: #6b6661; --line: #e2dfdb; --link: #1d5fb4; }
@media (prefers-color-scheme: dark) {
  :root { --back: #171615; --card: #22201f; --ink: #eeecea; --soft: #a39d97; --line: #3a3735; --link: #8cb8f5; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1.25rem 1rem 4rem; background: var(--back); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
header, main { max-width: 44rem; margin: 0 auto; }
h1 { font-size: 1.4rem; margin: 0; }
header p, .empty { color: var(--soft); margin: .25rem 0 1.25rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; margin-bottom: .75rem; }
h2 { font-size: 1.05rem; margin: 0 0 .35rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: 0; font-size: .875rem; }
dt { color: var(--soft); white-space: nowrap; }
dd { margin: 0; overflow-wrap: anywhere; }
time { display: block; color: var(--soft); font-size: .8rem; margin-bottom: .25rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .85rem 0 0; padding-top: .85rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
details { margin-top: .75rem; }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; padding: .35rem 0; }
iframe { width: 100%; height: 22rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; color-scheme: light; }
`;

/** Replaces the list only if it changed, so that an opened mail stays open and the page does not jump. */
const script = `
setInterval(async () => {
  try {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [now, then] = [document.querySelector('main'), page.querySelector('main')];
    if (!then || now.dataset.newest === then.dataset.newest) return;
    const known = new Set([...now.querySelectorAll('article')].map((article) => article.id));
    if (known.size === 0 || !then.querySelector('article')) return void now.replaceWith(then);
    const fresh = [...then.querySelectorAll('article')].filter((article) => !known.has(article.id));
    now.prepend(...fresh);
    now.dataset.newest = then.dataset.newest;
  } catch {}
}, 2000);
`;

/** Escaped text with clickable web addresses, because most mails here are opened for their link. */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) => {
      const shown = escapeXml(part);
      return index % 2 ? `<a href="${shown}" target="_blank" rel="noopener noreferrer">${shown}</a>` : shown;
    })
    .join('');
}

/** The mail's own HTML, in a frame that runs no scripts and loads nothing from elsewhere. */
function frame(html: string, title: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank">`;
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  return `<iframe title="${title}" sandbox="${sandbox}" loading="lazy" srcdoc="${escapeXml(head + html)}"></iframe>`;
}

function article(mail: Mail, language: PageLanguage): string {
  const words = texts[language];
  const iso = new Date(mail.at).toISOString();
  const shown = new Date(mail.at).toLocaleString(language === 'ko' ? 'ko-KR' : 'en-GB', {
    ...{ dateStyle: 'medium', timeStyle: 'medium' },
    timeZone: 'Asia/Seoul',
  });
  const html = mail.html
    ? `<details${mail.text ? '' : ' open'}><summary>${words.html}</summary>${frame(mail.html, words.html)}</details>`
    : '';
  return `<article id="${escapeXml(mail.id)}">
<time datetime="${iso}">${escapeXml(shown)}</time>
<h2>${escapeXml(mail.subject || words.noSubject)}</h2>
<dl><dt>${words.to}</dt><dd>${escapeXml(mail.to.join(', '))}</dd><dt>${words.from}</dt><dd>${escapeXml(mail.from)}</dd></dl>
${mail.text ? `<pre>${withLinks(mail.text)}</pre>` : ''}${html}
</article>`;
}

/**
 * The mail box as an HTML page, with mails in the given order (`list` gives the newest first). The page needs nothing
 * from elsewhere, reloads its own address every 2 seconds, and escapes everything that comes from mails. Times are in
 * Seoul's zone.
 */
export function mailBoxPage(mails: readonly Mail[], language: PageLanguage = 'ko'): string {
  const words = texts[language];
  const list = mails.map((mail) => article(mail, language)).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${style}</style>
<noscript><meta http-equiv="refresh" content="5"></noscript>
</head>
<body>
<header><h1>${words.title}</h1><p>${words.note}</p></header>
<main data-newest="${escapeXml(mails[0]?.id ?? '')}">${list || `<p class="empty">${words.empty}</p>`}</main>
<script>${script}</script>
</body>
</html>
`;
}

/** The mails as JSON with times in ISO 8601, for scripts and for tests over HTTP. */
export const mailsAsJson = (mails: readonly Mail[]) =>
  JSON.stringify({ mails: mails.map((mail) => ({ ...mail, at: new Date(mail.at).toISOString() })) });
