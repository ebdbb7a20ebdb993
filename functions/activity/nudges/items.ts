import { kind } from '../../../shared/data/kind.ts';

/** A member has asked another to do a mission today. */
export interface NudgeItem {
  readonly groupId: string;
  readonly nudgeId: string;
  /** Who nudged. */
  readonly accountId: string;
  /** Whom. */
  readonly to: string;
  readonly missionId: string;
  readonly message?: string;
  readonly createdAt: string;
  readonly expiresAt: number;
}

export const items = {
  Nudge: kind<NudgeItem>()({
    about: 'a member has asked another to do a mission today',
    pk: 'NUDGES#{groupId}',
    sk: 'NUDGE#{nudgeId}',
    gsi1: { pk: 'NUDGED#{to}', sk: '{groupId}#{nudgeId}' },
    gsi2: { pk: 'NUDGES_BY#{accountId}', sk: '{groupId}#{nudgeId}' },
    life: '30 d',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { expires: true },
      account: { expires: true },
    },
    archive: { as: 'nudges', found: { pattern: 'nudgesBy' } },
    patterns: {
      nudgesTo: { serves: 'who has nudged somebody in a group, newest first', index: 'gsi1' },
      nudgesBy: { serves: 'whom somebody has nudged, by group', index: 'gsi2' },
    },
  }),
} as const;
