/** An application's state, for every feature that changes it along with what it does. */
import { iso } from '../../../shared/core/time.ts';
import { allOf, is } from '../../../shared/data/conditions.ts';
import { overtaken } from '../../../shared/data/meaning.ts';
import { answered } from '../../../shared/data/outbox.ts';
import { or, ref } from '../../../shared/data/table.ts';
import { patch, type UpdateOf, type Write } from '../../../shared/data/writes.ts';
import type { ApplicationItem } from './items.ts';
import type { ApplicationState } from './values.ts';

export const applicationRef = (groupId: string, accountId: string) => ref('Application', { groupId, accountId });

/** Brings an application into another state, if it is still as it was read. */
export function settled(
  { groupId, accountId, state: before, appliedAt }: ApplicationItem,
  state: ApplicationState,
  now: number,
  reason?: string,
): UpdateOf<'Application'> {
  return patch(
    'Application',
    { groupId, accountId },
    { set: { state, appliedAt, decidedAt: iso(now), reason }, remove: ['askedBy'] },
    allOf(is('state', before), is('appliedAt', appliedAt)),
  );
}

/** An entry in another way accepts the application that waits. */
export const acceptedByEntry = (application: ApplicationItem | undefined, now: number): Write[] =>
  application?.state === 'PENDING'
    ? [...or(overtaken, settled(application, 'ACCEPTED', now)), ...answered(application.askedBy, now)]
    : [];

/** The removal of a member ends the application that had led to the membership. */
export const endedByKick = (application: ApplicationItem | undefined, now: number): Write[] =>
  or(overtaken, application && settled(application, 'KICKED', now));
