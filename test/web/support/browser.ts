/** Browsers for tests: each has its own person, a clock that stands with moim's, and faults that no test may leave behind. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { BrowserContext, Page } from 'playwright-core';
import { deploySite } from '../../../bin/web-deploy.ts';
import { until } from '../../journeys/until.ts';
import { hasFailed } from '../../support/each-test.ts';
import { type Moim, type Person, password, useMoim } from '../../support/moim.ts';
import { closeSoon, idle, launched, leaveSeat, newSeat, noteUse, type Seat, stayOpen } from './seats.ts';

/** Where `global-setup.ts` leaves the built site. */
export const siteFolder = '.build/test/web';

const lastSeen = '.build/test/web-last-seen';

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

export interface VisitOptions {
  readonly locale?: 'ko' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  /** With the service worker: only for what happens without a network. */
  readonly worker?: boolean;
  /** With what moves: each frame costs, so most visitors want less motion. */
  readonly motion?: boolean;
  /** A browser that nobody had before, and nobody has after: for scripts of its own, devices and permissions. */
  readonly fresh?: boolean;
}

/** A browser with one page. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page, and what its security policy refused. Read and empty it where a test causes some. */
  readonly faults: string[];
  /** Opens a path of the site. */
  go(path: string): Promise<void>;
  /** Leads to a path as a link would, without loading the page. */
  lead(path: string): Promise<void>;
  /** Waits until the screen is whole: nothing stands for what comes, and nothing is asked any more. */
  whole(): Promise<void>;
  /** Waits until the page hears of what happens elsewhere: its socket opens after its first screen. */
  live(): Promise<void>;
  /** Waits until a screen with this title is there, and nothing stands for what it is about: a title comes before its data. */
  titled(text: string | RegExp): Promise<void>;
}

interface VisitAsOptions extends VisitOptions {
  readonly path?: string;
  /** A browser that is open already. */
  readonly within?: Visitor;
}

export interface Web {
  readonly moim: Moim;
  /** A browser without a person. */
  visit(options?: VisitOptions): Promise<Visitor>;
  /** A browser in which a person of `moim.person` is signed in, with home or another path open. */
  visitAs(person: Person, options?: VisitAsOptions): Promise<Visitor>;
  /**
   * The same, for all tests of a file: it stays open, and is shown in another theme, language or width. Paths are led to: only
   * another language, or a link with a secret, loads the page.
   */
  again(person: Person, options: VisitOptions & { readonly path: string }): Promise<Visitor>;
  /** Moves moim's clock and those of all browsers. */
  moveTo(instant: string): Promise<void>;
}

/** The clock of the worker, which no tool moves: it stands as far off as moim's did at the start. */
const shifted = (ms: number) => `{
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ms}); }
    static now() { return Real.now() + ${ms}; }
  };
}
`;

/** Two frames and an idle moment: what was answered is drawn, and what follows from it has been asked. */
const rest = `new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => setTimeout(done, 60), { timeout: 1000 }))))`;

/** Keeps what was on the screens last, for whoever asks why a test failed. */
async function keepLastSeen(visitors: readonly Visitor[]): Promise<void> {
  const name = expect
    .getState()
    .currentTestName!.replace(/[^\p{L}\d]+/gu, '-')
    .slice(0, 80);
  mkdirSync(lastSeen, { recursive: true });
  const pages = visitors.flatMap(({ context }) => context.pages());
  for (const [i, page] of pages.entries())
    await page.screenshot({ path: join(lastSeen, `${name}-${i}.png`), timeout: 5000 }).catch(() => {});
}

/** Puts the built site where a deployment puts it, with a worker whose clock stands with moim's. */
export async function publishSite(moim: Moim): Promise<void> {
  const { accessKeyId, secretAccessKey } = moim.owner;
  const offset = moim.clock.now() - Date.now();
  const client = new S3Client({
    endpoint: moim.awsUrl,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    systemClockOffset: offset,
  });
  const folder = mkdtempSync(join(tmpdir(), 'moim-site-'));
  cpSync(siteFolder, folder, { recursive: true });
  const worker = join(folder, 'sw.js');
  writeFileSync(worker, shifted(offset) + readFileSync(worker, 'utf8'));
  const assets = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const others = readdirSync(folder).filter((name) => name !== 'assets');
  await deploySite(client, { folder, files: [...assets, ...others] });
  rmSync(folder, { recursive: true });
}

/** Signs a person in, on a page of the site. Its browser is theirs from then on. */
export async function signInOn(page: Page, email: string): Promise<void> {
  const body = JSON.stringify({ email, password, keep: 'COOKIE' });
  const headers = { 'content-type': 'application/json' };
  const sent = JSON.stringify({ method: 'POST', headers, body });
  const signIn = `fetch('/v1/sessions', ${sent}).then((answer) => answer.json()).then(({ accountId, code }) => {
    if (accountId) localStorage.setItem('account', accountId);
    return code;
  })`;
  const refused = await page.evaluate(signIn);
  if (refused) throw new Error(`${email} could not sign in: ${refused}`);
}

