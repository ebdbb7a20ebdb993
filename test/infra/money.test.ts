/** The parts of `npm run bench -- money`: the profile names what exists, and each part of the bill is reckoned right. */
import { fixedOf, idleUsage, monthMinutes, runsAMonth } from '../../bench/idle.ts';
import { type Step, steps } from '../../bench/journey.ts';
import { measured, monthTables } from '../../bench/money.ts';
import { plansOf } from '../../bench/photo-tables.ts';
import { loadedShare, type PhotoPlan, photoBill, photoUsage } from '../../bench/photos.ts';
import { photoSizes } from '../../bench/pictures.ts';
import { billOf, egress, freeOf, type Priced, priceOf, prices, together } from '../../bench/prices.ts';
import { photoHabits, profile } from '../../bench/profile.ts';
import { features } from '../../functions/features.ts';
import { templatesOf } from './templates.ts';

const { stacks } = templatesOf(features, 'prod');
const fixed = fixedOf(stacks);

test('the profile and the journey name only routes and socket actions that there are', () => {
  const there = new Set([
    ...features.flatMap(({ routes }) => Object.keys(routes)),
    ...features.flatMap(({ actions }) => Object.values(actions).map(({ name }) => name)),
    '$connect',
    '$disconnect',
  ]);

  expect(Object.entries(steps).filter(([, name]) => !there.has(name))).toEqual([]);
  expect(Object.keys(profile).filter((step) => !(step in steps))).toEqual([]);
});

test('the profile is the month that it says: 367 requests and 72 events of sockets', () => {
  const sum = (ofSockets: boolean) =>
    Object.entries(profile)
      .filter(([step]) => ['connect', 'ping', 'disconnect'].includes(step) === ofSockets)
      .reduce((all, [, { times }]) => all + times, 0);

  expect([Math.round(sum(false)), sum(true)]).toEqual([367, 72]);
});

describe('an idle month', () => {
  test('is read from the templates', () => {
    const text = JSON.stringify(stacks);

    expect(fixed.secrets).toBe(text.match(/"AWS::SecretsManager::Secret"/g)!.length);
    expect(Object.keys(fixed.memory)).toHaveLength(text.match(/"Type":"AWS::Lambda::Function"/g)!.length);
    expect(fixed.memory).toMatchObject({ 'groups-http': 1024, 'minute-job': 1769 });
    expect(fixed.jobs).toMatchObject({ 'minute-tick': monthMinutes, 'sessions-rotateKeys': 1 });
    expect([fixed.polledQueues, fixed.tracing]).toEqual([2, false]);
    // With more, the dashboard costs three dollars.
    expect(fixed.dashboardMetrics).toBeLessThanOrEqual(50);
  });

  test.each([
    ['rate(5 minutes)', monthMinutes / 5],
    ['rate(1 day)', 365.25 / 12],
    ['cron(* * * * ? *)', monthMinutes],
    ['cron(0 9 * * ? *)', 365.25 / 12],
    ['cron(0/10 3-4 * * ? *)', (12 * 365.25) / 12],
    ['cron(5,35 0-22/2 1,15 * ? *)', 2 * 12 * 2],
  ])('counts the runs of %s', (expression, runs) => {
    expect(runsAMonth(expression)).toBeCloseTo(runs, 6);
  });

  test('does not count what it cannot read', () => {
    expect(() => runsAMonth('cron(0 9 ? * MON *)')).toThrow('cannot count');
  });

  test('pays for metrics above ten, for secrets, and for no small dashboard', () => {
    const usage = idleUsage({ ...fixed, alarmMetrics: 13, secrets: 2, dashboardMetrics: 50 });
    const bill = billOf(usage, 'ap-northeast-2', 'free counted');

    expect(bill.alarmMetric).toBeCloseTo(0.3, 9);
    expect(bill.secret).toBeCloseTo(0.8, 9);
    expect(bill.dashboard).toBeUndefined();
    expect(idleUsage({ ...fixed, dashboardMetrics: 51 }).dashboard).toBe(1);
  });
});

