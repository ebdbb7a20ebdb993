/**
 * `npm run bench -- money`: what moim costs in US dollars a month. Fixed parts are read from the synthesized templates of
 * `prod`, what people do is metered in the local cloud, and the price book is in `prices.ts`.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../lib/synthesize.ts';
import setUp from '../test/support/global-setup.ts';
import { type Moim, startMoim } from '../test/support/moim.ts';
import { type Fixed, fixedOf, idleUsage } from './idle.ts';
import { liveTheJourney, type Step, steps } from './journey.ts';
import type { Run, Told } from './metered.ts';
import { photoTables } from './photo-tables.ts';
import {
  billOf,
  dollars,
  egress,
  isBorrowed,
  type Priced,
  priceOf,
  prices,
  sourcesOf,
  sumOf,
  together,
  type Usage,
} from './prices.ts';
import { authorizations, itemsGb, mails, profile, pushed, visits } from './profile.ts';
import { type Part, type Table, verdict } from './report.ts';

const people = 1000;
const gigabyte = 1e9;

/**
 * The time that Lambda bills. The CPU of a request grows with its calls to the table (`npm run bench -- cpu`; sockets and
 * signing over HTTP are about half of it), and a small function has a part of a core. A call takes some milliseconds.
 */
const work = { baseCpuMs: 0.5, cpuMsACall: 1, callMs: 5, passwordCpuMs: 40 };
/** The part of invocations that start a process, and the CPU of a start to its first answer. Lambda bills it too. */
const cold = { share: 0.03, cpuMs: 170 };
/** Bytes of Lambda's own three lines for each invocation, of a line of an API's access log, of the headers of an answer. */
export const unseen = { platformLines: 330, accessLine: 330, answerHeaders: 700 };

function lambdaSeconds(
  { requests, roundTrips }: Pick<Run, 'requests' | 'roundTrips'>,
  memory: number,
  more = 0,
): number {
  const cpuMs = work.baseCpuMs + requests * work.cpuMsACall + cold.share * cold.cpuMs + more;
  return (cpuMs * Math.max(1, 1769 / memory) + roundTrips * work.callMs) / 1000;
}

export function runUsage(run: Run, { memory }: Fixed, more = 0): Usage {
  const mb = memory[run.functionId];
  if (mb === undefined) throw new Error(`no template has the function ${run.functionId}`);
  return {
    lambdaRequest: 1,
    lambdaGbSecond: (lambdaSeconds(run, mb, more) * mb) / 1024,
    logGb: (run.logged + unseen.platformLines) / gigabyte,
  };
}

export const times = (usage: Usage, factor: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([name, units]) => [name, units * factor]));

/** Steps of sockets; the others are requests. */
const isSocket = (step: Step) => ['$connect', '$disconnect', 'ping'].includes(steps[step]);

/** What one step uses, with all that follows by the stream. */
function stepUsage(step: Step, told: Told, fixed: Fixed): Usage {
  const password = ['signIn', 'signUp'].includes(steps[step]) ? work.passwordCpuMs : 0;
  return together(
    ...told.runs.map((run, i) => runUsage(run, fixed, i === 0 ? password : 0)),
    {
      tableRead: told.readUnits + told.stream.readUnits,
      tableWrite: told.writeUnits + told.refusedUnits + told.stream.writeUnits + told.stream.refusedUnits,
      logGb: unseen.accessLine / gigabyte,
    },
    // A ping is answered by a message.
    isSocket(step) ? { socketMessage: step === 'ping' ? 2 : 1 } : { httpRequest: 1, edgeRequest: 1, edgeFunction: 1 },
  );
}

