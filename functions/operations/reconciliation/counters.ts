/** Each counter beside what it counts, and how it is mended where they differ. */

import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { everyItem, everyPage } from '../../../shared/data/every-item.ts';
import type { PartitionOf } from '../../../shared/data/keys.ts';
import type { PatternName } from '../../../shared/data/registry.ts';
import type { Table } from '../../../shared/data/table.ts';
import { patch, type Write } from '../../../shared/data/writes.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { presentMembers } from '../../groups/core/members.ts';
import { kinds } from '../../groups/core/rules.ts';
import type { Kind } from '../../groups/core/values.ts';
import type { Subject, SubjectKind } from './rules.ts';

/** A counter that was looked at. */
export interface Look {
  readonly counter: string;
  readonly stands: number;
  readonly counted: number;
  /** How often the counters of its item have moved, as far as that is kept. */
  readonly moves: number;
  /** Whether the items themselves were counted, and not what an index says of them. */
  readonly exact: boolean;
  /** Sets the counter right, unless it has moved since it was read. */
  readonly mend: Write;
}

/** An item whose counters move together with `moves`, which only ever grows: a counter that comes back to the same number has moved. */
type Counting = { readonly moves?: number };
const still = <P extends string>({ moves }: Counting, counter: P, stands: number | undefined) =>
  allOf<P | 'moves'>(
    moves === undefined ? absent('moves') : is('moves', moves),
    stands === undefined ? absent(counter) : is(counter, stands),
  );

const atOnce = 500;

/** All items of a partition. */
const all = <P extends PatternName>(table: Table, pattern: P, partition: PartitionOf<P>, consistent: boolean) =>
  everyItem((cursor) => table.query(pattern, partition, { limit: atOnce, cursor, consistent }));

/** A counter of a group, beside what it counts. */
const ofGroup =
  (counter: 'memberCount' | 'likes', count: (table: Table, groupId: string) => Promise<number>) =>
  async (table: Table, groupId: string): Promise<Look[]> => {
    const group = await table.get('Group', { groupId });
    if (!group || group.deletedAt) return [];
    const { [counter]: stands, moves = 0 } = group;
    const counted = await count(table, groupId);
    const mend = patch(
      'Group',
      { groupId },
      { set: { [counter]: counted }, add: { moves: 1 } },
      allOf(still(group, counter, stands), absent('deletedAt')),
    );
    return [{ counter, stands, counted, moves, exact: true, mend }];
  };

async function likesOf(table: Table, groupId: string): Promise<number> {
  let counted = 0;
  const pages = everyPage((cursor) =>
    table.query('likesOfGroup', { groupId }, { limit: atOnce, cursor, consistent: true }),
  );
  for await (const likes of pages) counted += likes.length;
  return counted;
}

const looks: Readonly<Record<SubjectKind, (table: Table, id: string) => Promise<Look[]>>> = {
  group: ofGroup('memberCount', async (table, groupId) => (await presentMembers(table, groupId)).length),
  likes: ofGroup('likes', likesOf),

  async account(table, accountId) {
    const account = await table.get('Account', { accountId });
    if (!account || account.status === 'WITHDRAWN') return [];
    const [bricks, memberships] = await Promise.all([
      all(table, 'bricksOfAccount', { accountId }, true),
      all(table, 'groupsOfAccount', { accountId }, false),
    ]);
    const look = (counter: 'bricks' | `groups${Kind}`, counted: number, exact: boolean): Look => {
      const stands: number | undefined = account[counter];
      const when = still(account, counter, stands);
      const mend = patch('Account', { accountId }, { set: { [counter]: counted }, add: { moves: 1 } }, when);
      return { counter, stands: stands ?? 0, counted, moves: account.moves ?? 0, exact, mend };
    };
    const limited = (Object.keys(kinds) as Kind[]).filter((kind) => kinds[kind].perAccount !== undefined);
    return [
      look('bricks', bricks.length, true),
      // Only an index lists the groups of an account, and may be late: it is believed when two runs see the same, unmoved.
      ...limited.map((kind) => {
        const present = memberships.filter(({ state, group }) => state === 'ACTIVE' && group?.kind === kind);
        return look(`groups${kind}`, present.length, false);
      }),
    ];
  },

  async reviews(table, accountId) {
    const score = await table.get('ReviewScore', { accountId });
    if (!score) return [];
    const reviews = await all(table, 'reviewsOf', { accountId }, true);
    const sum = reviews.reduce((total, review) => total + review.score, 0);
    const { moves = 0 } = score;
    const mend = patch(
      'ReviewScore',
      { accountId },
      { set: { sum, count: reviews.length }, add: { moves: 1 } },
      allOf(still(score, 'sum', score.sum), is('count', score.count)),
    );
    const off = score.count !== reviews.length;
    return [
      off
        ? { counter: 'reviewCount', stands: score.count, counted: reviews.length, moves, exact: true, mend }
        : { counter: 'reviewSum', stands: score.sum, counted: sum, moves, exact: true, mend },
    ];
  },
};

/** The counters of a subject, each beside what it counts. None of what is deleted. */
export const lookAt = ({ table }: Pick<Kernel, 'table'>, { kind, id }: Subject): Promise<Look[]> =>
  looks[kind](table, id);
