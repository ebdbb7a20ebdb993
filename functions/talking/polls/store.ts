import { everyItem } from '../../../shared/data/every-item.ts';
import type { KeyOf } from '../../../shared/data/keys.ts';
import type { Table } from '../../../shared/data/table.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { BallotItem } from './items.ts';
import { wasPresentAt } from './rules.ts';

interface Reading {
  readonly consistent?: boolean;
}

/** Every ballot of a poll, which lie side by side: one request for some 3,000. */
export const ballotsOf = (
  table: Table,
  { groupId, pollId }: KeyOf<'Poll'>,
  { consistent = false }: Reading = {},
): Promise<BallotItem[]> =>
  everyItem((cursor) =>
    table.query('ballotsOfGroup', { groupId }, { limit: 1000, cursor, between: [pollId, pollId], consistent }),
  );

/** Every membership of a group, present and past: whose ballots count at an instant. */
export const membershipsOf = (
  table: Table,
  groupId: string,
  { consistent = false }: Reading = {},
): Promise<MembershipItem[]> =>
  everyItem((cursor) => table.query('membersOfGroup', { groupId }, { limit: 1000, cursor, consistent }));

/** Whose ballots count that were cast before an instant: those of who was a member at it. */
export async function presentAt(
  table: Table,
  { groupId }: Pick<KeyOf<'Poll'>, 'groupId'>,
  instant: string,
): Promise<(accountId: string) => boolean> {
  const members = await membershipsOf(table, groupId, { consistent: true });
  const present = new Set(members.filter((each) => wasPresentAt(each, instant)).map(({ accountId }) => accountId));
  return (accountId) => present.has(accountId);
}

/** What is due names a poll like this. */
export const dueSubject = ({ groupId, pollId }: KeyOf<'Poll'>) => `${groupId}:${pollId}`;

export function keyOfSubject(subject: string): KeyOf<'Poll'> {
  const [groupId = '', pollId = ''] = subject.split(':');
  return { groupId, pollId };
}
