/**
 * The managers of a group. A membership has the role; the group names who has it, so that managers are notified without a
 * look at every member. Each change of a role commits both. The names are one text, which a condition can compare: of two
 * changes at once one is decided again. The version of the group stays, because nothing that it shows has changed.
 */
import type { Role } from '../../../shared/access/powers.ts';
import { absent, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import { type ConditionOn, patch, type Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { GroupItem } from './items.ts';

type Managed = Pick<GroupItem, 'managers'>;

export const managersOf = ({ managers }: Managed): string[] => (managers ? managers.split(' ') : []);

/** Row 125: everybody who may decide on certifications and applications of a group. */
export const judgesOf = (group: Managed & Pick<GroupItem, 'leaderId'>): string[] => [
  group.leaderId,
  ...managersOf(group),
];

/**
 * The managers of a group after somebody has got another role, as the group stores them.
 *
 * @param role undefined: the person is no longer a member
 */
export function managersAfter(group: Managed, accountId: string, role: Role | undefined): string | undefined {
  const before = managersOf(group);
  if (before.includes(accountId) === (role === 'MANAGER')) return group.managers;
  const others = before.filter((each) => each !== accountId);
  return (role === 'MANAGER' ? [...others, accountId] : others).join(' ');
}

/** The condition that the managers are those that were read. */
export const sameManagers = ({ managers }: Managed): ConditionOn<'Group'> =>
  managers === undefined ? absent('managers') : is('managers', managers);

/**
 * The writes that keep the group in step with a role; none if its managers stay as they are.
 *
 * @throws Problem MANAGER_LIMIT
 */
export function managed(group: GroupItem, accountId: string, role: Role | undefined): Write[] {
  const managers = managersAfter(group, accountId, role);
  if (managers === group.managers) return [];
  if (managersOf({ ...group, managers }).length > limits.managers) throw new Problem('MANAGER_LIMIT');
  const { groupId } = group;
  return or(overtaken, patch('Group', { groupId }, { set: { managers } }, sameManagers(group)));
}
