import { anyOf, is } from '../../../shared/data/conditions.ts';
import { create, type Write } from '../../../shared/data/writes.ts';
import { settledStates } from './rules.ts';
import type { ApplicationState } from './values.ts';

export interface ApplicationItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly state: ApplicationState;
  readonly message: string;
  readonly appliedAt: string;
  readonly decidedAt?: string;
  /** Why it was rejected. */
  readonly reason?: string;
}

/** A new application; it takes the place of an old one that nobody waits for any more. */
export const applied = (application: ApplicationItem): Write =>
  create('Application', { ...application }, { orWhen: anyOf(...settledStates.map((state) => is('state', state))) });
