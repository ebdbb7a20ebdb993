/**
 * Boards whose workers overlap, die between any two calls, lose answers and repeat calls. Every call of every task waits until
 * the simulation lets it go, so any order of calls may come.
 */
import {
  closeBoard,
  followMarks,
  marked,
  type Source,
  type Standing,
  waitsSince,
} from '../../functions/activity/boards/boards.ts';
import type { BoardItem, ScoreItem } from '../../functions/activity/boards/items.ts';
import { type Points, rankIn } from '../../functions/activity/boards/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import { everyItem } from '../../shared/data/every-item.ts';
import { newMeter } from '../../shared/data/meter.ts';
import { ref, type Table, tableOf } from '../../shared/data/table.ts';
import { upsert } from '../../shared/data/writes.ts';
import { now, setUp } from '../kernel/support.ts';
import { type Fate, Lost, shortWire } from './short-wire.ts';
import { randomOf } from './simulated-room.ts';

const mostWorkers = 3;
const writersAtOnce = 4;
const [first, second, whole] = ['first', 'second', 'whole'];

/** What a member truly has on a board, as a text in an item of theirs. */
const named = (boardId: string) => `week ${boardId}` as const;

/** The differences that a simulation has found. */
export interface Faults {
  scores: number;
  ranks: number;
  histograms: number;
  orders: number;
  backwards: number;
  thawed: number;
}

/** The ranks of scores by counting, one by one. */
export const slowRank = (scores: readonly Points[], own: Points) =>
  1 + scores.filter(({ points }) => points > own.points).length;

export class SimulatedBoards {
  readonly faults: Faults = { scores: 0, ranks: 0, histograms: 0, orders: 0, backwards: 0, thawed: 0 };
  readonly happened = { deaths: 0, writes: 0, works: 0, readings: 0, overlaps: 0 };
  readonly scopeId = newId(now);
  readonly members: string[];
  readonly source: (table: Table) => Source;
  private readonly random: () => number;
  private readonly engine = setUp().engine;
  private readonly reliable = tableOf(shortWire(this.engine), 'moim', { useCase: 'look', meter: newMeter() });
  /** Calls that wait to be let go, and those that wait for much longer than others. */
  private readonly waiting: (() => void)[] = [];
  private readonly stuck: (() => void)[] = [];
  private readonly writing = new Set<string>();
  private running = 0;
  private workers = 0;
  private sequence = 0;
  /** The newest truth that each score was made of, by board and member. */
  private readonly seen = new Map<string, number>();
  private frozen: string | undefined;

  constructor(seed: number, members: number) {
    this.random = randomOf(seed);
    this.members = Array.from({ length: members }, () => newId(now));
    this.source = (table) => ({
      scopeId: this.scopeId,
      boardIds: [first!, second!, whole!].map((name) => this.boardId(name)),
      standings: async (accountIds) => {
        const rows = await table.getAll(
          Object.fromEntries(accountIds.map((accountId) => [accountId, ref('Progress', this.keyOf(accountId))])),
        );
        return new Map(accountIds.map((accountId) => [accountId, this.standingIn(rows[accountId] ?? {})]));
      },
    });
  }

  private readonly boardId = (name: string) => `${this.scopeId}:${name}`;
  private readonly keyOf = (accountId: string) => ({ groupId: this.scopeId, accountId });
  private readonly below = (n: number) => Math.floor(this.random() * n);

  /** Who has left has nothing on any board, whatever they did. */
  private standingIn(row: object): Standing {
    if ('joinedAt' in row && row.joinedAt === 'left') return new Map();
    return new Map(
      Object.entries(row).flatMap(([name, text]): [string, Points][] => {
        if (!name.startsWith('week ')) return [];
        const [points = 0, reachedAt = 0] = String(text).split(' ').map(Number);
        return [[name.slice('week '.length), { points, reachedAt }]];
      }),
    );
  }

  /** A table whose calls wait for their turn, and of which some fail. A task that has died makes no more calls. */
  private open(mayDie: boolean): Table {
    const client = shortWire(this.engine, () => fate);
    let fate: Fate = 'arrives';
    let dead = false;
    const send = async (command: never) => {
      await new Promise<void>((go) => (this.random() < 0.15 ? this.stuck : this.waiting).push(go));
      const chance = this.random();
      if (mayDie && !dead && chance < 0.02) {
        dead = true;
        this.happened.deaths++;
      }
      fate = dead ? (chance < 0.01 ? 'lost' : 'unsent') : chance < 0.03 ? 'repeated' : 'arrives';
      return client.send(command);
    };
    return tableOf({ send } as never, 'moim', { useCase: 'simulated', meter: newMeter() });
  }

  private start(task: () => Promise<unknown>, ended: () => void = () => {}): void {
    this.running++;
    task()
      .catch((error: unknown) => {
        // Others were quicker eight times: the next minute tries again.
        if (!(error instanceof Lost) && (error as { code?: string }).code !== 'TRY_AGAIN') throw error;
      })
      .finally(() => {
        this.running--;
        ended();
      });
  }

  /** Somebody gets other points on some boards, leaves or comes back: the cause and its mark in one transaction. */
  private write(): void {
    const accountId = this.members[this.below(this.members.length)]!;
    if (this.writing.has(accountId)) return;
    this.writing.add(accountId);
    this.happened.writes++;
    const table = this.open(true);
    const at = ++this.sequence;
    const [one, other] = this.random() < 0.5 ? [first!, second!] : [second!, whole!];
    const points = this.below(12);
    const set =
      this.random() < 0.1
        ? { joinedAt: this.random() < 0.5 ? 'left' : 'there' }
        : { [named(this.boardId(one))]: `${points} ${at}`, [named(this.boardId(other))]: `${2 * points} ${at}` };
    this.start(
      () =>
        table.commit([
          upsert('Progress', this.keyOf(accountId), { set: set as never }),
          marked(this.scopeId, accountId, now),
        ]),
      () => this.writing.delete(accountId),
    );
  }

