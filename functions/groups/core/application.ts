/** An application's state, for every feature that changes it along with what it does. */
import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { ref } from '../../../shared/data/table.ts';
import { moved, patch, type Write } from '../../../shared/data/writes.ts';
import type { ApplicationItem } from './items.ts';
import type { ApplicationState } from './values.ts';

export const applicationRef = (groupId: string, accountId: string) => ref('Application', { groupId, accountId });

/** Brings an application into another state, if it is still as it was read. */
export function settled(
  { groupId, accountId, state: before, appliedAt }: ApplicationItem,
  state: ApplicationState,
  now: number,
  reason?: string,
): Write {
  return patch(
    'Application',
    { groupId, accountId },
    {
      set: {
        state,
        decidedAt: iso(now),
        ...(reason === undefined ? {} : { reason }),
        ...moved('Application', { groupId, accountId, state, appliedAt }),
      },
    },
    allOf(is('state', before), is('appliedAt', appliedAt)),
  );
}

/** What somebody's coming in by another way makes of the application that they had waiting. */
export const overtaken = (application: ApplicationItem | undefined, now: number): Write | undefined =>
  application?.state === 'PENDING' ? settled(application, 'ACCEPTED', now) : undefined;

/** What somebody's removal makes of the application that had led to their membership. */
export const endedByKick = (application: ApplicationItem | undefined, now: number): Write | undefined =>
  application ? settled(application, 'KICKED', now) : undefined;
