/** Fair use in memory: what it lets through, beside one count of everything. */
import { tallies } from '../../shared/data/tally.ts';
import { fairUse } from '../../shared/product/fair-use-limits.ts';
import { Problem } from '../../shared/product/problems.ts';
import { setUp } from './support.ts';

const limit = 'codeFromPlace';
const { times, lot, seconds } = fairUse[limit];
const here = setUp();
let places = 0;

/** Counts uses in several processes in turn; gives how many went through. */
async function passed(processes: number, uses: number, subject: string, now: number) {
  const tallied = Array.from({ length: processes }, () => tallies()(here.open()));
  let through = 0;
  for (let n = 0; n < uses; n++) {
    const refused = await tallied[n % processes]!.count({ limit, subject }, now).then(
      () => false,
      (error: unknown) => error instanceof Problem && error.code === 'TOO_MANY_REQUESTS',
    );
    if (!refused) through++;
  }
  return through;
}

test.each([1, 2, 5])('with %i processes the limit holds, but for less than a lot of each', async (processes) => {
  const through = await passed(processes, 3 * times, `place ${places++}`, 0);

  expect(through).toBeGreaterThanOrEqual(times);
  expect(through).toBeLessThan(times + processes * lot);
});

test('fewer uses than a lot write nothing, and what is refused asks nothing', async () => {
  const subject = `place ${places++}`;
  const open = tallies();
  const asked = here.operations.length;
  for (let n = 1; n < lot; n++) await open(here.open()).count({ limit, subject }, 0);
  expect(here.operations).toHaveLength(asked);

  for (let n = 0; n < 2 * times; n++)
    await open(here.open())
      .count({ limit, subject }, 0)
      .catch(() => undefined);
  const before = here.operations.length;
  await expect(open(here.open()).count({ limit, subject }, 0)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  expect(() => open(here.open()).refuse({ limit, subject }, 0)).toThrow(Problem);
  expect(here.operations).toHaveLength(before);
});

test('a window that is over counts no more, and another subject never did', async () => {
  const subject = `place ${places++}`;
  const open = tallies();
  for (let n = 0; n < 2 * times; n++)
    await open(here.open())
      .count({ limit, subject }, 0)
      .catch(() => undefined);

  const counts = open(here.open());
  expect(() => counts.refuse({ limit, subject }, seconds * 1000 - 1)).toThrow(Problem);
  expect(() => counts.refuse({ limit, subject }, seconds * 1000)).not.toThrow();
  await expect(counts.count({ limit, subject: `${subject} else` }, 0)).resolves.toBeUndefined();
});

test('places without end push out the oldest, and cost a process no more memory', async () => {
  const open = tallies();
  const counts = open(here.open());
  const spent = { limit, subject: `place ${places++}` } as const;
  for (let n = 0; n < 2 * times; n++) await counts.count(spent, 0).catch(() => undefined);
  expect(() => counts.refuse(spent, 0)).toThrow(Problem);
  for (let n = 0; n < 20_000; n++) await counts.count({ limit, subject: `many ${n}` }, 0);

  // Forgotten here, but not in the table: the next lot is refused again.
  expect(() => counts.refuse(spent, 0)).not.toThrow();
});
