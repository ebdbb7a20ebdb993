/** What a group's dates and seats say. Days are local to the group's zone. */
export interface GroupTerms {
  readonly startDate: string;
  readonly endDate: string;
  readonly capacity: number;
  readonly memberCount: number;
}

/** Row 23: a group starts today or later and does not end before it starts. Names the wrong fields. */
export function periodErrors({ startDate, endDate }: Pick<GroupTerms, 'startDate' | 'endDate'>, today: string) {
  const errors: { pointer: string; reason: 'startInPast' | 'endBeforeStart' }[] = [];
  if (startDate < today) errors.push({ pointer: '/startDate', reason: 'startInPast' });
  if (endDate < startDate) errors.push({ pointer: '/endDate', reason: 'endBeforeStart' });
  return errors;
}

/** Row 41: in progress from the day it starts or from the moment its seats fill; finished the day after it ends. */
export function statusOn(
  today: string,
  { startDate, endDate, capacity, memberCount }: GroupTerms,
): 'RECRUITING' | 'IN_PROGRESS' | 'FINISHED' {
  if (today > endDate) return 'FINISHED';
  return today >= startDate || memberCount >= capacity ? 'IN_PROGRESS' : 'RECRUITING';
}

/** Whether a group is offered in lists: it has a seat and is not over (row 32). */
export const isOffered = (today: string, terms: GroupTerms) =>
  today <= terms.endDate && terms.memberCount < terms.capacity;

/** Why a person may not join at once, or undefined if nothing stands against it (rows 27, 31). */
export function joinRefusal(
  today: string,
  group: GroupTerms & { readonly joinPolicy: string },
  state: 'ACTIVE' | 'LEFT' | 'KICKED' | undefined,
) {
  if (state === 'ACTIVE') return 'ALREADY_MEMBER';
  if (state === 'KICKED') return 'KICKED';
  if (today > group.endDate) return 'GROUP_CLOSED';
  if (group.joinPolicy !== 'INSTANT') return 'JOIN_BY_OTHER_WAY';
  return group.memberCount >= group.capacity ? 'GROUP_FULL' : undefined;
}
