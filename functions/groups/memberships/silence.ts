/**
 * Row 125: a leader who is silent is succeeded by rule. Nothing looks at every group: where the last session of a leader ends,
 * by a sign-out or its age, their groups note since when, and what moves groups by their dates comes back to them. It
 * warns first, by mail, because who is signed in nowhere sees nothing else; whoever signs in by then goes on leading.
 */
import { has } from '../../../shared/access/access.ts';
import { dayMs, iso, localDay } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { everyPage } from '../../../shared/data/every-item.ts';
import { mailOrder } from '../../../shared/data/mail-order.ts';
import { overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { byItself, tell } from '../../../shared/data/outbox.ts';
import { or, type Part, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, patch } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import { dayText } from '../../../shared/messages/days.ts';
import { limits } from '../../../shared/product/limits.ts';
import type { SessionItem } from '../../accounts/sessions/items.ts';
import { isSignedIn } from '../../accounts/sessions/signed-in.ts';
import { type GroupChanges, groupDue } from '../core/change.ts';
import { successionWrites } from '../core/departure.ts';
import type { GroupItem } from '../core/items.ts';
import { managersAfter, sameManagers } from '../core/managers.ts';
import { presentMembers } from '../core/members.ts';
import { isOver, type Silence, silenceDue, successorOf } from '../core/rules.ts';
import { memberNews } from './news.ts';

/** A session that ended by its age was last used when it was refreshed; any other end is by somebody who is there. */
export async function leaderGone(
  { old, now, changedAt }: Change<SessionItem, Old<SessionItem, 'accountId' | 'expiresAt' | 'refreshedAt'>>,
  { table }: Kernel,
): Promise<void> {
  const { accountId, expiresAt, refreshedAt } = old!;
  if (await isSignedIn(table, accountId, now)) return;
  const silence = { accountId, since: expiresAt <= now / 1000 ? refreshedAt : iso(changedAt) };
  const pages = everyPage((cursor) => table.query('groupsOfAccount', { accountId }, { limit: 50, cursor }));
  for await (const page of pages)
    for (const { groupId, role, state } of page)
      if (role === 'LEADER' && state === 'ACTIVE') await noteSilence(table, groupId, silence, now);
}

async function noteSilence(table: Table, groupId: string, silence: Silence, now: number): Promise<void> {
  await untilSettled(async () => {
    const group = await table.get('Group', { groupId });
    if (!group || group.leaderId !== silence.accountId || !goesOn(group, now)) return;
    const { silence: known } = group;
    // Sessions end in any order, and may be told of twice: the last sign of life counts.
    if (known?.accountId === silence.accountId && known.since >= silence.since) return;
    // What its dates have to bring is left as it is due.
    const dueAt = [silenceDue(silence), ...(group.dueAt ? [group.dueAt] : [])].toSorted()[0]!;
    const asRead = allOf(
      is('version', group.version),
      is('leaderId', silence.accountId),
      absent('deletedAt'),
      known ? is('silence.since', known.since) : absent('silence'),
    );
    const noted = patch('Group', { groupId }, { set: { silence, dueAt } }, asRead);
    await table.commit([or(overtaken, noted), groupDue(group, { ...group, dueAt })]);
  });
}

interface Step {
  readonly changes: GroupChanges;
  readonly when: readonly ConditionOn<'Group'>[];
  readonly writes: readonly Part[];
}

/** The change that a leader's silence brings to a group now; undefined where nothing is due of it. */
export async function followSilence(table: Table, group: GroupItem, now: number): Promise<Step | undefined> {
  const { silence, leaderId, groupId } = group;
  if (!silence || silenceDue(silence) > iso(now)) return undefined;
  const forgotten: Step = { changes: { silence: undefined }, when: [], writes: [] };
  const known = silence.accountId === leaderId && goesOn(group, now);
  if (!known || (await isSignedIn(table, leaderId, now))) return forgotten;
  // Alone, there is nobody who waits for a leader.
  const heir = successorOf(await presentMembers(table, groupId), group.kind === 'OPEN_ROOM');
  if (!heir) return forgotten;
  const when = [is('leaderId', leaderId), sameManagers(group)];
  if (silence.warnedAt === undefined) {
    const changes = { silence: { ...silence, warnedAt: iso(now) } };
    return { changes, when, writes: await warning(table, group, now) };
  }
  // Whoever leads now may be silent too, and no session of theirs will end.
  const there = await isSignedIn(table, heir.accountId, now);
  return {
    changes: {
      leaderId: heir.accountId,
      managers: managersAfter(group, heir.accountId, 'LEADER'),
      silence: there ? undefined : { accountId: heir.accountId, since: iso(now) },
    },
    when,
    writes: [
      or(
        overtaken,
        patch('Membership', { groupId, accountId: leaderId }, { set: { role: 'MEMBER' } }, has('handOver')),
      ),
      successionWrites(group, heir, { by: leaderId, now }),
      tell(memberNews.roleChanged, now, { to: [leaderId], by: byItself, title: group.title, role: 'MEMBER', groupId }),
    ],
  };
}

const goesOn = (group: GroupItem, now: number) =>
  !group.deletedAt && !group.disbandsAt && !isOver(localDay(now, group.timeZone), group);

async function warning(table: Table, { groupId, leaderId, title, timeZone }: GroupItem, now: number): Promise<Part[]> {
  const leader = await table.get('Account', { accountId: leaderId });
  const values = { title, date: localDay(now + limits.silence.graceDays * dayMs, timeZone) };
  const locale = leader?.locale ?? 'ko';
  const words = { ...values, date: dayText(values.date, locale, localDay(now, timeZone)) };
  const mail = { template: 'LEADER_SILENT', locale, values: words } as const;
  return [
    tell(memberNews.leaderSilent, now, { to: [leaderId], by: byItself, ...values, groupId }),
    leader?.email ? mailOrder(now, { to: leader.email, ...mail }) : undefined,
  ];
}
