/** The guides of `docs/guides` as pages: what a newcomer reads before the list of calls. */
import { readFileSync } from 'node:fs';
import { Marked, type Token, type Tokens } from 'marked';
import { type Html, html, prose, raw } from './html.ts';
import { style } from './page-style.ts';

type Language = 'en' | 'ko';
const folder = 'docs/guides';

/** In the order in which a newcomer reads them. */
export const guides = [
  'from-nothing-to-an-approved-photo',
  'listen-and-answer-live',
  'stay-signed-in',
  'errors-and-retries',
  'connect-a-web-page',
] as const;
type Guide = (typeof guides)[number];

const words = {
  en: { contents: 'Guides', prints: 'prints', copy: 'Copy', copied: 'Copied', api: 'All calls', other: '한국어' },
  ko: { contents: '안내서', prints: '출력', copy: '복사', copied: '복사했어요', api: '모든 요청', other: 'English' },
} as const;
const labels: Readonly<Record<string, string>> = { bash: 'curl', ts: 'TypeScript' };

const textOf = (guide: Guide, language: Language) =>
  readFileSync(`${folder}/${guide}${language === 'ko' ? '.ko' : ''}.md`, 'utf8');
const titleOf = (guide: Guide, language: Language) => /^# (.+)$/m.exec(textOf(guide, language))?.[1] ?? guide;
/** The name of a page below `/docs/guides/`. */
const nameOf = (guide: Guide, language: Language) => (language === 'ko' ? `${guide}.ko` : guide);

/** What a guide is about, in a sentence or two: its first lines. */
const leadOf = (guide: Guide, language: Language) => textOf(guide, language).split('\n\n')[1]!.replaceAll('\n', ' ');

/** A list of the guides for the docs page, in both languages. The search of the page finds each. */
export const guideList = (): Html =>
  html`<section><h2 id="guides">Guides · 안내서</h2><p>Each one is a journey, with curl and the typed client side by side.</p>${guides.map(
    (guide) =>
      html`<div class="item"><p><b><a href="/docs/guides/${guide}">${titleOf(guide, 'en')}</a></b> · <b lang="ko"><a href="/docs/guides/${nameOf(guide, 'ko')}">${titleOf(guide, 'ko')}</a></b></p>${prose(leadOf(guide, 'en'))}</div>`,
  )}</section>`;

/**
 * The page of a guide.
 *
 * @param name as in its address: `stay-signed-in`, or `stay-signed-in.ko` for Korean
 * @returns undefined if there is no such guide
 */
export function guidePage(name: string): string | undefined {
  const language: Language = name.endsWith('.ko') ? 'ko' : 'en';
  const guide = guides.find((each) => nameOf(each, language) === name);
  if (!guide) return undefined;
  const say = words[language];
  const other = language === 'ko' ? 'en' : 'ko';
  const links = guides.map(
    (each) =>
      html`<a href="/docs/guides/${nameOf(each, language)}"${raw(each === guide ? ' aria-current="page"' : '')}>${titleOf(each, language)}</a>`,
  );
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleOf(guide, language)} · moim</title>
<link rel="icon" href="data:,">
<style>${raw(style)}${raw(more)}</style>
</head>
<body>
<header><a href="/docs">moim</a><a class="other" lang="${other}" hreflang="${other}" href="/docs/guides/${nameOf(guide, other)}">${say.other}</a></header>
<div class="frame">
<nav aria-label="${say.contents}"><details open><summary>${say.contents}</summary><b>${say.contents}</b>${links}<b><a href="/docs">${say.api}</a></b></details></nav>
<main class="guide">
${body(textOf(guide, language), say)}
</main>
</div>
<script>${raw(script(say))}</script>
</body>
</html>
`.html;
}

type Say = (typeof words)[Language];
type CodeToken = Tokens.Code;
const isCode = (token: Token | undefined, language: string): token is CodeToken =>
  token?.type === 'code' && (token as CodeToken).lang === language;

/** Markdown as HTML. HTML in it stays the text that it is, and addresses other than of the web lead nowhere. */
export function body(markdown: string, say: Say = words.en): Html {
  let headings = 0;
  const marked = new Marked({
    renderer: {
      html: ({ text }) => html`${text}`.html,
      image: ({ text }) => html`${text}`.html,
      heading({ tokens, depth }) {
        headings += 1;
        return `<h${depth} id="s${headings}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = raw(this.parser.parseInline(tokens));
        const guide = /^([\w-]+(?:\.ko)?)\.md$/.exec(href)?.[1];
        if (guide) return html`<a href="/docs/guides/${guide}">${text}</a>`.html;
        return /^(https?:\/\/|#)/.test(href) ? html`<a href="${href}">${text}</a>`.html : text.html;
      },
      table(token) {
        const cells = (row: readonly Tokens.TableCell[], tag: 'td' | 'th') =>
          row.map(({ tokens }) => html`<${raw(tag)}>${raw(this.parser.parseInline(tokens))}</${raw(tag)}>`);
        const rows = token.rows.map((row) => html`<tr>${cells(row, 'td')}</tr>`);
        return html`<div class="item wide"><table><thead><tr>${cells(token.header, 'th')}</tr></thead><tbody>${rows}</tbody></table></div>`
          .html;
      },
    },
  });
  const tokens = marked.lexer(markdown).filter(({ type }) => type !== 'space');
  const parts: Html[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    if (isCode(token, 'bash') && isCode(next, 'ts')) {
      parts.push(html`<div class="pair">${[token, next].map((each) => code(each, say))}</div>`);
      at += 1;
    } else if (token.type === 'code') parts.push(code(token as CodeToken, say));
    else parts.push(raw(marked.parser([token])));
  }
  return html`${parts}`;
}

