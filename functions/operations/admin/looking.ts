/** What administrators look at before they decide: what waits, one account with its history, one group (row 115). */
import { adminOf, seen } from '../../../shared/access/access.ts';
import { ref } from '../../../shared/data/table.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import type { AccountDecisionKind } from '../../../shared/product/decision-kinds.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { nicknamesOf } from '../../accounts/accounts/people.ts';
import { nicknameClaim } from '../../accounts/accounts/rules.ts';
import { viewOf as groupViewOf } from '../../groups/core/view.ts';
import { decisionsOf } from '../../groups/groups/decisions.ts';
import type { contract } from './contract.ts';
import { isLiving, viewOf } from './view.ts';

type Routes = typeof contract.routes;

export async function countWaiting(
  { account, now }: RouteRequest<Routes['countWaiting']>,
  { table }: Kernel,
): Promise<Answer<Routes['countWaiting']>> {
  const most = { limit: limits.unread };
  const [groups, accounts, reports] = await Promise.all([
    table.query('groupsWaiting', { waitingFor: 'APPROVAL' }, most),
    table.query('accountsWaiting', { waitingFor: 'APPROVAL' }, most),
    table.query('casesIn', { waitingIn: 'ADMIN' }, most),
    adminOf(table, { account, now }),
  ]);
  return {
    body: { groups: groups.items.length, accounts: accounts.items.length, reports: reports.items.length },
  };
}

/** A nickname is what everybody sees of a person. Addresses are in items with hashes of passwords, which this function never reads. */
export async function findAccount(
  { query, account, now }: RouteRequest<Routes['findAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['findAccount']>> {
  const claim = ref('NicknameClaim', { nickname: nicknameClaim(query.nickname) });
  const { claimed } = await adminOf(table, { account, now }, { claimed: claim });
  return { body: { accountId: seen(claimed).accountId } };
}

export async function getAccount(
  { params: { accountId }, account: who, now }: RouteRequest<Routes['getAccount']>,
  { table }: Kernel,
): Promise<Answer<Routes['getAccount']>> {
  const more = { account: ref('Account', { accountId }), authority: ref('Authority', { accountId }) };
  const { account, authority } = await adminOf(table, { account: who, now }, more);
  if (!account || !isLiving(account)) throw new Problem('NOT_FOUND');
  return { body: { ...viewOf(account), suspension: authority?.suspension ?? null } };
}

/** Also of an account that is withdrawn by now: whoever decided on it answers for that. */
export async function listAccountDecisions(
  { params: { accountId }, query, account: who, locale, now }: RouteRequest<Routes['listAccountDecisions']>,
  { table }: Kernel,
): Promise<Answer<Routes['listAccountDecisions']>> {
  const may = adminOf(table, { account: who, now }, { account: ref('Account', { accountId }) }).then(({ account }) =>
    seen(account),
  );
  return { body: await decisionsOf<AccountDecisionKind>(table, accountId, query, locale, may) };
}

export async function inspectGroup(
  { params: { groupId }, account, locale, now }: RouteRequest<Routes['inspectGroup']>,
  { table }: Kernel,
): Promise<Answer<Routes['inspectGroup']>> {
  const found = await adminOf(table, { account, now }, { group: ref('Group', { groupId }) });
  const group = seen(found.group, ({ deletedAt }) => !deletedAt);
  const { leaderId, paid } = group;
  const nickname = (await nicknamesOf(table, [leaderId])).get(leaderId) ?? catalogOf(locale).unknownPerson;
  return { body: { ...groupViewOf(group, now), paid, leader: { id: leaderId, nickname } } };
}
