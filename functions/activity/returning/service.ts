import { memberOf, seen } from '../../../shared/access/access.ts';
import { iso } from '../../../shared/core/time.ts';
import { absent, allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { tell } from '../../../shared/data/outbox.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { type ConditionOn, patch, type Write } from '../../../shared/data/writes.ts';
import { type Answer, noContent, type RouteRequest } from '../../../shared/http/exchange.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { catalogOf } from '../../../shared/messages/text.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { groupDay } from '../../groups/core/day-rules.ts';
import { leavingWrites } from '../../groups/core/departure.ts';
import { excusedIn, packedExcused } from '../../groups/core/excused-rules.ts';
import type { GroupItem, MembershipItem } from '../../groups/core/items.ts';
import { judgesOf } from '../../groups/core/managers.ts';
import { packedQuotas, type Quota, quotaOn, quotasIn } from '../../groups/core/quota-rules.ts';
import { isOver } from '../../groups/core/rules.ts';
import { askedExcuse, monthRefs, usedIn, viewOf } from '../excuses/asking.ts';
import { overlaps } from '../excuses/rules.ts';
import type { MissionItem } from '../missions/items.ts';
import { nextMonday } from '../missions/rules.ts';
import { ownWeeksIn } from '../missions/weeks.ts';
import { missionOf, ownMember, settingOf } from '../progress/board.ts';
import type { contract } from './contract.ts';
import { returningNews } from './news.ts';
import { type Away, awayIn, gapOf, mostTimes, restUntil, returnedOn, withQuota } from './rules.ts';

type Routes = typeof contract.routes;
type Body = RouteRequest<Routes['comeBack']>['body'];
type Of<C extends Body['choice']> = Extract<Body, { readonly choice: C }>;

/** Somebody in a group from which they are away. */
interface Returning {
  readonly group: GroupItem;
  readonly member: MembershipItem;
  readonly missions: readonly MissionItem[];
  /** How long they have been away, and what of it can still be excused. */
  readonly away: Away;
  readonly gap: Away | null;
  readonly today: string;
  readonly locale: Locale;
  readonly now: number;
}

/**
 * Row 144. The choice is kept on the membership as it was read: of two choices at once, the second finds that there is nothing
 * to choose any more.
 */
export async function comeBack(
  { params: { groupId }, body, account: { accountId }, locale, now }: RouteRequest<Routes['comeBack']>,
  { table }: Kernel,
): Promise<Answer<Routes['comeBack']>> {
  const back = await returning(table, groupId, accountId, { locale, now });
  const { group, member } = back;
  if (body.choice === 'LEAVE') {
    const answer = { body: { excuse: null, quota: null } };
    const leaving = await leavingWrites(table, group, member, { forGood: false, now });
    await table.commit([leaving, wordOf(group, member, body, now)], answer);
    return answer;
  }
  const { set, writes, ...result } = await changeOf(table, back, body);
  const answer = { body: result };
  const kept = patch(
    'Membership',
    { groupId, accountId },
    { set: { ...set, returnedAt: iso(now), ...(body.greet ? { greets: true as const } : {}) } },
    asRead(member),
  );
  await table.commit([or(overtaken, kept), writes], answer);
  return answer;
}

/** @throws Problem NOT_APPLICABLE to whoever is not away */
async function returning(
  table: Table,
  groupId: string,
  accountId: string,
  request: { readonly locale: Locale; readonly now: number },
): Promise<Returning> {
  const { now } = request;
  const [{ group, member, row }, live, own] = await Promise.all([
    memberOf(table, groupId, accountId, { row: ref('Progress', { groupId, accountId }) }),
    table.query('liveMissions', { liveIn: groupId }, { limit: limits.missionsShown }),
    ownWeeksIn(table, groupId, accountId, now),
  ]);
  const today = groupDay(now, group);
  const setting = settingOf(group, now);
  const missions = live.items.map((mission) => missionOf(mission, group));
  const self = { ...ownMember(row, member, [...own.values()], group), returnedOn: returnedOn(member, group) };
  const away = isOver(today, group) ? undefined : awayIn(missions, self, setting);
  if (!away) throw new Problem('NOT_APPLICABLE');
  return { group, member, missions: live.items, away, gap: gapOf(away, self), today, ...request };
}

/** What of the membership decides what may be chosen. */
const kept = ['returnedAt', 'excused', 'quotas'] as const;
const asRead = (member: MembershipItem): ConditionOn<'Membership'> =>
  allOf(
    is('state', 'ACTIVE'),
    ...kept.map((name) => (member[name] === undefined ? absent(name) : is(name, member[name]))),
  );

const none = { set: {}, writes: [] as Part, excuse: null, quota: null };

/** What a choice changes of the membership, and what it writes besides. */
async function changeOf(table: Table, back: Returning, body: Exclude<Body, Of<'LEAVE'>>) {
  switch (body.choice) {
    case 'EXCUSE':
      return excused(table, back, body);
    case 'FEWER':
      return fewer(back, body);
    case 'REST':
      return rest(back, body);
    default:
      return none;
  }
}

/** The days away are excused by the rule of the group, as those that somebody asks for in time. */
async function excused(table: Table, { group, member, gap, now }: Returning, { reason }: Of<'EXCUSE'>) {
  if (!gap) throw new Problem('NOT_APPLICABLE');
  const { groupId, accountId } = member;
  const found = await table.getAll(monthRefs(groupId, accountId, gap));
  return excusedBy(askedExcuse(group, member, { ...gap, reason, used: usedIn(found) }, now));
}

/** A rest needs no grant, and no month counts it: it is 30 days at most, after a week away. */
function rest({ group, member, today, locale, now }: Returning, { until }: Of<'REST'>) {
  const range = { from: today, until };
  if (until < today || until > restUntil(today)) {
    const errors = [{ pointer: '/until', reason: catalogOf(locale).fields.excuseUntil }];
    throw new Problem('INVALID_REQUEST', { errors });
  }
  if (excusedIn(member).some((each) => overlaps(each, range))) throw new Problem('NOT_APPLICABLE');
  return excusedBy(askedExcuse(group, member, { ...range, reason: '', used: () => 0, always: true }, now));
}

const excusedBy = ({ excuse, granted, writes }: ReturnType<typeof askedExcuse>) => ({
  ...none,
  set: granted ? { excused: packedExcused(granted)! } : {},
  ...{ writes, excuse: viewOf(excuse) },
});

function fewer({ group, member, missions, today }: Returning, { missionId, timesPerWeek }: Of<'FEWER'>) {
  const mission = seen(missions.find((each) => each.missionId === missionId));
  const asked = missionOf(mission, group);
  if (asked.kind !== 'REPEAT' || timesPerWeek > mostTimes(asked, member, today)) throw new Problem('NOT_APPLICABLE');
  const quota = { missionId, from: today, timesPerWeek };
  return { ...none, set: chosen(member, quota), quota };
}

const chosen = (member: MembershipItem, quota: Quota) => ({
  quotas: packedQuotas(withQuota(quotasIn(member), quota))!,
});

/** A word at leaving is for those who decide in the group. */
function wordOf(group: GroupItem, { accountId, role }: MembershipItem, { word }: Of<'LEAVE'>, now: number): Part {
  if (word === undefined || role === 'LEADER') return [];
  const { groupId, title } = group;
  return tell(returningNews.word, now, { to: judgesOf(group), by: accountId, title, word, groupId });
}

/** From a Monday on: nobody is asked for more in a week that has begun. */
export async function clearQuota(
  { params: { groupId, missionId }, account: { accountId }, now }: RouteRequest<Routes['clearQuota']>,
  { table }: Kernel,
): Promise<Answer<Routes['clearQuota']>> {
  const { group, member, mission } = await memberOf(table, groupId, accountId, {
    mission: ref('Mission', { groupId, missionId }),
  });
  seen(mission);
  const from = nextMonday(groupDay(now, group));
  if (quotaOn(member, missionId, from) === null) return noContent;
  const set = chosen(member, { missionId, from, timesPerWeek: null });
  const write: Write = patch('Membership', { groupId, accountId }, { set }, asRead(member));
  await table.commit([or(overtaken, write)]);
  return noContent;
}