/** What all people use in a month, without photos, and the GB that their answers have. */
function monthOf(costs: ReadonlyMap<Step, Told>, fixed: Fixed): { usage: Usage; egressGb: number } {
  let egressBytes = 0;
  const usages = (Object.entries(profile) as [Step, { times: number }][]).map(([step, often]) => {
    const told = costs.get(step);
    if (!told) throw new Error(`the journey has no "${step}"`);
    if (!isSocket(step)) egressBytes += often.times * (told.answered + unseen.answerHeaders);
    return times(stepUsage(step, told, fixed), often.times);
  });
  const authorizer = { functionId: 'sessions-http-authorizer', requests: 0, roundTrips: 0, logged: 0 };
  const one = together(...usages, times(runUsage(authorizer, fixed), authorizations), {
    socketMessage: pushed,
    socketMinute: visits.times * visits.minutes,
    mail: mails,
    tableGb: itemsGb,
    tableBackupGb: itemsGb,
  });
  const all = times(one, people);
  // Logs are kept for three months, compressed to a seventh. With tracing, Lambda records nearly every invocation.
  const more: Usage = {
    logKeptGb: ((all.logGb ?? 0) * 3) / 7,
    ...(fixed.tracing ? { trace: all.lambdaRequest ?? 0 } : {}),
  };
  return { usage: together(all, more), egressGb: (egressBytes * people) / gigabyte };
}

/** What a unit is called in a table. */
const unitNames: Partial<Readonly<Record<Priced, string>>> = {
  httpRequest: 'requests',
  lambdaRequest: 'invocations',
  lambdaGbSecond: 'GB-s',
  tableRead: 'R',
  tableWrite: 'W',
  tableGb: 'GB',
  tableBackupGb: 'GB backed up',
  socketMessage: 'messages',
  socketMinute: 'minutes',
  edgeRequest: 'requests',
  edgeFunction: 'runs',
  logGb: 'GB',
  logKeptGb: 'GB kept',
  mail: 'mails',
  trace: 'traces',
};

const groups: readonly (readonly [name: string, parts: readonly Priced[]])[] = [
  ['HTTP API', ['httpRequest']],
  ['Lambda', ['lambdaRequest', 'lambdaGbSecond']],
  ['DynamoDB', ['tableRead', 'tableWrite', 'tableGb', 'tableBackupGb']],
  ['WebSocket API', ['socketMessage', 'socketMinute']],
  ['CloudFront: requests and functions', ['edgeRequest', 'edgeFunction']],
  ['logs', ['logGb', 'logKeptGb']],
  ['mail', ['mail']],
  ['X-Ray', ['trace']],
];

const count = (units: number) =>
  units >= 1e6
    ? `${(units / 1e6).toFixed(2)} M`
    : units >= 1000
      ? `${(units / 1000).toFixed(0)} k`
      : units.toPrecision(2);
const inAll = (usage: Usage, region: 'ap-northeast-2' | 'us-east-1', free: 'free counted' | 'free aside') =>
  sumOf(billOf(usage, region, free));
const mark = (parts: readonly Priced[]) => (parts.some(isBorrowed) ? ' *' : '');
const columns = ['a month', '$ Seoul', '$ us-east-1', '$ Seoul, free use counted'] as const;
const starNote = '\\*: at least one price of Seoul could not be read; that of us-east-1 stands in for it (last table).';

/** The parts of a usage as cells: in Seoul, in us-east-1, and in Seoul with what AWS gives for ever. */
function usd(usage: Usage, parts: readonly Priced[]): string[] {
  const some = Object.fromEntries(Object.entries(usage).filter(([name]) => parts.includes(name as Priced))) as Usage;
  return [
    dollars(inAll(some, 'ap-northeast-2', 'free aside')) + mark(parts.filter((part) => some[part])),
    dollars(inAll(some, 'us-east-1', 'free aside')),
    dollars(inAll(some, 'ap-northeast-2', 'free counted')),
  ];
}

