/** Row 161: taking part in leagues, and how one is shown. */
import { activeAccount } from '../../../shared/access/accounts.ts';
import { newSecret } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { create, patch } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import type { LivingAccount } from '../../accounts/accounts/items.ts';
import type { contract } from './contract.ts';
import { leagueMemberRef } from './following.ts';
import type { LeagueMemberItem } from './items.ts';
import { animalOf } from './names.ts';
import { chosen, shownIn, sinceOf, takesPart, usualFor, weekOf } from './rules.ts';

type Routes = typeof contract.routes;

async function own(table: Table, accountId: string) {
  const found = await table.getAll({ account: ref('Account', { accountId }), member: leagueMemberRef(accountId) });
  return { account: activeAccount(found.account), member: found.member };
}

function viewOf(account: LivingAccount, member: LeagueMemberItem | undefined, now: number, locale: Locale) {
  const week = weekOf(now);
  const { animal, name } = animalOf(member?.secret ?? account.accountId, week, locale);
  return {
    takesPart: takesPart(member),
    shownAs: member && takesPart(member) ? shownIn(member, week, account, now) : usualFor(account, now),
    ...{ nickname: account.nickname, animal, animalName: name },
  };
}

export async function getLeagueMembership(
  { account: { accountId }, now, locale }: RouteRequest<Routes['getLeagueMembership']>,
  { table }: Kernel,
): Promise<Answer<Routes['getLeagueMembership']>> {
  const { account, member } = await own(table, accountId);
  return { body: viewOf(account, member, now, locale) };
}

/** Who comes back goes on with the same secret, so nothing about weeks that are over changes. */
export async function joinLeagues(
  { body: { shownAs }, account: { accountId }, now, locale }: RouteRequest<Routes['joinLeagues']>,
  { table }: Kernel,
): Promise<Answer<Routes['joinLeagues']>> {
  const { account, member: before } = await own(table, accountId);
  const choice = chosen(before, shownAs, account, now);
  const isIn = before !== undefined && takesPart(before);
  const stay = { since: sinceOf(before, now), joinedAt: isIn ? before.joinedAt : iso(now) };
  const after: LeagueMemberItem = { accountId, ...stay, secret: before?.secret ?? newSecret(), ...choice };
  const isSame = isIn && before.shownAs === after.shownAs && before.namedSince === after.namedSince;
  if (!before) await table.commit(or(overtaken, create('LeagueMember', after)));
  else if (!isSame) {
    const gone = (['shownAs', 'namedSince', 'leftAt'] as const).filter((name) => after[name] === undefined);
    const changes = { set: { ...stay, ...choice }, remove: gone };
    const left = before.leftAt === undefined ? absent('leftAt') : is('leftAt', before.leftAt);
    const asRead = allOf(is('secret', before.secret), left);
    await table.commit(or(overtaken, patch('LeagueMember', { accountId }, changes, asRead)));
  }
  return { body: viewOf(account, after, now, locale) };
}

/** The choice goes, so rows of weeks that are over are animals, and stay so after coming back. */
export async function leaveLeagues(
  { account: { accountId }, now }: RouteRequest<Routes['leaveLeagues']>,
  { table }: Kernel,
): Promise<Answer<Routes['leaveLeagues']>> {
  const left = { set: { leftAt: iso(now) }, remove: ['shownAs', 'namedSince'] } as const;
  await table.commit(or(nothing, patch('LeagueMember', { accountId }, left, absent('leftAt'))));
  return noContent;
}