/** The site's own font in every window: a machine without Korean letters draws the same as any other. */
export const ownFont =
  "addEventListener('DOMContentLoaded', () => document.querySelector('#fonts')?.removeAttribute('disabled'))";

/**
 * Starts moim with its site, and a browser, before a file's tests. A fault of any page fails the test that caused it.
 *
 * @param now where the clock stands at first
 */
export function useWeb({ now }: { readonly now?: number } = {}): Web {
  stayOpen();
  // Pages of a free port upload, too. No template can know the port.
  const moim = useMoim({
    lists: true,
    ...(now === undefined ? {} : { now }),
    edit: ({ Resources }) => {
      for (const { Properties } of Object.values(Resources)) {
        const cors = Properties.CorsConfiguration as { CorsRules: { AllowedOrigins: string[] }[] } | undefined;
        for (const rule of cors?.CorsRules ?? []) rule.AllowedOrigins = ['*'];
      }
    },
  });
  const open: Visitor[] = [];
  const seats = new Map<Visitor, Seat>();
  const keptVisitors = new Map<string, { readonly visitor: Visitor; locale: 'ko' | 'en'; hasSecret?: boolean }>();
  const keptNow = () => [...keptVisitors.values()].map(({ visitor }) => visitor);
  beforeAll(async () => {
    await Promise.all([publishSite(moim), launched()]);
  });
  afterEach(async () => {
    const all = [...open, ...keptNow()];
    const faults = all.flatMap((visitor) => visitor.faults.splice(0));
    if (hasFailed() || faults.length > 0) await keepLastSeen(all);
    // A process that has ended says no more what it used.
    await noteUse();
    await Promise.all(open.splice(0).map((visitor) => leaveSeat(seats.get(visitor)!, moim.apiUrl)));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await noteUse();
    await Promise.all(keptNow().map(({ context }) => context.close()));
    closeSoon();
  });

  async function visit(options: VisitOptions = {}): Promise<Visitor> {
    const { locale = 'ko', theme = 'light', viewport = phone, worker = false, motion = false, fresh = false } = options;
    const used = worker || fresh ? undefined : idle[locale].pop();
    const seat = used ?? (await newSeat({ locale, worker, isKept: !worker && !fresh }));
    const { page, context, faults, asked } = seat;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: motion ? 'no-preference' : 'reduce' });
    await context.clock.setFixedTime(moim.clock.now());
    const visitor: Visitor = {
      page,
      context,
      faults,
      go: async (path) => void (await page.goto(moim.apiUrl + path)),
      lead: (path) =>
        page.evaluate(
          `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
        ),
      async whole() {
        await page.locator('.skeletons').first().waitFor({ state: 'detached' });
        // What is asked after a pause of the page, too.
        do await page.evaluate(rest);
        while (asked.size > 0);
      },
      live: async () => void (await until(() => page.evaluate('globalThis.isLive'), Boolean)),
      async titled(text) {
        await page.getByRole('heading', { level: 1, name: text }).waitFor();
        await page.locator('.skeletons').first().waitFor({ state: 'detached' });
      },
    };
    seats.set(visitor, seat);
    open.push(visitor);
    return visitor;
  }

  async function visitAs(person: Person, { path = '/', within, ...options }: VisitAsOptions = {}) {
    const visitor = within ?? (await visit(options));
    // Any file of the site: the request must come from its origin, as the cookie does.
    await visitor.go('/manifest.webmanifest');
    await signInOn(visitor.page, person.email);
    await visitor.go(path);
    return visitor;
  }

  async function again(person: Person, options: VisitOptions & { readonly path: string }) {
    const { locale = 'ko', theme = 'light', viewport = phone, path } = options;
    const kept = keptVisitors.get(person.id);
    if (!kept) {
      const visitor = await visitAs(person, options);
      open.splice(open.indexOf(visitor), 1);
      keptVisitors.set(person.id, { visitor, locale });
      return visitor;
    }
    const { visitor } = kept;
    await visitor.page.setViewportSize(viewport);
    await visitor.page.emulateMedia({ colorScheme: theme });
    // What a link brought in is kept by the page and the tab.
    const hasSecret = path.includes('#');
    if (kept.locale !== locale || hasSecret || kept.hasSecret) {
      await visitor.page.evaluate(`localStorage.setItem('locale', '${locale}'); sessionStorage.clear()`);
      await visitor.go(path);
      Object.assign(kept, { locale, hasSecret });
      return visitor;
    }
    // Away first: a screen that is shown already would stay as it is.
    await visitor.lead('/away');
    await visitor.lead(path);
    return visitor;
  }

  async function moveTo(instant: string) {
    await moim.clock.advanceTo(Date.parse(instant));
    await Promise.all([...open, ...keptNow()].map(({ context }) => context.clock.setFixedTime(instant)));
  }
  return { moim, visit, visitAs, again, moveTo };
}
