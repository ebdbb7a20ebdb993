/** A board of any size with members whose points have changed, filled past every route. */
import { followMarks, marked, type Source } from '../../functions/activity/boards/boards.ts';
import { orderOf, type Points, packedHistogram } from '../../functions/activity/boards/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import { newMeter } from '../../shared/data/meter.ts';
import { type Table, tableOf } from '../../shared/data/table.ts';
import { create } from '../../shared/data/writes.ts';
import { now, setUp } from '../kernel/support.ts';
import { shortWire } from './short-wire.ts';
import { randomOf } from './simulated-room.ts';

export interface LargeBoard {
  readonly scopeId: string;
  readonly boardId: string;
  /** The points of everybody, before and after the changes. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly changed: readonly string[];
  /** Follows the changes: what the table takes for it, and how much processor time. */
  run(): Promise<{ readonly units: number; readonly requests: number; readonly cpuMs: number }>;
  readonly table: Table;
}

/** Half points of a season of many weeks: few climbers have very many. */
const pointsBy = (random: () => number) => 1 + Math.floor(-Math.log(1 - random()) * 1500 * (0.2 + random()));

/**
 * A board of so many members, of whom some have got more points. Of the members, only those who change are stored: no request
 * asks for another one.
 */
export async function largeBoard(members: number, changes: number, stored = changes): Promise<LargeBoard> {
  const random = randomOf(7);
  const wire = shortWire(setUp().engine);
  const open = (meter = newMeter()) => tableOf(wire, 'moim', { useCase: 'follow', meter });
  const table = open();
  const scopeId = newId(now);
  const boardId = `${scopeId}:1`;
  const before = Array.from({ length: members }, () => pointsBy(random));
  const people = Array.from({ length: stored }, () => newId(now));
  const counts = new Map<number, number>();
  for (const points of before) counts.set(points, (counts.get(points) ?? 0) + 1);
  await table.commit([create('Board', { scopeId, boardId, version: 1, members, histogram: packedHistogram(counts) })]);
  for (const [i, accountId] of people.entries()) {
    const score: Points = { points: before[i]!, reachedAt: now };
    await table.commit([create('Score', { boardId, accountId, ...score, order: orderOf(score) })]);
  }
  const changed = people.slice(0, changes);
  const after = before.map((points, i) => (i < changes ? points + 1 + Math.floor(random() * 40) : points));
  for (const accountId of changed) await table.commit([marked(scopeId, accountId, now)]);
  const place = new Map(people.map((accountId, i) => [accountId, i]));
  const source: Source = {
    scopeId,
    boardIds: [boardId],
    standings: async (accountIds) =>
      new Map(
        accountIds.map((accountId) => [
          accountId,
          new Map([[boardId, { points: after[place.get(accountId)!]!, reachedAt: now + 1 }]]),
        ]),
      ),
  };
  return {
    ...{ scopeId, boardId, before, after, changed, table },
    async run() {
      const meter = newMeter();
      const counted = open(meter);
      const start = process.cpuUsage();
      await followMarks(counted, scopeId, async () => source);
      const { user, system } = process.cpuUsage(start);
      return { units: meter.readUnits + meter.writeUnits, requests: meter.requests, cpuMs: (user + system) / 1000 };
    },
  };
}
