import { kind } from '../../../shared/data/kind.ts';
import type { ApplicationState } from './rules.ts';

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

export const items = {
  Application: kind<ApplicationItem>()({
    about: 'a wish to join a group, one per person and group',
    pk: 'APPLICATIONS#{groupId}',
    sk: 'APPLICATION#{accountId}',
    gsi1: { pk: 'APPLICATIONS_IN#{groupId}#{state}', sk: '{appliedAt}#{accountId}' },
    gsi2: { pk: 'APPLICATIONS_OF#{accountId}', sk: '{appliedAt}#{groupId}' },
    patterns: {
      applicationsIn: { serves: "a group's applications in one state, oldest first", index: 'gsi1' },
      applicationsOfGroup: { serves: 'every application to a group' },
      applicationsOf: { serves: "somebody's applications, newest first", index: 'gsi2' },
    },
  }),
} as const;
