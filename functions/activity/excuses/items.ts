import { kind } from '../../../shared/data/kind.ts';
import type { Asked } from '../../../shared/data/outbox.ts';
import type { ExcuseState } from './values.ts';

export interface ExcuseItem {
  readonly groupId: string;
  readonly excuseId: string;
  readonly accountId: string;
  /** Days, both included. */
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly state: ExcuseState;
  /** Granted without anybody's leave: its days count for their months. */
  readonly free?: true;
  /** Why it was refused. */
  readonly refusal?: string;
  /** The group's id while somebody has to decide on it. */
  readonly waitingIn?: string;
  readonly askedBy?: Asked;
  readonly version: number;
  readonly createdAt: string;
}

export const items = {
  Excuse: kind<ExcuseItem>()({
    about: 'days on which a member is excused from missions, or wants to be',
    pk: 'EXCUSES#{groupId}',
    sk: 'EXCUSE#{excuseId}',
    gsi1: { pk: 'EXCUSES_OF#{accountId}', sk: '{groupId}#{excuseId}' },
    gsi2: { pk: 'EXCUSES_WAITING#{waitingIn}', sk: '{createdAt}#{excuseId}', sparse: true },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'excusesOfGroup' } },
      account: { dropped: { pattern: 'excusesOf' } },
    },
    archive: { as: 'excuses', found: { pattern: 'excusesOf' } },
    secret: ['askedBy'],
    patterns: {
      excusesOfGroup: { serves: 'every excuse in a group' },
      excusesOf: { serves: "somebody's excuses, by group, oldest first", index: 'gsi1' },
      excusesWaiting: { serves: 'excuses that wait for a decision, oldest first', index: 'gsi2' },
    },
  }),
} as const;
