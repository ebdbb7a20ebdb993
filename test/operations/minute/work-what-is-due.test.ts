import { iso } from '../../../shared/core/time.ts';
import { parkedShard } from '../../../shared/data/due.ts';
import { useMoim } from '../../support/moim.ts';
import { lastTick, someone, tick } from '../../support/people.ts';
import { itemsOf, put, putAll } from '../../support/table.ts';

const moim = useMoim();
const unknown = (n: number, tries = 0) => ({
  shard: String(n % 4),
  at: iso(moim.clock.now()),
  kind: 'unknown',
  subject: `0193f2a0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
  token: `token-${n}`,
  tries,
});

test('a minute in which nothing is due is four queries at once, and no write', async () => {
  await tick(moim);

  const { requests, roundTrips, readUnits, writeUnits } = lastTick(moim);
  expect({ requests, roundTrips, readUnits, writeUnits }).toEqual({
    requests: 4,
    roundTrips: 1,
    readUnits: 2,
    writeUnits: 0,
  });
  expect(moim.functions.find(({ id }) => id === 'minute-job')).toMatchObject({ memory: 1769, timeout: 900 });
});

test('entries that nobody can work delay nobody: an archive behind them is made in the same minute', async () => {
  const ari = await someone(moim);
  await putAll(moim, 'Due', Array.from({ length: 120 }, (_, n) => unknown(n)) as never);
  await ari.post('/v1/accounts/me/exports');

  await tick(moim);

  expect(lastTick(moim)).toMatchObject({ failed: 120, makeExport: 1 });
  expect((await ari.get('/v1/accounts/me/exports')).body.items).toMatchObject([{ status: 'READY' }]);
  const left = await itemsOf(moim, 'Due');
  expect(left.map(({ kind, at, tries }) => [kind, at, tries])).toEqual(
    Array(120).fill(['unknown', iso(moim.clock.now() + 60_000), 1]),
  );
});

test('an entry that failed ten times is put aside, and the alarm is told', async () => {
  await put(moim, 'Due', unknown(1000, 9) as never);

  await tick(moim);

  const parked = await itemsOf(moim, 'Due', { shard: parkedShard });
  expect(parked).toMatchObject([{ kind: 'unknown', subject: unknown(1000).subject, tries: 10 }]);
  const told = moim.logs.map(({ line }) => JSON.parse(line)).filter((line) => line.DueParked !== undefined);
  expect(told).toMatchObject([{ DueParked: 1, stage: 'dev', kind: 'unknown', subject: unknown(1000).subject }]);
});
