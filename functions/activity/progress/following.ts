/** The rows of boards follow weeks of missions and memberships. Who certifies writes one row, whatever the size of the group. */
import { iso } from '../../../shared/core/time.ts';
import { absent, anyOf, below, is } from '../../../shared/data/conditions.ts';
import { nothing, Overtaken, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { or, ref, type Table } from '../../../shared/data/table.ts';
import { drop, upsert } from '../../../shared/data/writes.ts';
import type { Change, Old } from '../../../shared/events/consumers.ts';
import type { Kernel } from '../../../shared/kernel.ts';
import type { MembershipItem } from '../../groups/core/items.ts';
import type { MissionWeekItem } from '../missions/items.ts';
import { packedWeek, staleIn, weekName } from './packed-rules.ts';

type Key = Pick<MembershipItem, 'groupId' | 'accountId'>;
type OldWeek = Old<MissionWeekItem, 'groupId' | 'accountId' | 'missionId' | 'week'>;

/** A week of a mission was written: its row takes it over as it is now, unless it has a later one. */
export async function followWeek({ item, now }: Change<MissionWeekItem, OldWeek>, { table }: Kernel): Promise<void> {
  if (!item) return;
  const { groupId, accountId, missionId, week } = item;
  const key = { groupId, accountId };
  const found = await table.getAll({
    week: ref('MissionWeek', { ...key, missionId, week }),
    row: ref('Progress', key),
    member: ref('Membership', key),
  });
  // Without a membership, the group is being deleted.
  if (!found.week || !found.member) return;
  const name = weekName(found.week);
  const text = packedWeek(found.week);
  if ((found.row?.[name] ?? '') >= text) return;
  const stale = found.row ? staleIn(found.row, iso(now).slice(0, 10)).filter((each) => each !== name) : [];
  await table.commit([
    or(
      nothing,
      upsert('Progress', key, { set: { [name]: text }, remove: stale }, anyOf(absent(name), below(name, text))),
    ),
  ]);
  // A membership whose deletion was followed a moment ago leaves no row behind.
  if (!(await table.get('Membership', key))) await table.commit([drop('Progress', key)]);
}

/** Rounds after which it is left to a later delivery. */
const rounds = 10;

/** What a row has of the membership while its member is in the group. */
const followed = ['joinedAt', 'excused', 'quotas'] as const;

/** Somebody came, left, is excused on other days, or does missions less often. */
export async function followMember(
  { item, old, again, signal }: Change<MembershipItem, Old<MembershipItem, 'groupId' | 'accountId'>>,
  { table }: Kernel,
): Promise<void> {
  const key = item ?? old;
  if (!key) return;
  const same = (['state', ...followed] as const).every((name) => item?.[name] === old?.[name]);
  if (item && !again && same) return;
  // A run that wrote looks once more: meanwhile another may have written what it read before.
  for (let n = 1; await untilSettled(() => written(table, key)); n++) {
    if (signal.aborted) return;
    if (n === rounds) throw new Overtaken();
  }
}

/** Brings the membership's part of a row to what is, as long as the row is what was read first. Tells whether it wrote. */
async function written(table: Table, { groupId, accountId }: Key): Promise<boolean> {
  const key = { groupId, accountId };
  const row = await table.get('Progress', key);
  const member = await table.get('Membership', key);
  if (!member) {
    if (row) await table.commit([drop('Progress', key)]);
    return false;
  }
  const { joinedAt, excused, quotas } = member.state === 'ACTIVE' ? member : ({} as Partial<MembershipItem>);
  const said = { joinedAt, excused, quotas };
  if (followed.every((name) => row?.[name] === said[name])) return false;
  const remove = followed.filter((name) => said[name] === undefined && row?.[name] !== undefined);
  const asRead = row?.n === undefined ? absent('n') : is('n', row.n);
  await table.commit([
    or(overtaken, upsert('Progress', key, { set: { ...said, n: (row?.n ?? 0) + 1 }, remove }, asRead)),
  ]);
  return true;
}