describe('prices', () => {
  test('are positive, and a thing of Seoul costs at most twice what it costs in us-east-1', () => {
    for (const name of Object.keys(prices) as Priced[]) {
      const ratio = priceOf(name, 'ap-northeast-2') / priceOf(name, 'us-east-1');
      expect([name, ratio > 0.5 && ratio < 2]).toEqual([name, true]);
      expect(freeOf(name)).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([
    [1000, 1000, 0],
    [1001, 1000, 0.12],
    [12_000, 0, 10_000 * 0.12 + 2000 * 0.1],
    [12_000, 1000, 9000 * 0.12 + 2000 * 0.1],
  ])('%d GB to the internet, %d of them free', (gb, free, usd) => {
    expect(egress(gb, 'ap-northeast-2', free)).toBeCloseTo(usd, 6);
  });

  test('of two usages are those of their sum', () => {
    expect(together({ secret: 1, mail: 2 }, { mail: 3 })).toEqual({ secret: 1, mail: 5 });
  });
});

describe('photos', () => {
  const plan: PhotoPlan = { name: 'one', kept: [1e6], feed: 2e5, opened: 1e6, makingSeconds: 0 };

  test('that are looked at again within ten minutes are not loaded again', () => {
    // 60 looks in 18 visits of 15 minutes: one each 4.5 minutes, so an address has changed at 45 % of later looks.
    expect(loadedShare()).toBeCloseTo((1 + (60 / 18 - 1) * 0.45) / (60 / 18), 9);
    expect(loadedShare({ feeds: 18, steadyMinutes: 10 })).toBe(1);
    expect(loadedShare({ feeds: 60, steadyMinutes: 1 })).toBe(1);
  });

  test('are kept and shown as the profile says', () => {
    const { usage, egressGb } = photoUsage(plan, 1000);
    const loaded = 1000 * 60 * loadedShare() * 20;

    expect(usage.bucketGb).toBe(12 * 12);
    expect(usage.bucketPut).toBe(36_000);
    expect(usage.edgeRequest).toBeCloseTo(loaded + 1000 * photoHabits.opened, 6);
    expect(egressGb).toBeCloseTo((loaded * 2e5 + 10_000 * 1e6) / 1e9, 6);
  });

  test('cost what is kept and what is above the free terabyte', () => {
    const used = photoUsage({ ...plan, feed: 2e6 }, 1000);
    const { kept, egress: shown, all, making, requests } = photoBill(used, 'ap-northeast-2', 'free counted');

    expect(kept).toBeCloseTo(144 * 0.025, 9);
    expect(shown).toBeCloseTo((used.egressGb - 1000) * 0.12, 6);
    expect(all).toBeCloseTo(kept + making + requests + shown, 9);
    expect(photoBill(used, 'ap-northeast-2', 'free aside').egress - shown).toBeCloseTo(120, 6);
  });

  test('are smaller the smaller they are shown, and the way of today is the dearest', async () => {
    const sizes = { original: 3e6, shown: { 1600: 250_000, 480: 30_000 } };
    const bills = plansOf(sizes).map((each) => photoBill(photoUsage(each, 1000), 'ap-northeast-2', 'free counted').all);
    const painted = await photoSizes(2, [480, 120], { width: 960, height: 720 });

    expect([...bills].sort((a, b) => b - a)).toEqual(bills);
    expect(painted.original).toBeGreaterThan(painted.shown[480]!);
    expect(painted.shown[480]).toBeGreaterThan(painted.shown[120]!);
  });
});

test('a month is metered, and each table has its sum', async () => {
  const { idle, month, shares } = monthTables(await measured(() => {}));
  const sumOfRows = ({ rows }: typeof month, column: number) =>
    rows.slice(0, -1).reduce((all, row) => all + (Number.parseFloat(row[column]!) || 0), 0);
  const together = ({ rows }: typeof month, column: number) => Number(rows.at(-1)![column]);

  for (const table of [idle, month])
    for (const column of [2, 3, 4])
      expect(Math.abs(sumOfRows(table, column) - together(table, column))).toBeLessThan(0.06);
  expect(together(month, 3)).toBeGreaterThan(0.5);
  expect(shares.rows.map(([name]) => name!.split(' (')[0] as Step).sort()).toEqual(Object.keys(profile).sort());
});
