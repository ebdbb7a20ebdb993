/**
 * The roster of a group: names and pictures of its present members, in a few items that one query reads. It follows
 * memberships and accounts by the stream. It is only shown and decides nothing, so it may lag; a person who is not in it is
 * looked up.
 */
import { inParallel } from '../../../shared/core/parallel.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import { Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { drop, patch, upsert } from '../../../shared/data/writes.ts';
import type { Change } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { AccountItem } from '../../accounts/accounts/items.ts';
import { type Person, peopleOf, personOf } from '../../accounts/accounts/people.ts';
import type { MembershipItem, RosterItem } from './items.ts';
import { packed, partOf, parts, unpacked } from './roster-rules.ts';

/** People by account. */
export type People = ReadonlyMap<string, Person>;

const prefix = 'person ';
const nameOf = (accountId: string) => `${prefix}${accountId}` as const;

/** The present members of a group, in one request of half a unit for each 4 KB: some forty members. Runs beside other reads. */
export async function rosterOf(table: Table, groupId: string): Promise<People> {
  const { items } = await table.query('rosterOfGroup', { groupId }, { limit: parts });
  return new Map(items.flatMap(peopleIn));
}

const peopleIn = (part: RosterItem): [string, Person][] =>
  Object.entries(part).flatMap(([name, text]): [string, Person][] => {
    if (!name.startsWith(prefix)) return [];
    const accountId = name.slice(prefix.length);
    return [[accountId, unpacked(accountId, String(text))]];
  });

/**
 * Named people of a group. Former members, and members whom the roster has not reached yet, are looked up in one request;
 * without such people there is none.
 */
export async function namedIn(table: Table, roster: People, accountIds: readonly string[]): Promise<People> {
  const missing = accountIds.filter((accountId) => !roster.has(accountId));
  return missing.length === 0 ? roster : new Map([...roster, ...(await peopleOf(table, missing))]);
}

/** A member came, went or came back. Other changes of a membership, such as a new title of its group, change no name. */
export async function followMember(
  { item, old, again, signal }: Change<MembershipItem>,
  { table }: Kernel,
): Promise<void> {
  if (!item || (!again && item.state === old?.state)) return;
  await inRoster(table, item, signal);
}

/** An account has another name or picture, or withdrew: that concerns every group it is in. */
export async function followAccount(
  { item, old, again, signal }: Change<AccountItem>,
  { table }: Kernel,
): Promise<void> {
  if (!item || (!again && shown(item) === shown(old))) return;
  const { accountId } = item;
  const pages = everyPage((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for await (const page of pages)
    await inParallel(
      groupsAtOnce,
      page.filter(({ state }) => state === 'ACTIVE'),
      (member) => inRoster(table, member, signal),
    );
}
const groupsAtOnce = 10;

const shown = (account: AccountItem | undefined): string | undefined => {
  const person = personOf(account);
  return person && packed(person);
};

/** Rounds after which it is left to a later delivery. */
const rounds = 10;

/**
 * Brings the entry of one person to what membership and account say now, whatever has changed. The entry is read first,
 * then the sources, and it is written as long as it is what was read. So a slow run, which has read old sources, is refused
 * by a run that has written meanwhile.
 *
 * A run that wrote looks once more. Otherwise a slow run could write what it read while the entry was right already for
 * another run, which therefore wrote nothing: somebody leaves and comes back, or takes a name and gives it back.
 */
async function inRoster(table: Table, member: MemberKey, signal: AbortSignal): Promise<void> {
  for (let n = 1; await untilSettled(() => written(table, member)); n++) {
    // Its time is over, so it is tried again in any case.
    if (signal.aborted) return;
    if (n === rounds) throw new Overtaken();
  }
}
type MemberKey = Pick<MembershipItem, 'groupId' | 'accountId'>;

/** Whether it wrote anything. */
async function written(table: Table, { groupId, accountId }: MemberKey): Promise<boolean> {
  const key = { groupId, part: partOf(accountId) };
  const name = nameOf(accountId);
  const before = (await table.get('Roster', key))?.[name];
  const { member, account } = await table.getAll({
    member: ref('Membership', { groupId, accountId }),
    account: ref('Account', { accountId }),
  });
  const after = member?.state === 'ACTIVE' ? shown(account) : undefined;
  if (after === before) return false;
  const asRead = before === undefined ? absent(name) : is(name, before);
  await table.commit(
    or(
      overtaken,
      after === undefined
        ? patch('Roster', key, { remove: [name] }, asRead)
        : upsert('Roster', key, { set: { [name]: after } }, asRead),
    ),
  );
  return true;
}

/** Drops the roster of a group that has ended, before its memberships end: each of them would rewrite a part. */
export async function dropRoster(table: Table, groupId: string): Promise<void> {
  await inParallel(parts, [...Array(parts).keys()], (part) =>
    table.commit([drop('Roster', { groupId, part: String(part) })]),
  );
}