function monthTable({ usage, egressGb }: ReturnType<typeof monthOf>): Table {
  const rows = groups
    .filter(([, parts]) => parts.some((part) => usage[part]))
    .map(([name, parts]) => [
      name,
      parts.map((part) => `${count(usage[part] ?? 0)} ${unitNames[part]}`).join(', '),
      ...usd(usage, parts),
    ]);
  const away = [egress(egressGb, 'ap-northeast-2', 0), egress(egressGb, 'us-east-1', 0)] as const;
  const seoul = inAll(usage, 'ap-northeast-2', 'free aside') + away[0];
  const virginia = inAll(usage, 'us-east-1', 'free aside') + away[1];
  const target = 1.56;
  return {
    title: 'A month of 1,000 people, without photos',
    compares: `Units of the metered journey, as often as the profile says. Free for ever means: for an account, each month, such as a million requests of Lambda, 25 GB of the table and a terabyte of CloudFront.`,
    columns: ['part', ...columns],
    rows: [
      ...rows,
      ['CloudFront: answers to people', `${egressGb.toFixed(1)} GB`, dollars(away[0]), dollars(away[1]), '0.00'],
      ['**together**', '', dollars(seoul), dollars(virginia), dollars(inAll(usage, 'ap-northeast-2', 'free counted'))],
    ],
    target: `<= $${target} in us-east-1, no free use counted (the design's figure, which had no distribution before the API)`,
    verdict: verdict(virginia <= target, `$${dollars(virginia)}`),
    notes: [
      starNote,
      `Lambda is billed by a model: ${work.baseCpuMs} ms of a core a request and ${work.cpuMsACall} ms a call to the table, ${work.callMs} ms of waiting a round trip, and ${cold.cpuMs} ms of a core for the ${cold.share * 100} % of invocations that start a process. Nothing was deployed.`,
      `Tracing (\`lib/stages.ts\`) is ${usage.trace ? 'on' : 'off'}. Lambda would record nearly all of the ${count(usage.lambdaRequest ?? 0)} invocations, for $${dollars((usage.lambdaRequest ?? 0) * priceOf('trace', 'us-east-1'))}.`,
    ],
  };
}

/** Which use cases the money for the table and for functions goes to. */
function shares(costs: ReadonlyMap<Step, Told>, fixed: Fixed): Table {
  const bills = (Object.entries(profile) as [Step, { times: number; why: string }][]).map(([step, often]) => {
    const told = costs.get(step)!;
    const { tableRead = 0, tableWrite = 0 } = stepUsage(step, told, fixed);
    const bill = inAll(times({ tableRead, tableWrite }, often.times * people), 'ap-northeast-2', 'free aside');
    return { step, often, tableRead, tableWrite, bill };
  });
  const all = bills.reduce((sum, { bill }) => sum + bill, 0);
  const asked = bills.filter(({ step }) => !isSocket(step)).reduce((sum, { often }) => sum + often.times, 0);
  const events = bills.filter(({ step }) => isSocket(step)).reduce((sum, { often }) => sum + often.times, 0);
  return {
    title: 'The profile, and where the money for the table goes',
    compares: `A person's month: ${Math.round(asked)} requests and ${Math.round(events)} events of a socket, in ${visits.times} visits of ${visits.minutes} minutes (${visits.why}). Units are those of the request and of all that follows by the stream.`,
    columns: ['use case', 'times', 'R / W units', '$ of 1,000 people', 'share', 'why so often'],
    rows: bills
      .sort((a, b) => b.bill - a.bill)
      .map(({ step, often, tableRead, tableWrite, bill }) => [
        `${step} (\`${steps[step]}\`)`,
        String(often.times),
        `${Math.round(tableRead * 10) / 10} / ${Math.round(tableWrite * 10) / 10}`,
        bill.toFixed(3),
        `${((bill / all) * 100).toFixed(0)} %`,
        often.why,
      ]),
    target: 'none: it says what a change of a use case is worth',
    verdict: 'nothing to judge',
  };
}

/** What one run of each job uses while nothing is due. */
async function jobUsage(moim: Moim, fixed: Fixed): Promise<Usage> {
  const usages: Usage[] = [];
  for (const [job, runs] of Object.entries(fixed.jobs)) {
    const read = moim.logs.length;
    await moim.runSchedule(`moim-dev-${job}`);
    await moim.settle();
    const told = moim.logs.slice(read).find(({ line }) => line.includes('"done"'));
    if (!told) throw new Error(`${job} did not say what it did`);
    const { requests, roundTrips, readUnits, writeUnits } = JSON.parse(told.line) as Told;
    const run = { functionId: told.functionId, requests, roundTrips, logged: Buffer.byteLength(told.line) };
    usages.push(times(together(runUsage(run, fixed), { tableRead: readUnits, tableWrite: writeUnits }), runs));
  }
  return together(...usages);
}

