/** What the rooms hold of a person, for their archive and their erasure. */
import { inParallel } from '../../../shared/core/parallel.ts';
import { everyItem, everyPage } from '../../../shared/data/every-item.ts';
import type { Table } from '../../../shared/data/table.ts';
import { drop } from '../../../shared/data/writes.ts';
import type { ChatEntryItem } from './items.ts';

/** Row 72: everything that somebody has written in the rooms of the groups that they are or were in, for their archive. */
export async function messagesBy(table: Table, accountId: string): Promise<ChatEntryItem[]> {
  const own: ChatEntryItem[] = [];
  const groups = await everyItem((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for (const { groupId } of groups) {
    const pages = everyPage((cursor) => table.query('entriesOfGroup', { groupId }, { limit: 500, cursor }));
    for await (const page of pages) own.push(...page.filter((entry) => entry.accountId === accountId));
  }
  return own;
}

/** Nothing stays of how far somebody has read whose account is erased. */
export async function forgetMarks(table: Table, accountId: string): Promise<void> {
  const groups = await everyItem((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  await inParallel(10, groups, ({ groupId }) => table.commit([drop('ChatMark', { groupId, accountId })]));
}
