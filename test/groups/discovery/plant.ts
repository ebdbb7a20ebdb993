/** Groups put straight into the table with all that stands in the lists of them: hundreds in seconds. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { GroupItem } from '../../../functions/groups/core/items.ts';
import { relist } from '../../../functions/groups/core/listing.ts';
import { newId } from '../../../shared/core/ids.ts';
import { inParallel, piecesOf } from '../../../shared/core/parallel.ts';
import { iso } from '../../../shared/core/time.ts';
import { flat } from '../../../shared/data/committing.ts';
import { keyOf, type TableKey } from '../../../shared/data/keys.ts';
import type { Part } from '../../../shared/data/table.ts';
import { create } from '../../../shared/data/writes.ts';
import type { Moim, MoimOptions } from '../../support/moim.ts';
import { askTable, tableName } from '../../support/table.ts';

type Json = Record<string, unknown>;

/** Lets nothing follow from what is planted: it stands there already. */
export const nothingFollows: NonNullable<MoimOptions['edit']> = ({ Resources }) => {
  for (const [name, { Type }] of Object.entries(Resources))
    if (Type === 'AWS::Lambda::EventSourceMapping' && name.startsWith('Background')) delete Resources[name];
};

/** A public study that is open for years. */
export function studyOf(createdAt: number, more: Partial<GroupItem> = {}): GroupItem {
  return {
    groupId: newId(createdAt),
    kind: 'STUDY',
    title: 'A study',
    description: '',
    promise: '',
    certificationRule: '',
    category: 'IT',
    tags: [],
    recruit: { title: '', target: '', process: '', info: '' },
    capacity: 50,
    memberCount: 1,
    startDate: '2026-03-01',
    endDate: '2027-03-01',
    timeZone: 'Asia/Seoul',
    status: 'RECRUITING',
    joinPolicy: 'APPLY',
    visibility: 'PUBLIC',
    approval: 'AUTO',
    allowRejoin: true,
    approvalStatus: 'APPROVED',
    paid: false,
    likes: 0,
    leaderId: newId(createdAt),
    version: 1,
    createdAt: iso(createdAt),
    ...more,
  };
}

/** The items that the stream would have written of a new group. */
async function itemsFor(group: GroupItem, now: number): Promise<Json[]> {
  const items = new Map<string, Json>();
  const at = ({ pk, sk }: TableKey) => `${pk} ${sk}`;
  const table = {
    getAll: async () => ({ group, listed: items.get(at(keyOf('Listed', { groupId: group.groupId }))) }),
    get: async () => undefined,
    async commit(parts: readonly Part[]) {
      for (const write of flat(parts)) {
        if (write.kind !== 'update') throw new Error('a new group has nothing to take away');
        items.set(at(write.key), { ...items.get(at(write.key)), ...write.key, ...write.changes.set });
      }
    },
  };
  const change = { item: group, after: group, old: undefined, now, changedAt: now, again: false, due: undefined };
  await relist({ ...change, signal: new AbortController().signal }, { table } as never);
  const { item } = create('Group', group);
  return [item, ...items.values()];
}

/** @param wanted which items to keep, where all would be too many */
export async function plant(moim: Moim, groups: readonly GroupItem[], wanted: (item: Json) => boolean = () => true) {
  const table = tableName(moim);
  for (const piece of piecesOf(500, groups)) {
    const items = (await Promise.all(piece.map((group) => itemsFor(group, moim.clock.now())))).flat().filter(wanted);
    await inParallel(4, piecesOf(25, items), (some) =>
      askTable(moim, 'BatchWriteItem', {
        RequestItems: {
          [table]: some.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } })),
        },
      }),
    );
  }
}
