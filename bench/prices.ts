/**
 * The price book: what AWS asks for, in US dollars without tax. Where the price of Seoul could not be read, that of us-east-1
 * stands in for it, and the tables mark it. Sources:
 *
 * - `page`: AWS's price page, read in November 2026 (aws.amazon.com/cloudfront/pricing, .../cloudwatch/pricing)
 * - `list`: AWS's price list for ap-northeast-2, as others quote it with its usage types (APN2-...), June to October 2026
 * - `book`: the price book of the product's design, us-east-1, in part unverified there
 * - `known`: AWS's price page of us-east-1, by memory and not read again: check it before you decide something by it
 */
type Source = 'page' | 'list' | 'book' | 'known';

export type Region = 'ap-northeast-2' | 'us-east-1';

interface Price {
  /** US dollars a unit in us-east-1, and where that is from. */
  readonly virginia: readonly [usd: number, source: Source];
  /** US dollars a unit in ap-northeast-2, where it could be read. */
  readonly seoul?: readonly [usd: number, source: Source];
  /** What AWS gives every account each month for ever. What it gives for a year is not counted. */
  readonly free?: number;
}

const million = 1e6;
const price = (virginia: Price['virginia'], more: Omit<Price, 'virginia'> = {}): Price => ({ virginia, ...more });

/** Units: a request, a GB and second, a unit of the table, a GB, a message, a minute, an alarm's metric and so on. */
export const prices = {
  // APN2-Request
  lambdaRequest: price([0.2 / million, 'book'], { seoul: [0.2 / million, 'list'], free: million }),
  // arm64
  lambdaGbSecond: price([0.0000133334, 'book'], { free: 400_000 }),
  httpRequest: price([1 / million, 'book']),
  // APN2-ApiGatewayMessage, the first billion; each 32 KB
  socketMessage: price([1 / million, 'book'], { seoul: [1.14 / million, 'list'] }),
  socketMinute: price([0.25 / million, 'book']),
  // APN2-WriteRequestUnits, APN2-ReadRequestUnits
  tableWrite: price([0.625 / million, 'book'], { seoul: [0.68 / million, 'list'] }),
  tableRead: price([0.125 / million, 'book'], { seoul: [0.1355 / million, 'list'] }),
  tableGb: price([0.25, 'book'], { free: 25 }),
  // Point-in-time recovery, by the size of the table.
  tableBackupGb: price([0.2, 'known']),
  // APN2-Requests-Tier1 and -Tier2; APN2-TimedStorage-ByteHrs
  bucketPut: price([0.005 / 1000, 'book'], { seoul: [0.0045 / 1000, 'list'] }),
  bucketGet: price([0.0004 / 1000, 'book'], { seoul: [0.0035 / 10_000, 'list'] }),
  bucketGb: price([0.023, 'book'], { seoul: [0.025, 'list'] }),
  // HTTPS. The price of requests from South Korea is higher by a fifth, as far as known.
  edgeRequest: price([0.01 / 10_000, 'known'], { free: 10 * million }),
  edgeFunction: price([0.1 / million, 'page'], { seoul: [0.1 / million, 'page'], free: 2 * million }),
  mail: price([0.1 / 1000, 'book']),
  queueRequest: price([0.4 / million, 'known'], { free: million }),
  schedule: price([1 / million, 'book'], { free: 14 * million }),
  // APN2-DataProcessing-Bytes and APN2-VendedLog-Bytes; kept compressed, some seventh of it
  logGb: price([0.5, 'book'], { seoul: [0.76, 'list'], free: 5 }),
  logKeptGb: price([0.03, 'known'], { seoul: [0.0314, 'list'] }),
  // APN2-CW:MetricMonitorUsage
  ownMetric: price([0.3, 'known'], { seoul: [0.3, 'list'], free: 10 }),
  // APN2-CW:AlarmMonitorUsage. Each metric of an alarm; a Metrics Insights query pays for each that it looks at, none free.
  alarmMetric: price([0.1, 'book'], { seoul: [0.1, 'list'], free: 10 }),
  // One with more than 50 metrics.
  dashboard: price([3, 'known']),
  trace: price([5 / million, 'known'], { free: 100_000 }),
  secret: price([0.4, 'book']),
  secretRequest: price([0.05 / 10_000, 'known']),
} as const satisfies Record<string, Price>;
export type Priced = keyof typeof prices;

/** US dollars of a unit. */
export const priceOf = (name: Priced, region: Region): number => {
  const { virginia, seoul = virginia }: Price = prices[name];
  return (region === 'us-east-1' ? virginia : seoul)[0];
};

/** Whether the price of Seoul could not be read. */
export const isBorrowed = (name: Priced): boolean => (prices[name] as Price).seoul === undefined;

export const sourcesOf = (name: Priced): string => {
  const { virginia, seoul }: Price = prices[name];
  return `${seoul?.[1] ?? '-'}, ${virginia[1]}`;
};

/** What is free of it for ever, in units a month. */
export const freeOf = (name: Priced): number => (prices[name] as Price).free ?? 0;

/**
 * CloudFront to the internet, a GB: the price page of November 2026, `South Korea` and `United States`. People pay by where
 * they are, not by where the bucket is. In tiers of GB a month.
 */
const egressTiers: Readonly<Record<Region, readonly (readonly [upTo: number, usd: number])[]>> = {
  'ap-northeast-2': [
    [10_000, 0.12],
    [50_000, 0.1],
    [150_000, 0.095],
    [500_000, 0.09],
    [1_024_000, 0.08],
    [Number.POSITIVE_INFINITY, 0.07],
  ],
  'us-east-1': [
    [10_000, 0.085],
    [50_000, 0.08],
    [150_000, 0.06],
    [500_000, 0.04],
    [1_024_000, 0.03],
    [Number.POSITIVE_INFINITY, 0.025],
  ],
};
/** GB a month that CloudFront gives every account for ever. */
export const freeEgress = 1000;

/** US dollars for so many GB to the internet. What is free counts for the tiers like what is paid. */
export function egress(gb: number, region: Region, free: number): number {
  let usd = 0;
  let from = free;
  for (const [upTo, each] of egressTiers[region]) {
    const some = Math.max(0, Math.min(gb, upTo) - from);
    usd += some * each;
    from = Math.max(from, upTo);
  }
  return usd;
}

export const dollars = (usd: number) => (usd !== 0 && usd < 0.005 ? '< 0.01' : usd.toFixed(2));

/** So much of something in a month. */
export type Usage = Partial<Record<Priced, number>>;

/** US dollars of a month's usage, by what is used. */
export const billOf = (
  usage: Usage,
  region: Region,
  free: 'free counted' | 'free aside',
): Partial<Record<Priced, number>> =>
  Object.fromEntries(
    (Object.entries(usage) as [Priced, number][]).map(([name, units]) => [
      name,
      Math.max(0, units - (free === 'free counted' ? freeOf(name) : 0)) * priceOf(name, region),
    ]),
  );

export const sumOf = (bill: Readonly<Record<string, number>>): number =>
  Object.values(bill).reduce((all, usd) => all + usd, 0);

/** Both usages together. */
export function together(...usages: readonly Usage[]): Usage {
  const all: Partial<Record<Priced, number>> = {};
  for (const usage of usages)
    for (const [name, units] of Object.entries(usage) as [Priced, number][]) all[name] = (all[name] ?? 0) + units;
  return all;
}
