import { create, type Write } from '../../shared/data/writes.ts';
import { isPublic } from '../groups/rules.ts';
import type { GroupItem } from '../groups/store.ts';

/** The writes that bring a group's places in the public lists from how it was to how it is: part of the transaction that changes it. */
export function relisted(before: GroupItem | undefined, after: GroupItem, _now: number): Record<string, Write> {
  if (before || !isPublic(after)) return {};
  const { groupId, kind, createdAt } = after;
  return Object.fromEntries(
    ['all', `kind:${kind}`].map((list) => [
      `listed ${list}`,
      create('Listing', { list: `${list}:LATEST`, order: createdAt, groupId }),
    ]),
  );
}
