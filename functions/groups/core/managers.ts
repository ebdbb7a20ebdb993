/**
 * The managers of a group. A membership has the role; the group lists who has it, so that managers are notified without a
 * look at every member. Each change of a role commits both, and the version of the group keeps changes at once apart.
 */
import type { Role } from '../../../shared/access/powers.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { or } from '../../../shared/data/table.ts';
import type { Write } from '../../../shared/data/writes.ts';
import { limits } from '../../../shared/product/limits.ts';
import { Problem } from '../../../shared/product/problems.ts';
import { changedGroup } from './change.ts';
import type { GroupItem } from './items.ts';

type Led = Pick<GroupItem, 'leaderId' | 'managers'>;

/** Row 125: everybody who may decide on certifications and applications of a group. */
export const judgesOf = ({ leaderId, managers = [] }: Led): string[] => [leaderId, ...managers];

/**
 * The managers of a group after somebody has got another role.
 *
 * @param role undefined: the person is no longer a member
 */
export function managersAfter({ managers = [] }: Led, accountId: string, role: Role | undefined): readonly string[] {
  const others = managers.filter((each) => each !== accountId);
  if (role !== 'MANAGER') return others.length === managers.length ? managers : others;
  return managers.includes(accountId) ? managers : [...managers, accountId];
}

/**
 * The writes that keep the list in step with a role; none if it stays as it is.
 *
 * @throws Problem MANAGER_LIMIT
 */
export function managed(group: GroupItem, accountId: string, role: Role | undefined, now: number): Write[] {
  const { managers = [] } = group;
  const after = managersAfter(group, accountId, role);
  if (after === managers) return [];
  if (after.length > limits.managers) throw new Problem('MANAGER_LIMIT');
  return or(overtaken, changedGroup(group, { managers: after }, now).writes);
}