const code = ({ lang = '', text }: CodeToken, say: Say): Html =>
  lang === 'text'
    ? html`<figure class="out"><figcaption>${say.prints}</figcaption><pre tabindex="0">${text}</pre></figure>`
    : html`<figure><figcaption>${labels[lang] ?? lang}<button type="button">${say.copy}</button></figcaption><pre tabindex="0">${text}</pre></figure>`;

const script = (say: Say) => `
if (matchMedia('(max-width: 56rem)').matches) document.querySelector('nav details').open = false;
for (const button of document.querySelectorAll('figure button'))
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.closest('figure').querySelector('pre').textContent);
    button.textContent = '${say.copied}';
    setTimeout(() => { button.textContent = '${say.copy}'; }, 2000);
  });`;

const more = `
header .other { margin-left: auto; font-size: .95rem; font-weight: 400; padding: .6rem 0; }
nav a[aria-current] { color: var(--ink); font-weight: 600; }
.frame { max-width: 100rem; } .guide p a, .guide li a, .guide td a { text-decoration: underline; text-underline-offset: .2em; }
.guide p, .guide li { max-width: 44rem; font-size: 1.02rem; line-height: 1.65; }
:lang(ko) .guide, :lang(ko) nav { word-break: keep-all; overflow-wrap: break-word; }
.guide h1 { margin-top: .6rem; font-size: 2rem; line-height: 1.25; } .guide h2 { margin-top: 2.6rem; }
.guide figure + p, .guide .pair + p { margin-top: 1rem; }
.guide h2 + p { color: inherit; margin-top: .4rem; } .guide li { margin: .25rem 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; align-items: start; }
.guide figure { margin: .8rem 0 0; min-width: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--card); }
.guide .out { margin-bottom: 1rem; }
.guide figcaption { display: flex; justify-content: space-between; align-items: center; padding: .1rem .4rem .1rem .9rem; min-height: 2.75rem; font-size: .85rem;
  font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); }
.guide figure pre { margin: 0; border-radius: 0; max-height: 34rem; font-size: .8rem; line-height: 1.55; } .guide pre:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.guide button { font: inherit; font-weight: 400; min-height: 2.75rem; min-width: 2.75rem; padding: 0 .6rem; color: var(--accent); background: none; border: 0; cursor: pointer; }
.guide .out { border-left: 3px solid var(--get); } .guide .out figcaption { min-height: 0; padding: .3rem .9rem 0; border: 0; background: var(--code); }
.guide .item { padding: .3rem .9rem .6rem; }
@media (max-width: 72rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 56rem) { nav { position: static; } nav a, nav summary { padding: .7rem 0; } }`;