  private work(mayDie = true): void {
    this.happened.works++;
    if (this.workers > 0) this.happened.overlaps++;
    this.workers++;
    const table = this.open(mayDie);
    this.start(
      () => followMarks(table, this.scopeId, async () => this.source(table)),
      () => this.workers--,
    );
  }

  /** So many calls of tasks, in random order. */
  async run(steps: number, whenDone = 0): Promise<void> {
    for (let step = 0; step < steps; step++) {
      if (this.running - this.workers < writersAtOnce && this.random() < 0.3) this.write();
      if (this.workers < mostWorkers && this.random() < 0.1) this.work();
      await this.letOneGo();
      if (step % 25 === 0) await this.look();
    }
    while (this.running > whenDone) await this.letOneGo();
  }

  private async letOneGo(): Promise<void> {
    await new Promise(setImmediate);
    const from = this.waiting.length === 0 || this.random() < 0.02 ? this.stuck : this.waiting;
    const [go] = from.splice(this.below(from.length), 1);
    go?.();
    // Nobody can go on: a task pauses before it tries again.
    if (!go) await new Promise((soon) => setTimeout(soon, 1));
  }

  private async boardsNow() {
    return Promise.all(
      [first!, second!, whole!].map(async (name) => {
        const boardId = this.boardId(name);
        const board = await this.reliable.get('Board', { scopeId: this.scopeId, boardId });
        const scores = await everyItem((cursor) =>
          this.reliable.query('scoresOnBoard', { boardId }, { limit: 500, cursor, consistent: true }),
        );
        return { boardId, board, scores };
      }),
    );
  }

  /** Compares the boards as they are with a recompute from their scores, and one member's own rank as a request reads it. */
  private async look(): Promise<void> {
    this.happened.readings++;
    for (const { boardId, board, scores } of await this.boardsNow()) {
      if (!agrees(board, scores)) this.faults.histograms++;
      const accountId = this.members[this.below(this.members.length)]!;
      const read = await this.reliable.getAll(
        { board: ref('Board', { scopeId: this.scopeId, boardId }), score: ref('Score', { boardId, accountId }) },
        { snapshot: true },
      );
      if (read.score && rankIn(read.board!.histogram, read.score.points) !== slowRank(scores, read.score))
        this.faults.ranks++;
      for (const { accountId: each, reachedAt } of scores) {
        const name = `${boardId} ${each}`;
        if (reachedAt < (this.seen.get(name) ?? 0)) this.faults.backwards++;
        this.seen.set(name, reachedAt);
      }
    }
    const closed = (await this.boardsNow())[0]!;
    if (this.frozen !== undefined && JSON.stringify(closed) !== this.frozen) this.faults.thawed++;
  }

  /** Closes the first board, when all that counts on it has been followed. */
  async close(): Promise<void> {
    for (let tries = 0; await waitsSince(this.reliable, this.scopeId, now + 1); tries++) {
      if (tries === 5) throw new Error('marks stay');
      await followMarks(this.reliable, this.scopeId, async () => this.source(this.reliable));
    }
    await closeBoard(this.reliable, { scopeId: this.scopeId, boardId: this.boardId(first!) }, now);
    this.frozen = JSON.stringify((await this.boardsNow())[0]);
  }

  /** Follows what is left, and compares all with what is true. Gives back what a further run writes. */
  async settle(): Promise<number> {
    await followMarks(this.reliable, this.scopeId, async () => this.source(this.reliable));
    const standings = await this.source(this.reliable).standings(this.members);
    for (const { boardId, board, scores } of await this.boardsNow()) {
      if (!agrees(board, scores)) this.faults.histograms++;
      if (board?.closedAt) continue;
      const has = new Map(scores.map((score) => [score.accountId, score]));
      for (const accountId of this.members) {
        const { points = 0, reachedAt } = standings.get(accountId)?.get(boardId) ?? {};
        const score = has.get(accountId);
        if (points !== (score?.points ?? 0) || (score && score.reachedAt !== reachedAt)) this.faults.scores++;
      }
      const listed = await everyItem((cursor) => this.reliable.query('ranking', { boardId }, { limit: 7, cursor }));
      const slow = scores.toSorted(
        (a, b) => b.points - a.points || a.reachedAt - b.reachedAt || (a.accountId < b.accountId ? -1 : 1),
      );
      if (JSON.stringify(listed.map(nameOf)) !== JSON.stringify(slow.map(nameOf))) this.faults.orders++;
    }
    const meter = newMeter();
    const counted = tableOf(shortWire(this.engine), 'moim', { useCase: 'look', meter });
    await followMarks(counted, this.scopeId, async () => this.source(counted));
    return meter.writeUnits;
  }
}

const nameOf = ({ accountId }: ScoreItem) => accountId;

/** Whether a board counts exactly its scores. */
function agrees(board: BoardItem | undefined, scores: readonly ScoreItem[]): boolean {
  if ((board?.members ?? 0) !== scores.length) return false;
  return scores.every((score) => rankIn(board!.histogram, score.points) === slowRank(scores, score));
}
