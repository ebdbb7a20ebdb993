/** The web client on a slow phone: paint, long tasks, shifts, calls and bytes, beside a bare page of the same server. */
import { S3Client } from '@aws-sdk/client-s3';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { deploySite } from '../bin/web-deploy.ts';
import { startCloud } from '../local/cloud.ts';
import { password } from '../local/demo/people.ts';
import { bundleOf } from '../local/runtime/bundles.ts';
import { systemClock } from '../local/runtime/clock.ts';
import setUp from '../test/support/global-setup.ts';
import { testTemplates } from '../test/support/templates.ts';
import { buildWeb } from '../web/build.ts';
import { median } from './measure.ts';
import { type Part, type Table, verdict } from './report.ts';
import { fullGroup } from './web-group.ts';

const rounds = 5;
/** Chrome's profile of a slow phone network: bytes a second, and milliseconds there and back. */
const network = { offline: false, downloadThroughput: 200_000, uploadThroughput: 94_000, latency: 150 };
const slowdown = 4;
const phone = { width: 390, height: 844 };
/** Milliseconds without a long task after which a screen has come to rest. */
const restMs = 1000;

interface Seen {
  /** Milliseconds until the largest paint; the sum of what tasks took above 50 ms. */
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly calls: number;
  readonly bytes: number;
}

/** Runs in the page before anything else. */
const watch = `(() => {
  const seen = { lcp: 0, tbt: 0, cls: 0, last: 0 };
  globalThis.seen = seen;
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime; seen.last = performance.now(); });
  on('longtask', (entry) => { seen.tbt += entry.duration - 50; seen.last = performance.now(); });
  on('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
})()`;

const atRest = `new Promise((resolve) => {
  const look = () => (performance.now() - seen.last > ${restMs} ? resolve() : setTimeout(look, 100));
  look();
})`;

/** Opens an address as a phone does, and waits until nothing more happens. */
async function open(page: Page, url: string, shown: string): Promise<Seen> {
  let calls = 0;
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (new URL(request.url).pathname.startsWith('/v1/')) calls++;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(url);
  await page.locator(shown).first().waitFor({ timeout: 60_000 });
  await page.waitForLoadState('networkidle');
  await page.evaluate(atRest);
  const { lcp, tbt, cls } = (await page.evaluate('seen')) as Seen;
  await session.detach();
  return { lcp, tbt, cls, calls, bytes };
}

interface Look {
  readonly name: string;
  readonly path: string;
  /** What is there when the screen is. */
  readonly shown: string;
  readonly signedIn?: true;
  /** The second visit of a browser that keeps its answers and files. */
  readonly again?: true;
  readonly lcp?: number;
  readonly tbt?: number;
}

async function contextOf(browser: Browser, url: string, { signedIn, again }: Look): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ viewport: phone, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    ...{ locale: 'ko-KR', timezoneId: 'Asia/Seoul', serviceWorkers: again ? 'allow' : 'block' },
  });
  await context.addInitScript(watch);
  if (!signedIn) return context;
  const page = await context.newPage();
  // Any file of the site: the request must come from its origin, as the cookie does.
  await page.goto(`${url}/manifest.webmanifest`);
  const body = JSON.stringify({ email: 'mina@example.com', password, keep: 'COOKIE' });
  const sent = JSON.stringify({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await page.evaluate(
    `fetch('/v1/sessions', ${sent}).then((answer) => answer.json()).then(({ accountId }) => localStorage.setItem('account', accountId))`,
  );
  await page.close();
  return context;
}

/** The files and answers of a first visit, as a phone has them at its second. */
async function visitBefore(context: BrowserContext, url: string, { path, shown }: Look): Promise<void> {
  const page = await context.newPage();
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(url + path);
    await page.locator(shown).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate('navigator.serviceWorker.ready.then(() => 0)');
  }
  // Answers are written down in groups.
  await page.waitForTimeout(1500);
  await page.close();
}

async function measured(browser: Browser, url: string, look: Look): Promise<Seen> {
  const context = await contextOf(browser, url, look);
  if (look.again) await visitBefore(context, url, look);
  const page = await context.newPage();
  const seen = await open(page, url + look.path, look.shown);
  await context.close();
  return seen;
}

const medianOf = (all: readonly Seen[]): Seen => {
  const of = (name: keyof Seen) => median(all.map((each) => each[name]));
  return { lcp: of('lcp'), tbt: of('tbt'), cls: of('cls'), calls: of('calls'), bytes: of('bytes') };
};

