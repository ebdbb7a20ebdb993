/** The browser of a worker, and its windows, which go from test to test. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { addCpu } from '../../support/cpu.ts';

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What a browser writes about its security policy. Answers of the API that are refused are no fault of a page. */
const isFault = (text: string) => /Content Security Policy|Trusted\s?(Type|Script|HTML)|Refused to/i.test(text);

let launching: Promise<Browser> | undefined;
let closing: NodeJS.Timeout | undefined;
/** The one browser of this worker, for all its files: to start one takes longer than most tests. */
export function launched(): Promise<Browser> {
  clearTimeout(closing);
  launching ??= chromium.launch({ executablePath: chromiumPath });
  return launching;
}
/** Keeps it open: another file begins. */
export const stayOpen = (): void => clearTimeout(closing);

/** Closes it unless a next file comes at once: a process with a browser does not end. */
export function closeSoon(): void {
  closing = setTimeout(() => {
    void launching?.then((browser) => browser.close());
    launching = undefined;
    used.clear();
    idle.ko.length = 0;
    idle.en.length = 0;
  }, 900);
}

/** A window with its own storage. To open one takes a second of CPU, so it goes from test to test, emptied in between. */
export interface Seat {
  readonly locale: 'ko' | 'en';
  readonly isKept: boolean;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[];
  /** Requests that are under way. */
  readonly asked: Set<unknown>;
}
export const idle: Readonly<Record<'ko' | 'en', Seat[]>> = { ko: [], en: [] };

/** Whether the socket of a page is open: what happens elsewhere before that is told to nobody. */
const watchSocket = `globalThis.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('open', () => { globalThis.isLive = true; });
  }
};
`;

/** What a screen reader is told, in order: a toast goes after seconds, and a busy machine looks later. */
const listen = `{
  const heard = (globalThis.heard = []);
  const last = new WeakMap();
  new MutationObserver(() => {
    for (const each of document.querySelectorAll('[role=status], output')) {
      const [now, text] = [each.firstElementChild, each.textContent.replace(/\\s+/g, ' ').trim()];
      // The same words may be said twice, by another toast.
      const before = last.get(each);
      if (text && (before?.text !== text || before.now !== now)) heard.push(text);
      last.set(each, { now, text });
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}`;

export async function newSeat({ locale, worker, isKept }: { locale: 'ko' | 'en'; worker: boolean; isKept: boolean }) {
  const context = await (await launched()).newContext({
    locale: locale === 'ko' ? 'ko-KR' : 'en-US',
    timezoneId: 'Asia/Seoul',
    serviceWorkers: worker ? 'allow' : 'block',
    deviceScaleFactor: 1,
  });
  await context.addInitScript(watchSocket + listen);
  const page = await context.newPage();
  // A busy machine is slow, and a test that waits fails only when what it waits for does not come.
  page.setDefaultTimeout(Number(process.env.WEB_TIMEOUT ?? 60_000));
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (process.env.WEB_LOG) process.stderr.write(`${message.type()} ${message.text()}\n`);
    if (message.type() === 'error' && isFault(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  const asked = new Set<unknown>();
  page.on('request', (request) => asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return { locale, isKept, context, page, faults, asked } satisfies Seat;
}

/** Leaves a window as nobody had it before, for the next; what cannot be left so is closed. */
export async function leaveSeat(seat: Seat, origin: string): Promise<void> {
  const { context, page, isKept, locale, faults, asked } = seat;
  try {
    if (!isKept || page.isClosed()) throw new Error('it is not kept');
    await Promise.all(context.pages().map((each) => each !== page && each.close()));
    await page.evaluate('sessionStorage.clear()').catch(() => {});
    // What it was about to send goes nowhere.
    await page.goto('about:blank');
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await session.detach();
    await context.clearCookies();
    faults.length = 0;
    asked.clear();
    idle[locale].push(seat);
  } catch {
    await context.close();
  }
}

/** Seconds of the browser's processes, by their ids; a page's process ends with its page. */
const used = new Map<number, number>();
export async function noteUse(): Promise<void> {
  const session = await (await launched()).newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { id, cpuTime } of processInfo) {
    addCpu(Math.max(0, cpuTime - (used.get(id) ?? 0)));
    used.set(id, cpuTime);
  }
}
