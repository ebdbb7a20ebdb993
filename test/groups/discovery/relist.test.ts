/**
 * Entries follow a group behind an intent. A run may end before any of its writes, and what it still has to write may come after
 * the next run: the lists end as the group is.
 */

import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { standingOf } from '../../../functions/groups/core/listing.ts';
import { facetsOf, ranksOf, traitsOf, wordsOf } from '../../../functions/groups/core/listing-rules.ts';
import { sorts } from '../../../functions/groups/core/values.ts';
import { isPublic } from '../../../shared/access/access.ts';
import { keyOf } from '../../../shared/data/keys.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { askTable, itemsOf, put, tableName } from '../../support/table.ts';
import { nothingFollows } from './plant.ts';

// Changes are delivered by hand.
const moim = useMoim({ edit: nothingFollows, lists: true });

/** The newest change of each group, as the stream tells of it. */
const changes = new Map<string, DynamoDBRecord>();
let readTo: string | undefined;
function lastChange(groupId: string): DynamoDBRecord {
  for (const record of moim.table.readStream(tableName(moim), readTo, 1_000_000)) {
    const { Keys, SequenceNumber } = record.dynamodb!;
    readTo = SequenceNumber;
    if (Keys!.sk!.S === 'GROUP') changes.set(Keys!.pk!.S!, record);
  }
  return changes.get(keyOf('Group', { groupId }).pk)!;
}
const deliver = (...Records: DynamoDBRecord[]) => moim.invoke('background-stream', { Records });

async function write(group: GroupItem, more: Partial<GroupItem>): Promise<DynamoDBRecord> {
  await put(moim, 'Group', { ...group, ...more } as GroupItem);
  return lastChange(group.groupId);
}
async function erase({ groupId }: GroupItem): Promise<DynamoDBRecord> {
  await askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key: marshall(keyOf('Group', { groupId })) });
  return lastChange(groupId);
}

async function founded(): Promise<{ group: GroupItem; record: DynamoDBRecord }> {
  const { groupId } = await found(await someone(moim), { title: 'Art', description: 'we do', tags: ['BOOKS'] });
  const [group] = await itemsOf(moim, 'Group', { groupId });
  return { group, record: lastChange(groupId) };
}

/** Lets what can happen happen. */
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

/**
 * Delivers a change to a run that stops before its nth write. What it was about to write then waits, as if the process had been
 * paused; whoever writes after that is not held up.
 *
 * @returns how to let it go on; undefined if it came to its end before
 */
async function stopped(
  record: DynamoDBRecord,
  groupId: string,
  nth: number,
): Promise<(() => Promise<void>) | undefined> {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let writes = 0;
  const callOff = moim.table.faults.add({
    kind: 'between',
    operation: ['UpdateItem', 'DeleteItem', 'TransactWriteItems'],
    match(body) {
      const text = JSON.stringify(body);
      return /LIST|WORD|INDEXED/.test(text) && text.includes(groupId) && ++writes >= nth;
    },
    times: Number.POSITIVE_INFINITY,
    run: () => gate,
  });
  let isDone = false;
  const run = deliver(record).finally(() => {
    isDone = true;
  });
  for (let before = -1; !isDone && (writes < nth || before !== writes); ) {
    before = writes;
    await turns(20);
  }
  callOff();
  if (isDone && writes < nth) return undefined;
  return async () => {
    open();
    await run;
  };
}

/** What stands of a group, and what ought to: computed from the group alone, as simply as can be. */
async function standing(groupId: string) {
  const entries = (await itemsOf(moim, 'Listing', { groupId })).filter(({ until }) => !until);
  const words = (await itemsOf(moim, 'Word', { groupId })).filter(({ until }) => !until);
  return {
    entries: entries.map(({ list, order, traits }) => `${list} ${order.replace(/\.\d+$/, '')} ${traits}`).sort(),
    words: words.map(({ word, order }) => `${word} ${order}`).sort(),
  };
}
async function expected(groupId: string): ReturnType<typeof standing> {
  const [group]: GroupItem[] = await itemsOf(moim, 'Group', { groupId });
  if (!group || !isPublic(group)) return { entries: [], words: [] };
  const now = standingOf(group, moim.clock.now());
  const ranks = ranksOf(group, now);
  const inOrder = (rank: string, isLatest: boolean) => (isLatest ? rank.replace(/\.\d+$/, '') : rank);
  return {
    entries: facetsOf(group, now)
      .flatMap((facet) =>
        sorts.map((sort) => `${facet}:${sort} ${inOrder(ranks[sort], sort === 'LATEST')} ${traitsOf(group)}`),
      )
      .sort(),
    words: wordsOf(group)
      .map((word) => `${word} ${ranks.LATEST}`)
      .sort(),
  };
}
const stateOf = async (groupId: string) => {
  const all = await Promise.all(
    ['Listing', 'Word', 'Listed', 'Indexed'].map((kind) => itemsOf(moim, kind, { groupId })),
  );
  return all.flat().map(({ mark: _, ...item }) => item);
};

