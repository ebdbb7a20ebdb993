/** Parts of answers about attendance. */
import type { People } from '../../groups/core/roster.ts';
import { noEnd } from '../../groups/core/rules.ts';
import type { Meeting } from './items.ts';
import type { AnySeason } from './rules.ts';

export const seasonView = ({ seasonId, name, startDate, endDate }: AnySeason) => ({
  ...{ id: seasonId, name: name ?? null, startDate },
  endDate: endDate === noEnd ? null : endDate,
});

/** Who looks after a meeting, while they are in the group. */
export function staffOf({ staffId }: Pick<Meeting, 'staffId'>, roster: People) {
  const nickname = staffId && roster.get(staffId)?.nickname;
  return staffId && nickname !== undefined ? { id: staffId, nickname } : null;
}
