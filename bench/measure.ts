/** The median of some numbers. With two middle numbers, their mean. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export const times = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`;
export const kilobytes = (bytes: number) => (bytes / 1000).toFixed(0);
export const ms = (value: number) => value.toFixed(1);
export const us = (value: number) => value.toFixed(value < 10 ? 2 : 0);

export type Work = () => unknown;

async function cpuOf(work: Work, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const rounds = 15;
/**
 * Microseconds of a batch: far above the resolution of the clock, and short enough that all alternatives meet the same
 * load.
 */
const batch = 20_000;
/** Work before the measurement starts. The compiler still makes SDK calls faster after one second. */
const warmUp = { microseconds: 1_500_000, calls: 20_000 };

/**
 * CPU time of each alternative in microseconds per call, over all threads of the process. Batches of the alternatives
 * take turns, so that other load affects them equally. Gives back the median of the rounds.
 */
export async function cpuTimes<Name extends string>(
  works: Readonly<Record<Name, Work>>,
): Promise<Record<Name, number>> {
  const entries = Object.entries(works) as [Name, Work][];
  const counts = new Map<Name, number>();
  for (const [name, work] of entries) {
    let count = 10;
    let last = 0;
    for (let used = 0, calls = 0; last < batch || (used < warmUp.microseconds && calls < warmUp.calls); ) {
      // Doubles the number of calls while a batch is too short to be measured well.
      if (last < batch) count *= 2;
      last = await cpuOf(work, count);
      used += last;
      calls += count;
    }
    counts.set(name, Math.max(1, Math.ceil((count * batch) / last)));
  }
  const found = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of entries) {
      const count = counts.get(name)!;
      found.get(name)!.push((await cpuOf(work, count)) / count);
    }
  return Object.fromEntries(entries.map(([name]) => [name, median(found.get(name)!)])) as Record<Name, number>;
}