interface Case {
  /** Makes a change that a run is stopped at. */
  readonly change: (group: GroupItem) => Promise<DynamoDBRecord>;
  /** What comes next; the same change again unless given. */
  readonly next?: (group: GroupItem) => Promise<DynamoDBRecord>;
}
const face = { title: 'Sea', tags: ['GAME'], category: 'MUSIC' } as unknown as Partial<GroupItem>;
const cases: Record<string, Case> = {
  'founded, told again': { change: async ({ groupId }) => lastChange(groupId) },
  'founded, then liked': {
    change: async ({ groupId }) => lastChange(groupId),
    next: (group) => write(group, { likes: 1 }),
  },
  'liked, told again': { change: (group) => write(group, { likes: 1 }) },
  'liked, then no more': { change: (group) => write(group, { likes: 1 }), next: (group) => write(group, {}) },
  'edited, told again': { change: (group) => write(group, face) },
  'edited, then as before': { change: (group) => write(group, face), next: (group) => write(group, {}) },
  'described anew, then as before': {
    change: (group) => write(group, { description: 'xy' }),
    next: (group) => write(group, {}),
  },
  'hidden, told again': { change: (group) => write(group, { visibility: 'PRIVATE' }) },
  'hidden, then shown': {
    change: (group) => write(group, { visibility: 'PRIVATE' }),
    next: (group) => write(group, {}),
  },
  'deleted, told again': { change: erase },
  'edited, then deleted': { change: (group) => write(group, face), next: erase },
};
/** Each of the writes with FAULTS=all, to the end; else the intent, the first entry, and one on the way to the seal. */
const isWhole = process.env.FAULTS === 'all';
const later = (nth: number) => (isWhole || nth === 1 ? nth + 1 : nth + 7);

test.each(Object.entries(cases))(
  'rows 33, 35, 37: %s: a run that ends before any of its writes is finished by the next, and changes nothing if it goes on after it',
  async (name, { change, next }) => {
    const isNew = name.startsWith('founded');
    let stops = 0;
    for (let nth = 1; isWhole || nth < 10; nth = later(nth)) {
      const { group, record: founding } = await founded();
      const { groupId } = group;
      if (!isNew) await deliver(founding);
      const record = await change(group);

      const goOn = await stopped(record, groupId, nth);
      await deliver(next ? await next(group) : record);
      const after = [await standing(groupId), await expected(groupId)];
      const before = await stateOf(groupId);
      await goOn?.();

      expect([nth, after[0]]).toEqual([nth, after[1]]);
      expect([nth, await standing(groupId)]).toEqual([nth, after[1]]);
      // One that had not yet said what it is about to do looks anew; any other changes nothing any more.
      if (nth > 1) expect([nth, await stateOf(groupId)]).toEqual([nth, before]);
      if (!goOn) break;
      stops++;
    }
    expect(stops).toBeGreaterThan(2);
  },
);

test('rows 33, 35: many runs at once, of changes in any order, leave the lists as the group is', async () => {
  const { group, record } = await founded();
  const records = [record];
  for (const more of [{ likes: 1 }, face, { memberCount: 2 }, { likes: 2, tags: [] }])
    records.push(await write(group, more));

  await Promise.all([...records.toReversed(), ...records].map((each) => deliver(each)));

  expect(await standing(group.groupId)).toEqual(await expected(group.groupId));
  expect((await standing(group.groupId)).entries.length).toBeGreaterThan(10);
});

test('rows 33, 35: a run whose last entry is refused by the table is parked, and finished two seconds later', async () => {
  const { group, record } = await founded();
  const { groupId } = group;
  moim.table.faults.add({
    kind: 'error500',
    operation: 'UpdateItem',
    match: (body) => JSON.stringify(body).includes('LISTING#tag:BOOKS:LIKES'),
    times: 4,
  });

  await deliver(record);
  const parked = [await standing(groupId), moim.queues.messages('Parked').length];
  await moim.clock.advance(3000);
  await moim.settle();

  const { entries, words } = await expected(groupId);
  expect(parked).toEqual([{ entries: entries.filter((entry) => !entry.startsWith('tag:BOOKS:LIKES')), words }, 1]);
  expect(await standing(groupId)).toEqual({ entries, words });
  expect(moim.queues.messages('Parked')).toEqual([]);
});
