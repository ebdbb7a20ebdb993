import { memberWho, seen, stillMay } from '../../../shared/access/access.ts';
import { newCode, newSecret } from '../../../shared/core/ids.ts';
import { daySeconds, iso, ttl } from '../../../shared/core/time.ts';
import { is } from '../../../shared/data/conditions.ts';
import { nothing, overtaken } from '../../../shared/data/meaning.ts';
import { charged, isSpent, quotaKey, tooMany, type Use, unspent } from '../../../shared/data/quota.ts';
import { or, type Part, ref } from '../../../shared/data/table.ts';
import { check } from '../../../shared/data/writes.ts';
import type { Answer, RouteRequest } from '../../../shared/http/exchange.ts';
import { siteOf } from '../../../shared/http/origins.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { acceptedByEntry, applicationRef } from '../core/application.ts';
import { entryWrites, requireEntry } from '../core/entry.ts';
import { viewOf as groupView } from '../core/view.ts';
import type { contract } from './contract.ts';
import type { InviteItem } from './items.ts';
import { isGood, readToken, tokenOf } from './rules.ts';
import { codeHash, inviteRef, renewed } from './store.ts';

type Routes = typeof contract.routes;
export async function getInviteCode(
  { params: { groupId }, account: { accountId } }: RouteRequest<Routes['getInviteCode']>,
  { table }: Kernel,
): Promise<Answer<Routes['getInviteCode']>> {
  const { invite } = await memberWho(table, 'invite', groupId, accountId, { invite: inviteRef(groupId) });
  return { body: codeShown(invite) };
}

function codeShown(invite: InviteItem | undefined): Answer<Routes['getInviteCode']>['body'] {
  const { code = null, renewedAt = null } = invite ?? {};
  return { code, inviteCode: code, renewedAt };
}

/** Row 29. The old code goes in the transaction that brings the new one: there are never two, and never none. */
export async function renewInviteCode(
  { params: { groupId }, account: { accountId }, now }: RouteRequest<Routes['renewInviteCode']>,
  { table }: Kernel,
): Promise<Answer<Routes['renewInviteCode']>> {
  const { invite: before } = await inviter(table, groupId, accountId);
  const after = nextOf(before, groupId, now);
  const answer = { body: codeShown(after) };
  await table.commit([stillMay('invite', groupId, accountId), renewed(before, after)], answer);
  return answer;
}

/** Row 30. A link needs no item of its own: it carries the number of the code that it lives and dies with. */
export async function makeInviteLink(
  { params: { groupId }, body: { days }, account: { accountId }, origin, now }: RouteRequest<Routes['makeInviteLink']>,
  { table, environment }: Kernel,
): Promise<Answer<Routes['makeInviteLink']>> {
  const { invite: before } = await inviter(table, groupId, accountId);
  const invite = before ?? nextOf(undefined, groupId, now);
  const expiresAt = ttl(now) + days * daySeconds;
  const token = tokenOf(invite.linkSecret, { groupId, generation: invite.generation, expiresAt });
  const url = `${siteOf(environment, origin)}/invitations#${token}`;
  const answer = { body: { url, token, expiresAt: iso(expiresAt * 1000) } };
  const code = before
    ? or(overtaken, check('Invite', { groupId }, is('generation', before.generation)))
    : renewed(undefined, invite);
  await table.commit([stillMay('invite', groupId, accountId), code], answer);
  return answer;
}

/**
 * The group and the code that a leader makes invitations from. A group into which administrators bring people makes
 * none.
 */
async function inviter(table: Kernel['table'], groupId: string, accountId: string) {
  const found = await memberWho(table, 'invite', groupId, accountId, {
    invite: inviteRef(groupId),
  });
  if (found.group.joinPolicy === 'ADMIN') throw new Problem('NOT_APPLICABLE');
  return found;
}

function nextOf(before: InviteItem | undefined, groupId: string, now: number): InviteItem {
  const code = newCode();
  return {
    groupId,
    code,
    hash: codeHash(code),
    generation: (before?.generation ?? 0) + 1,
    linkSecret: newSecret(),
    renewedAt: iso(now),
  };
}

