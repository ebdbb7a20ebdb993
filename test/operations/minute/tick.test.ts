/** The minute's run on the product's table layer and engine, with kinds of its own: what it promises to every kind. */
import { type Kinds, tickOf } from '../../../functions/operations/minute/service.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Due, due, dueShards, parkedShard, rescheduled, worked } from '../../../shared/data/due.ts';
import type { DueItem } from '../../../shared/data/items.ts';
import type { Table } from '../../../shared/data/table.ts';
import { tallies } from '../../../shared/data/tally.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { now, setUp } from '../../kernel/support.ts';
import { runs } from '../../support/runs.ts';

const minute = 60_000;
const idOf = (n: number) => `0193f2a0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const owed = (kind: string, n: number, at = now): Due => ({ kind, subject: idOf(n), at: iso(at) });

/** What is told to the log, by level. */
function logOf() {
  const lines: [level: string, fields: Record<string, unknown>][] = [];
  const at = (level: string) => (fields: Record<string, unknown>) => void lines.push([level, fields]);
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } as never };
}

function begin() {
  const here = setUp();
  const { lines, log } = logOf();
  const run = (kinds: Kinds<Kernel>, at: number, table: Table = here.open()) =>
    tickOf(kinds)({ now: at }, { table, tally: tallies()(table), log, environment: { STAGE: 'test' } });
  const entries = async (...shards: string[]): Promise<DueItem[]> =>
    (
      await Promise.all(
        (shards.length > 0 ? shards : dueShards).map(
          async (shard) => (await here.open().query('dueEntries', { shard }, { limit: 2000 })).items,
        ),
      )
    ).flat();
  const write = (...all: Due[]) => Promise.all(all.map((each) => here.open().commit([due(each)])));
  return { ...here, lines, run, entries, write };
}

/** A kind whose work is noted by the number of its subject; it fails for those that `poison` names. */
function noting(poison: (n: number) => boolean = () => false) {
  const seen: number[] = [];
  const work: Kinds<Kernel>[string]['work'] = async ({ subject }) => {
    const n = Number.parseInt(subject.slice(-12), 16);
    if (poison(n)) throw new Error(`poison ${n}`);
    seen.push(n);
    return 'done';
  };
  return { seen, work };
}

test('a minute in which nothing is due asks each shard once and writes nothing', async () => {
  const { run, write, table, meter } = begin();
  await write(...[1, 2, 3, 4].map((n) => owed('note', n, now + minute)));

  expect(await run({ note: noting() }, now, table)).toEqual({});
  expect(meter).toEqual({ requests: 4, roundTrips: 1, readUnits: 2, writeUnits: 0, refusedUnits: 0 });
});

test('what is due is worked once, whatever its shard; what is not is left, also where it comes within the minute', async () => {
  const { run, write, entries } = begin();
  const note = noting();
  const later = owed('note', 99, now + 1);
  await write(...Array.from({ length: 230 }, (_, n) => owed('note', n, now - n * minute)), later);

  const counts = await run({ note }, now);
  const again = await run({ note }, now);

  expect(counts).toEqual({ note: 230 });
  expect(note.seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 230 }, (_, n) => n));
  expect(again).toEqual({});
  // An entry never comes before its instant.
  expect(await entries()).toMatchObject([{ at: iso(now + minute), subject: later.subject }]);
});

test('an entry that fails comes back after 1, 2, 4 ... 60 minutes; after ten tries it is put aside, and an alarm told', async () => {
  const { run, write, entries, lines } = begin();
  await write(owed('note', 7));
  const tried: number[] = [];
  const note = {
    work: async ({ now: at }: { now: number }) => {
      tried.push((at - now) / minute);
      throw new Error('poison');
    },
  };

  for (let at = now; at <= now + 400 * minute; at += minute) await run({ note }, at);

  expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  expect(await entries()).toEqual([]);
  expect(await entries(parkedShard)).toMatchObject([{ kind: 'note', subject: idOf(7), tries: 10 }]);
  const told = lines.filter(([, fields]) => fields.DueParked === 1);
  expect(told).toMatchObject([['error', { kind: 'note', stage: 'test' }]]);
});

test('a kind that nobody has fails like any other; a new cause begins to count anew', async () => {
  const { run, write, entries } = begin();
  await write(owed('unknown', 1));

  const counts = await run({}, now);
  const [failed] = await entries();
  await write(owed('unknown', 1, now + minute));
  const [anew] = await entries();

  expect(counts).toEqual({ failed: 1 });
  expect(failed).toMatchObject({ at: iso(now + minute), tries: 1 });
  expect(anew).not.toHaveProperty('tries');
  expect(anew!.token).not.toBe(failed!.token);
});

test('1,000 entries that fail hold up nothing of what is behind them, in no shard, not in the same minute', async () => {
  const { run, write, entries } = begin();
  const note = noting((n) => n < 1000);
  await write(...Array.from({ length: 1000 }, (_, n) => owed('note', n, now - minute)));
  await write(...[1000, 1001, 1002, 1003].map((n) => owed('note', n)));

  const counts = await run({ note }, now);

  expect(counts).toEqual({ note: 4, failed: 1000 });
  expect(note.seen.toSorted()).toEqual([1000, 1001, 1002, 1003]);
  const left = await entries();
  expect(left).toHaveLength(1000);
  expect(new Set(left.map(({ at, tries }) => `${at} ${tries}`))).toEqual(new Set([`${iso(now + minute)} 1`]));
});

test('one run at a time works a shard; a lease that is old is taken over, and one that ended leaves none', async () => {
  const { run, write, entries, open } = begin();
  const note = noting();
  let inside = () => {};
  const entered = new Promise<void>((resolve) => {
    inside = resolve;
  });
  let goOn = () => {};
  const hanging = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const hangs = {
    work: async () => {
      inside();
      await hanging;
      return 'done' as const;
    },
  };
  await write(owed('hangs', 0));
  const first = run({ hangs, note }, now);
  await entered;
  // 4 is in the shard that is held, 5 is not.
  await write(owed('note', 4, now + minute), owed('note', 5, now + minute));

  await run({ note, hangs }, now + minute);
  const held = [...note.seen];
  const after = run({ note, hangs }, now + 5 * minute);
  goOn();
  await Promise.all([first, after]);

  expect(held).toEqual([5]);
  expect(note.seen).toEqual([5, 4]);
  expect(await entries()).toEqual([]);
  expect(await open().get('Lease', { name: 'due:0' })).toBeUndefined();
});

test('what takes long is begun when no shard is held, and comes back if the run that began it died', async () => {
  const { run, write, entries, open } = begin();
  const states: unknown[] = [];
  const slow = {
    long: true,
    work: async () => {
      const lease = await open().get('Lease', { name: 'due:0' });
      states.push([lease, (await entries()).map(({ at, tries }) => [at, tries])]);
      if (states.length < 3) throw new Error('died');
      return 'done' as const;
    },
  } as const;
  await write(owed('slow', 0));

  await run({ slow }, now);
  const failed = await entries();
  await run({ slow }, now + minute);
  await run({ slow }, now + 3 * minute);

  const away = (at: number, tries: number) => [undefined, [[iso(at + 20 * minute), tries]]];
  expect(states).toEqual([away(now, 1), away(now + minute, 2), away(now + 3 * minute, 3)]);
  expect(failed).toMatchObject([{ at: iso(now + minute), tries: 1 }]);
  expect(await entries()).toEqual([]);
});

test('work that is not done yet stays due', async () => {
  const { run, write, entries } = begin();
  await write(owed('big', 0));

  expect(await run({ big: { work: async () => 'more' } }, now)).toEqual({ big: 1 });
  expect(await entries()).toMatchObject([{ at: iso(now) }]);
});

test('where the table refuses all, the entry stays as it is, the others are worked, and the run fails', async () => {
  const { run, write, entries, faults } = begin();
  await write(owed('note', 1), owed('note', 3));
  const note = noting((n) => n === 1);
  faults.add({ kind: 'error500', times: 3, match: (body) => 'TransactItems' in body });

  await expect(run({ note }, now)).rejects.toThrow('1 entries were left as they are');
  expect(note.seen).toEqual([3]);
  expect(await entries()).toMatchObject([{ at: iso(now), subject: idOf(1) }]);
});

test('who moves a date takes the old entry out; of one minute the entry stays, under a new token; the same date writes nothing', async () => {
  const { table, write, entries } = begin();
  const [before, soon, later] = [owed('note', 1), owed('note', 1, now + 1000), owed('note', 1, now + 9 * minute)];
  await write(before);
  const [first] = await entries();

  expect(rescheduled(before, before)).toEqual([]);
  await table.commit(rescheduled(before, later));
  expect(await entries()).toMatchObject([{ at: iso(now + 9 * minute) }]);
  // The old one may be gone already, or put off.
  await table.commit(rescheduled(soon, before));
  await table.commit(rescheduled(later, undefined));
  const [again] = await entries();
  await table.commit(rescheduled(owed('note', 1, now - 1000), before));
  const [anew] = await entries();

  expect([again!.at, anew!.at]).toEqual([iso(now), iso(now)]);
  expect(new Set([first!.token, again!.token, anew!.token]).size).toBe(3);
});

/**
 * The fault of an earlier design, which counted the writes of an entry: a slow run looks, another takes the entry out, its
 * cause writes it anew, which counts from one again; then the slow run takes out what it never looked at.
 */
test('a slow run does not take out an entry that was taken out and written anew since it looked', async () => {
  const { table, run, write, entries } = begin();
  await write(owed('note', 1));
  const [seen] = await entries();
  const note = noting();
  await run({ note }, now);
  await write(owed('note', 1));

  const taken = await table.commit(worked(seen!));

  expect(taken).toBe(false);
  expect(await entries()).toHaveLength(1);
  await run({ note }, now + minute);
  expect(note.seen).toEqual([1, 1]);
});

/** Ten lists that causes add to; the work of an entry shows how long its list is. */
test.each(Array.from({ length: runs(3) }, (_, i) => i + 1))(
  'runs that overlap, die and lose answers leave nothing undone: seed %i',
  async (seed) => {
    const { open, run, entries, faults } = begin();
    let state = seed * 2_654_435_761;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    const shown = new Map<string, number>();
    const causesOf = async (scopeId: string) =>
      (await open().query('decisionsIn', { scopeId }, { limit: 500, consistent: true })).items.length;
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const follow = {
      work: async ({ subject }: { subject: string }) => {
        const seen = await causesOf(subject);
        for (let n = random() * 6; n > 0; n--) await pause();
        if (random() < 0.05) throw new Error('died before it showed');
        shown.set(subject, Math.max(seen, shown.get(subject) ?? 0));
        for (let n = random() * 6; n > 0; n--) await pause();
        if (random() < 0.05) throw new Error('died before the entry was taken out');
        return 'done' as const;
      },
    };
    for (const kind of ['timeoutAfter', 'timeoutBefore', 'error500', 'throttle'] as const)
      faults.add({ kind, times: 1000, match: () => random() < 0.01 });
    const cause = async () => {
      for (let n = 0; n < 40; n++) {
        const subject = idOf(Math.floor(random() * 10));
        const decided = { scopeId: subject, decidedAt: iso(now), decisionId: `${n} ${random()}` };
        await open()
          .commit([create('Decision', decided as never), due({ kind: 'follow', subject, at: iso(now) })])
          .catch(() => undefined);
        await pause();
      }
    };
    const tick = async () => {
      for (let n = 0; n < 15; n++) {
        // Leases are old at once, so that runs do overlap.
        await run({ follow }, now + n * 6 * minute).catch(() => undefined);
        await pause();
      }
    };

    await Promise.all([cause(), cause(), tick(), tick(), tick()]);
    faults.clear();
    for (let n = 0; n < 12; n++) await run({ follow }, now + (1000 + n * 61) * minute);

    expect(await entries()).toEqual([]);
    const subjects = Array.from({ length: 10 }, (_, i) => idOf(i));
    const numbers = await Promise.all(subjects.map(causesOf));
    expect(shown.size).toBeGreaterThan(0);
    expect(subjects.map((each) => shown.get(each) ?? 0)).toEqual(numbers);
  },
);
