/**
 * `npm run pictures`: the pictures of the README, of a moim that is filled as `MOIM_DEMO=1 npm start` fills it. They are drawn
 * with the site's own font, on any machine, and go into `docs/pictures`. Look at each before you commit it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Filled } from '../../local/demo/fill.ts';
import { emailOf } from '../../local/demo/people.ts';
import type { Name } from '../../local/demo/words.ts';
import { decode, encode } from '../../shared/images/codecs.ts';
import { startMoim } from '../support/moim.ts';
import { headerOf } from '../support/pictures.ts';
import { desk, ownFont, phone, publishSite, signInOn } from './support/browser.ts';
import { dawn, evening, filled } from './support/demo.ts';
import setUp from './support/global-setup.ts';
import { chromiumPath } from './support/seats.ts';

const folder = 'docs/pictures';
/** Bytes: a page with all of them still opens quickly. */
const most = 60_000;

interface Shot {
  readonly name: string;
  readonly path: (groups: Filled) => string;
  readonly wide?: true;
  /** Whoever else than Mina looks at it. */
  readonly as?: Name;
  /** What is scrolled to the upper edge. */
  readonly from?: string;
}

const shots: readonly Shot[] = [
  { name: 'home', path: () => '/' },
  { name: 'group', path: ({ algorithm }) => `/groups/${algorithm}` },
  { name: 'feed', path: ({ algorithm }) => `/groups/${algorithm}`, from: '#feed' },
  { name: 'progress', path: ({ algorithm }) => `/groups/${algorithm}/progress` },
  { name: 'review', path: ({ algorithm }) => `/groups/${algorithm}/review` },
  { name: 'find', path: () => '/find' },
  { name: 'chat', path: ({ study }) => `/groups/${study}/rooms/${study}` },
  { name: 'league', path: () => '/leagues' },
  { name: 'ranking', as: 'doyun', path: ({ climbing }) => `/groups/${climbing}/ranking` },
  { name: 'wide', path: ({ algorithm }) => `/groups/${algorithm}`, wide: true },
];

async function take(page: Page, url: string, { from }: Shot): Promise<Uint8Array> {
  await page.goto(url);
  await page.locator('main h1').first().waitFor();
  await page.locator('.skeletons').waitFor({ state: 'detached' });
  if (from)
    await page.evaluate(`scrollTo(0, document.querySelector('${from}').getBoundingClientRect().top + scrollY - 118)`);
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => 0)');
  const png = await page.screenshot({ animations: 'disabled' });
  const pixels = await decode(png, headerOf(png)!);
  for (let quality = 86; quality > 40; quality -= 8) {
    const webp = await encode(pixels, quality);
    if (webp.length <= most) return webp;
  }
  throw new Error(`${url} does not fit into ${most} bytes`);
}

async function takeAll(browser: Browser, url: string, groups: Filled, theme: 'light' | 'dark'): Promise<void> {
  for (const [as, its] of Map.groupBy(shots, (shot) => shot.as ?? 'mina')) {
    const context = await browser.newContext({
      ...{ locale: 'ko-KR', timezoneId: 'Asia/Seoul', colorScheme: theme, serviceWorkers: 'block' },
      deviceScaleFactor: 1.5,
    });
    await context.clock.setFixedTime(evening);
    await context.addInitScript(ownFont);
    const page = await context.newPage();
    await page.goto(`${url}/manifest.webmanifest`);
    await signInOn(page, emailOf(as));
    for (const shot of its) {
      await page.setViewportSize(shot.wide ? desk : phone);
      const file = join(folder, `${shot.name}-${theme}.webp`);
      const webp = await take(page, url + shot.path(groups), shot);
      writeFileSync(file, webp);
      console.log(`${(webp.length / 1000).toFixed(0).padStart(4)} KB  ${file}`);
    }
    await context.close();
  }
}

await setUp();
mkdirSync(folder, { recursive: true });
const moim = await startMoim({ now: dawn });
await publishSite(moim);
console.log('filling moim');
const groups = await filled(moim);
const browser = await chromium.launch({ executablePath: chromiumPath });
for (const theme of ['light', 'dark'] as const) await takeAll(browser, moim.apiUrl, groups, theme);
await browser.close();
await moim.close();
process.exit(0);