export async function lookAtInvitation(
  { body, account: { accountId }, now }: RouteRequest<Routes['lookAtInvitation']>,
  deps: Kernel,
): Promise<Answer<Routes['lookAtInvitation']>> {
  const { groupId, holds, use } = await followed(deps, body, accountId, now);
  const group = seen(
    await deps.table.get('Group', { groupId }),
    ({ deletedAt, joinPolicy }) => !deletedAt && joinPolicy !== 'ADMIN',
  );
  const { id, kind, title, description, promise, category, capacity, memberCount, endDate } = groupView(group, now);
  const answer = { body: { id, kind, title, description, promise, category, capacity, memberCount, endDate } };
  await allowed(deps, [unspent(use, now), holds], use, now, answer);
  return answer;
}

/** The code must still be the group's, and the guesses not used up, in the very transaction that takes the seat. */
export async function acceptInvitation(
  { body, account: { accountId }, now }: RouteRequest<Routes['acceptInvitation']>,
  deps: Kernel,
): Promise<Answer<Routes['acceptInvitation']>> {
  const { table } = deps;
  const { groupId, holds, use } = await followed(deps, body, accountId, now);
  const found = await table.getAll({
    group: ref('Group', { groupId }),
    member: ref('Membership', { groupId, accountId }),
    application: applicationRef(groupId, accountId),
  });
  const guess = [unspent(use, now), holds];
  const comer = { accountId, entered: 'INVITED', member: found.member } as const;
  const { group } = found;
  if (!group || group.deletedAt || group.joinPolicy === 'ADMIN') return wrong(deps, use, now);
  try {
    requireEntry(group, comer, now);
  } catch (problem) {
    // That a code is right is told to nobody who has guessed too often, not even by a refusal.
    await allowed(deps, guess, use, now);
    throw problem;
  }

  const answer = {
    body: { groupId, accountId, role: 'MEMBER' as const, joinedAt: iso(now) },
    location: `/v1/groups/${groupId}/members`,
  };
  const done = await table.commit(
    [guess, entryWrites(group, comer, now), acceptedByEntry(found.application, now)],
    answer,
  );
  return done ? answer : wrong(deps, use, now);
}

type Typed = RouteRequest<Routes['acceptInvitation']>['body'];

/**
 * The group that an invitation leads to, with the check that it still does (otherwise there is `nothing` to do). A
 * wrong invitation is counted by the write that refuses it. So simultaneous guesses cannot exceed the limit (row 29).
 */
async function followed(deps: Kernel, { code, token }: Typed, accountId: string, now: number) {
  const use: Use = { limit: 'inviteCode', subject: accountId };
  const sealed = token === undefined ? undefined : readToken(token);
  const hash = codeHash(code ?? '');
  const found = await deps.table.getAll({
    used: ref('Quota', quotaKey(use, now)),
    ...(sealed ? { invite: inviteRef(sealed.groupId) } : { claim: ref('InviteCode', { hash }) }),
  });
  if (isSpent(use, found.used)) throw tooMany(use, now);
  const invite = 'invite' in found ? found.invite : undefined;
  const claim = 'claim' in found ? found.claim : undefined;
  if (sealed && invite?.generation === sealed.generation && isGood(invite.linkSecret, sealed, now)) {
    const { groupId, generation } = sealed;
    const holds: Part = or(nothing, check('Invite', { groupId }, is('generation', generation)));
    return { groupId, use, holds };
  }
  if (code !== undefined && claim) {
    const { groupId } = claim;
    const holds: Part = or(nothing, check('InviteCode', { hash }, is('groupId', groupId)));
    return { groupId, use, holds };
  }
  return wrong(deps, use, now);
}

async function wrong({ table }: Kernel, use: Use, now: number): Promise<never> {
  await table.commit([charged(use, now)]);
  throw new Problem('CODE_WRONG');
}

/** Lets what is known of a right invitation out, unless the guesses are used up by now. */
async function allowed(
  deps: Kernel,
  guess: readonly Part[],
  use: Use,
  now: number,
  answer?: Answer<Routes['lookAtInvitation']>,
): Promise<void> {
  if (!(await deps.table.commit(guess, answer))) await wrong(deps, use, now);
}