/** All screens in turns, so that other load meets them alike. */
async function inTurns(browser: Browser, url: string, looks: readonly Look[], step: (text: string) => void) {
  const found = new Map<Look, Seen[]>(looks.map((look) => [look, []]));
  for (let round = 1; round <= rounds; round++) {
    step(`round ${round} of ${rounds}`);
    for (const look of looks) found.get(look)!.push(await measured(browser, url, look));
  }
  return looks.map((look) => ({ look, seen: medianOf(found.get(look)!) }));
}

async function start() {
  await setUp();
  const cloud = await startCloud({
    ...{ template: testTemplates(), clock: systemClock, load: bundleOf, listen: 'random', inProcess: true },
    siteBuild: () => '',
  });
  const built = await buildWeb({ folder: '.build/bench/web' });
  const { accessKeyId, secretAccessKey } = cloud.owner;
  const client = new S3Client({
    ...{ endpoint: cloud.awsUrl, region: 'us-east-1', forcePathStyle: true },
    credentials: { accessKeyId, secretAccessKey },
  });
  await deploySite(client, built);
  const { PutObjectCommand, ListBucketsCommand } = await import('@aws-sdk/client-s3');
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  // The same server, headers and path through the distribution, and nothing else.
  await client.send(
    new PutObjectCommand({
      ...{ Bucket: Buckets.find(({ Name }) => Name?.startsWith('site'))!.Name, Key: 'bare.html' },
      ...{ ContentType: 'text/html; charset=utf-8', CacheControl: 'no-cache' },
      Body: '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bare</title><h1>A bare page</h1></html>',
    }),
  );
  return cloud;
}

export const web: Part = {
  name: 'web',
  title: 'The web client on a slow phone',
  async run(step) {
    const cloud = await start();
    step('moim runs in this process, with its site; a group of twelve lays bricks');
    const groupId = await fullGroup(cloud);
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
    const looks: readonly Look[] = [
      { name: 'a bare page', path: '/bare.html', shown: 'h1' },
      { name: 'welcome', path: '/', shown: 'main h1', lcp: 1200 },
      { name: 'home, first', path: '/', shown: '.today', signedIn: true, lcp: 2000 },
      { name: 'home, again', path: '/', shown: '.today', signedIn: true, again: true, lcp: 1000 },
      { name: 'full group, first', path: `/groups/${groupId}`, shown: '.proof', signedIn: true },
      { name: 'full group, again', path: `/groups/${groupId}`, shown: '.proof', signedIn: true, again: true },
      { name: 'find', path: '/find', shown: '.find-card', signedIn: true },
    ];
    const found = await inTurns(browser, cloud.apiUrl, looks, step);
    await browser.close();
    await cloud.close();
    return [tableOf(found)];
  },
};

const most = { tbt: 200, cls: 0.01 };

function tableOf(found: readonly { readonly look: Look; readonly seen: Seen }[]): Table {
  const bare = found[0]!.seen.lcp;
  const misses = found
    .slice(1)
    .flatMap(({ look, seen }) => [
      ...(look.lcp && seen.lcp > look.lcp ? [`${look.name} painted after ${seen.lcp.toFixed(0)} ms`] : []),
      ...(seen.tbt > most.tbt ? [`${look.name} blocks for ${seen.tbt.toFixed(0)} ms`] : []),
      ...(seen.cls > most.cls ? [`${look.name} shifts by ${seen.cls.toFixed(3)}`] : []),
    ]);
  return {
    title: 'Screens of the web client',
    compares: `A phone of 390 x 844 with its processor slowed ${slowdown} times, 1.6 Mbit/s and 150 ms, in Chromium: milliseconds until the largest paint, and beside a bare page of the same server in the same run; milliseconds that long tasks block (above 50 each); layout shifts; calls of the API, session and socket ticket included; KB over the network. "Again" has the worker, its files and the kept answers. Medians of ${rounds}, in turns.`,
    columns: ['screen', 'LCP', 'beside bare', 'TBT', 'CLS', 'calls', 'KB'],
    rows: found.map(({ look, seen }) => [
      look.name,
      seen.lcp.toFixed(0),
      `${(seen.lcp / bare).toFixed(2)}x`,
      seen.tbt.toFixed(0),
      seen.cls.toFixed(3),
      seen.calls.toFixed(0),
      (seen.bytes / 1000).toFixed(1),
    ]),
    target:
      'LCP: welcome 1,200 ms, home first 2,000, again 1,000. TBT 200 ms, also of a full group that comes back. CLS 0.01',
    verdict: verdict(misses.length === 0, misses.join('; ')),
    notes: [
      'The processor and the server are those of this machine: other work on it lengthens everything. Ratios to the bare page, calls and bytes are what to compare between runs.',
    ],
  };
}
