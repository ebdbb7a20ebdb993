/** The clock of a laptop that is moved: it stands until all is at rest, also where a retry waits for it. */
import { shiftedClock } from '../../../local/runtime/shifted-clock.ts';

test('what waits for the clock while the clock waits for it comes to its end, and the clock never goes back', async () => {
  const clock = shiftedClock(undefined, undefined, 5);
  const begin = clock.now();
  const target = begin + 60_000;
  const seen: number[] = [];
  let failed = 0;
  // A delivery fails twice, and is tried again a second and two later.
  const rest = () =>
    new Promise<void>((resolve) => {
      const attempt = () => {
        seen.push(clock.now());
        if (failed++ >= 2) resolve();
        else clock.at(clock.now() + failed * 1000, attempt);
      };
      attempt();
    });

  await clock.moveTo(target, rest, true);

  expect(seen.length).toBe(3);
  expect([seen[1]! - seen[0]!, seen[2]! - seen[1]!]).toEqual([1000, 2000]);
  expect(clock.now()).toBeGreaterThanOrEqual(target);
  expect(clock.now()).toBeLessThan(target + 30_000);
});

test('a clock that nothing waits for is moved to its instant, and runs what is due on the way', async () => {
  const clock = shiftedClock(undefined, undefined, 60_000);
  const begin = clock.now();
  const ran: number[] = [];
  clock.at(begin + 2000, () => void ran.push(2));
  clock.at(begin + 1000, () => void ran.push(1));
  clock.at(begin + 600_000, () => void ran.push(3));

  await clock.moveTo(begin + 300_000, async () => {});

  expect(ran).toEqual([1, 2]);
  expect(clock.now() - begin).toBeGreaterThanOrEqual(300_000);
  expect(clock.now() - begin).toBeLessThan(330_000);
});