function idleTable(fixed: Fixed, jobs: Usage): Table {
  const usage = together(idleUsage(fixed), jobs);
  const runs = Object.values(fixed.jobs).reduce((all, some) => all + some, 0);
  const parts: [string, string, readonly Priced[]][] = [
    ['secrets', String(fixed.secrets), ['secret']],
    [`${fixed.alarms} alarms`, `${fixed.alarmMetrics} metrics`, ['alarmMetric']],
    [
      'jobs that find nothing due',
      `${count(runs)} runs`,
      ['lambdaRequest', 'lambdaGbSecond', 'tableRead', 'tableWrite', 'logGb', 'schedule'],
    ],
    ['polling of a queue', `${count(usage.queueRequest ?? 0)} requests`, ['queueRequest']],
    ['dashboard', `${fixed.dashboardMetrics} of 50 free metrics`, ['dashboard']],
  ];
  const all = inAll(usage, 'ap-northeast-2', 'free counted');
  return {
    title: 'An idle month of a stage',
    compares:
      'The stage `prod` without anybody: what its templates hold, and the runs of its jobs, metered while nothing is due.',
    columns: ['part', ...columns],
    rows: [
      ...parts.map(([name, units, priced]) => [name, units, ...usd(usage, priced)]),
      [
        '**together**',
        '',
        dollars(inAll(usage, 'ap-northeast-2', 'free aside')),
        dollars(inAll(usage, 'us-east-1', 'free aside')),
        dollars(all),
      ],
    ],
    target: '<= $0.60 with free use counted',
    verdict: verdict(
      all <= 0.6,
      `$${dollars(all)}, of which secrets ${dollars(fixed.secrets * priceOf('secret', 'ap-northeast-2'))}`,
    ),
    notes: [
      starNote,
      'Lambda reads the stream of the table for nothing. A dashboard is counted only where it has more than 50 metrics: three smaller ones are free.',
      'Ten metrics of alarms are free in an account, not in a stage: a second stage in the same account pays for all of its own.',
    ],
  };
}

const priceTable = (): Table => ({
  title: 'The price book',
  compares:
    'US dollars a unit. Sources of both prices: `page` is a price page that was read, `list` the price list of AWS as others quote it, `book` the design’s price book, `known` was not read again (`bench/prices.ts`).',
  columns: ['unit', '$ Seoul', '$ us-east-1', 'free for ever', 'sources'],
  rows: (Object.keys(prices) as Priced[]).map((name) => {
    const { free } = prices[name] as { free?: number };
    const perMillion = priceOf(name, 'us-east-1') < 0.0005;
    const shown = (value: number) =>
      perMillion ? `${Number((value * 1e6).toPrecision(6))} a million` : String(Number(value.toPrecision(6)));
    return [
      name,
      isBorrowed(name) ? '*' : shown(priceOf(name, 'ap-northeast-2')),
      shown(priceOf(name, 'us-east-1')),
      free === undefined ? '' : count(free),
      sourcesOf(name),
    ];
  }),
  target: 'each price of Seoul is read from AWS',
  verdict: verdict(
    !(Object.keys(prices) as Priced[]).some(isBorrowed),
    (Object.keys(prices) as Priced[]).filter(isBorrowed).join(', '),
  ),
});

/** The templates of `prod`, written aside. */
export const prodFixed = (assets?: string): Fixed =>
  fixedOf(
    synthesize({ stage: 'prod', outdir: mkdtempSync(join(tmpdir(), 'moim-cdk-')), ...(assets ? { assets } : {}) }),
  );

/** Everything that is measured for the tables but the sizes of photos. */
export async function measured(step: (text: string) => void) {
  const fixed = prodFixed();
  step('the templates of prod are read');
  const idle = await startMoim();
  const jobs = await jobUsage(idle, fixed);
  await idle.close();
  const moim = await startMoim();
  step('moim runs in this process; two people sign up');
  const costs = await liveTheJourney(moim, step);
  await moim.close();
  return { fixed, jobs, costs };
}

/** The tables of the month, from what was measured. */
export const monthTables = ({ fixed, jobs, costs }: Awaited<ReturnType<typeof measured>>) => ({
  idle: idleTable(fixed, jobs),
  month: monthTable(monthOf(costs, fixed)),
  shares: shares(costs, fixed),
});

export const money: Part = {
  name: 'money',
  title: 'Money',
  async run(step): Promise<Table[]> {
    await setUp();
    const { idle, month, shares: byUseCase } = monthTables(await measured(step));
    step('photos are painted and made smaller');
    return [idle, month, ...(await photoTables(people)), byUseCase, priceTable()];
  },
};
