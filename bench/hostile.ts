/**
 * `npm run bench -- hostile`: what a million requests of somebody who wants to do harm cost, and what a day can cost at most.
 * Requests are metered in the local cloud, as long as they are let in and when they are refused.
 */
import { features } from '../functions/features.ts';
import { alarming, alarmingGrowth, ceilingsOf } from '../lib/ceilings.ts';
import { stages } from '../lib/stages.ts';
import { quotaKey } from '../shared/data/quota.ts';
import { workOf } from '../shared/http/fair-use.ts';
import { fairUse } from '../shared/product/fair-use-limits.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, startMoim } from '../test/support/moim.ts';
import { put } from '../test/support/table.ts';
import { type Hostile, hostileRequests, most } from './hostile-requests.ts';
import type { Fixed } from './idle.ts';
import { prodFixed, runUsage, times, unseen } from './money.ts';
import { billOf, dollars, egress, type Priced, priceOf, type Region, sumOf, together, type Usage } from './prices.ts';
import { type Part, type Table, verdict } from './report.ts';

const million = 1e6;
const networks = 1000;
/** One request as it was metered: what AWS bills for it, and its work as fair use counts it. */
interface Measured {
  readonly usage: Usage;
  readonly bytes: number;
  readonly work: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

interface Line {
  readonly message: string;
  readonly route?: string;
  readonly requests?: number;
  readonly roundTrips?: number;
  readonly readUnits?: number;
  readonly writeUnits?: number;
  readonly refusedUnits?: number;
}

/** Sends a request and reads what it and all that follows cost. */
async function metered(
  moim: Moim,
  hostile: Hostile,
  nth: number,
  fixed: Fixed,
): Promise<Measured & { status: number }> {
  await moim.settle();
  const read = moim.logs.length;
  const mails = moim.mail.list({}).length;
  const { status, body } = await hostile.send(nth);
  const bytes = Buffer.byteLength(JSON.stringify(body)) + unseen.answerHeaders;
  await moim.settle();
  const lines = moim.logs.slice(read).map(({ functionId, line }) => {
    const {
      requests = 0,
      roundTrips = 0,
      readUnits = 0,
      writeUnits = 0,
      refusedUnits = 0,
      ...rest
    } = JSON.parse(line) as Line;
    return {
      ...rest,
      functionId,
      requests,
      roundTrips,
      readUnits,
      writeUnits,
      refusedUnits,
      logged: Buffer.byteLength(line),
    };
  });
  const own = lines.filter(({ message }) => message === 'answered');
  const all = lines.filter(({ message }) => ['answered', 'consumed'].includes(message));
  const sum = (name: 'readUnits' | 'writeUnits' | 'refusedUnits') => all.reduce((units, line) => units + line[name], 0);
  const [readUnits, writeUnits] = [sum('readUnits'), sum('writeUnits') + sum('refusedUnits')];
  const meter = own[0] ?? { requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0, refusedUnits: 0 };
  const authorizer = { functionId: 'sessions-http-authorizer', requests: 0, roundTrips: 0, logged: 0 };
  const usage = together(
    ...all.map((run) => runUsage(run, fixed, run === own[0] && status < 429 ? (hostile.cpuMs ?? 0) : 0)),
    hostile.judged ? runUsage(authorizer, fixed) : {},
    { httpRequest: 1, edgeRequest: 1, edgeFunction: 1, logGb: unseen.accessLine / 1e9 },
    { tableRead: readUnits, tableWrite: writeUnits, mail: moim.mail.list({}).length - mails },
  );
  return { status, usage, bytes, work: workOf(meter, bytes), readUnits, writeUnits };
}

const usd = ({ usage, bytes }: Pick<Measured, 'usage' | 'bytes'>, region: Region) =>
  sumOf(billOf(usage, region, 'free aside')) + egress(bytes / 1e9, region, 0);

/** The mean of several requests. */
function mean(all: readonly Measured[]): Measured {
  const of = (value: (each: Measured) => number) => all.reduce((sum, each) => sum + value(each), 0) / all.length;
  return {
    usage: times(together(...all.map(({ usage }) => usage)), 1 / all.length),
    bytes: of(({ bytes }) => bytes),
    work: of(({ work }) => work),
    readUnits: of(({ readUnits }) => readUnits),
    writeUnits: of(({ writeUnits }) => writeUnits),
  };
}

/** Makes the limit as good as used up, and sends until it refuses. */
async function refusedBy(moim: Moim, hostile: Hostile, fixed: Fixed): Promise<Measured | undefined> {
  if (!hostile.ends) return undefined;
  const now = moim.clock.now();
  const {
    times: uses,
    seconds,
    lot = 1,
  } = fairUse[hostile.ends.limit] as { times: number; seconds: number; lot?: number };
  await put(moim, 'Quota', {
    ...quotaKey(hostile.ends, now),
    used: uses,
    expiresAt: Math.floor(now / 1000) + seconds,
  } as never);
  for (let n = 0; n <= lot + 1; n++) {
    const answer = await metered(moim, hostile, 1000 + n, fixed);
    // The one that writes the lot finds it used up; from then on the process knows.
    if (answer.status === 429 && (n > 0 || lot === 1)) return metered(moim, hostile, 2000, fixed);
  }
  throw new Error(`${hostile.name} is not refused by ${hostile.ends.limit}`);
}

interface Row {
  readonly hostile: Hostile;
  readonly allowed: Measured;
  readonly letIn: number;
  readonly usd: Readonly<Record<Region, { readonly each: number; readonly together: number }>>;
}

/** Of a million requests in an hour: so many are let in, then its own limit refuses, and in the end its work. */
function judgedOf(hostile: Hostile, allowed: Measured, refused: Measured | undefined, free: Measured): Row {
  const { ends, who } = hostile;
  const isOpen = ends !== undefined && who === 'guest';
  const work = fairUse[who === 'guest' ? 'workFromPlace' : 'workOfAccount'].times;
  const own = ends ? fairUse[ends.limit].times / (ends.count ?? 1) : million;
  const isCounted = hostile.route !== '$default' && !hostile.judged;
  const letIn = Math.min(million, own, isOpen || !isCounted ? million : work / Math.max(1, allowed.work));
  const left = Math.max(0, work - letIn * allowed.work);
  const second = refused ? Math.min(million - letIn, isOpen ? million : left / Math.max(1, refused.work)) : 0;
  const third = million - letIn - second;
  const priced = (region: Region) => ({
    each: usd(allowed, region) * million,
    together: letIn * usd(allowed, region) + second * usd(refused ?? free, region) + third * usd(free, region),
  });
  return {
    hostile,
    allowed,
    letIn,
    usd: { 'us-east-1': priced('us-east-1'), 'ap-northeast-2': priced('ap-northeast-2') },
  };
}

const rounded = (value: number) => String(Math.round(value * 10) / 10);

function millionTable(rows: readonly Row[]): Table {
  const over = rows.filter(({ hostile, usd: { 'us-east-1': priced } }) => priced.together > most[hostile.who]);
  return {
    title: 'A million hostile requests in an hour, from one place',
    compares:
      'Each request is metered with all that follows by the stream, as long as it is let in, and when a limit refuses it. *If all were let in* is what a million would cost without any limit. The last two columns are what a million costs: so many are let in, the rest are refused, and refusals are paid too.',
    columns: ['request', 'who', 'R / W units', 'bytes', '$ if all were let in', 'let in', '$ us-east-1', '$ Seoul'],
    rows: rows.map(({ hostile, allowed, letIn, usd: { 'us-east-1': us, 'ap-northeast-2': seoul } }) => [
      hostile.name,
      hostile.who,
      `${rounded(allowed.readUnits)} / ${rounded(allowed.writeUnits)}`,
      String(Math.round(allowed.bytes)),
      dollars(us.each),
      letIn >= million ? 'all' : String(Math.floor(letIn)),
      dollars(us.together),
      dollars(seoul.together),
    ]),
    target: `<= $${most.guest} for a guest, <= $${most.member} for a member, in us-east-1`,
    verdict: verdict(over.length === 0, over.map(({ hostile }) => hostile.name).join('; ')),
    notes: [
      'A refusal costs what the distribution, the gateway, a short invocation and two lines of log cost. Whoever calls the API directly spares the distribution a third of it.',
      'A function counts in its memory and writes a lot at a time. So `n` processes let in up to `n` lots more than the table says: at 278 requests a second, a handful.',
      'A member is one account. One place signs up at most `signUpFromPlace` accounts an hour, each with a mail.',
      'Answers that the distribution gives from its cache cost no function and no units, and count for nobody: $1 a million requests and their bytes. What one address can load is bounded by its line: 1 Gbit/s of cached lists is $38 an hour in us-east-1. The web ACL of a stage holds it (`firewall` in `lib/stages.ts`: $6 a month and $0.60 a million requests). Without one, the daily budget tells of it, hours later.',
    ],
  };
}

function ceilingTable(): Table {
  const ceilings = ceilingsOf(stages.prod, networks);
  const at = (name: Priced, units: number) => units * priceOf(name, 'us-east-1');
  const rows: [string, string, number, string, string][] = [
    [
      'read units',
      ceilings.readUnits.toExponential(1),
      at('tableRead', ceilings.readUnits),
      'fuse of the table',
      '`hostile-use`: 4 M in an hour',
    ],
    [
      'write units',
      ceilings.writeUnits.toExponential(1),
      at('tableWrite', ceilings.writeUnits),
      'fuse of the table',
      '`hostile-use`: 1 M in an hour',
    ],
    [
      'requests',
      ceilings.requests.toExponential(1),
      ceilings.requests * 3e-6,
      'fuse of the gateway',
      '`hostile-use`, by the bytes of their answers; the budget',
    ],
    [
      'mails that strangers order',
      String(ceilings.mails),
      at('mail', ceilings.mails),
      '`newMail`, `recovery` and one an hour for each network',
      '`hostile-use`: 600 in an hour',
    ],
    [
      'bytes sent to guests by the API',
      `${(ceilings.bytesToGuests / 1e12).toFixed(1)} TB`,
      egress(ceilings.bytesToGuests / 1e9, 'us-east-1', 0),
      '`workFromPlace`',
      '`hostile-use`: 20 GB in an hour',
    ],
    [
      'bytes stored',
      `${(ceilings.bytesStored / 1e12).toFixed(1)} TB`,
      at('bucketGb', ceilings.bytesStored / 1e9),
      'new accounts need a mail; `upload` for each',
      '`bucket-growing`: 50 GB in a day',
    ],
  ];
  const heard: readonly (readonly [string, number, number])[] = [
    ['read units', 24 * alarming.readUnits, ceilings.readUnits],
    ['write units', 24 * alarming.writeUnits, ceilings.writeUnits],
    ['mails', 24 * alarming.mails, ceilings.mails],
    ['bytes sent', 24 * alarming.bytes, ceilings.bytesToGuests],
    ['bytes stored', alarmingGrowth, ceilings.bytesStored],
  ];
  const unheard = heard.filter(([, rings, ceiling]) => rings >= ceiling / 2).map(([kind]) => kind);
  return {
    title: `The most of a day, from ${networks} places`,
    compares:
      'What fuses and sums let through in the stage `prod`, if a thousand places in as many networks do nothing else for a whole day. The dollars of stored bytes are those of each month that follows.',
    columns: ['kind', 'a day', '$ us-east-1', 'held by', 'rings before'],
    rows: rows.map(([kind, units, cost, held, rings]) => [kind, units, dollars(cost), held, rings]),
    target: 'each kind has a ceiling, and an alarm below it',
    verdict: verdict(unheard.length === 0, unheard.join(', ')),
    notes: [
      'All alarms ring within an hour, at less than half of a ceiling (`test/infra/functions.test.ts`). One alarm reads units, mails and bytes; the budget (`dailyDollars`) sees everything, some hours later.',
      'Accounts that come from identity providers need no mail of ours. They are held by `signUpFromPlace` alone.',
    ],
  };
}

export const hostile: Part = {
  name: 'hostile',
  title: 'Hostile requests',
  async run(step): Promise<Table[]> {
    await setUp();
    const fixed = prodFixed();
    const moim = await startMoim();
    const all = await hostileRequests(moim);
    const named = new Set(features.flatMap(({ routes }) => Object.keys(routes)));
    const unknown = all.filter(({ route }) => route && route !== '$default' && !named.has(route));
    if (unknown.length > 0) throw new Error(`no route ${unknown.map(({ route }) => route).join(', ')}`);
    step('fifty groups with full texts; now each request is sent');
    const rows: Row[] = [];
    let free: Measured | undefined;
    const measured: [Hostile, Measured, Measured | undefined][] = [];
    for (const each of all) {
      const allowed = [];
      for (let n = 0; n < 3; n++) allowed.push(await metered(moim, each, n, fixed));
      const wrong = allowed.find(({ status }) => status >= 429 || (each.who === 'member' && status >= 300));
      if (wrong) throw new Error(`${each.name} was answered ${wrong.status}`);
      const refused = await refusedBy(moim, each, fixed);
      if (each.route === 'checkAvailability') free = refused;
      measured.push([each, mean(allowed), refused]);
      step(each.name);
    }
    for (const [each, allowed, refused] of measured) rows.push(judgedOf(each, allowed, refused, free!));
    await moim.close();
    return [millionTable(rows), ceilingTable()];
  },
};
