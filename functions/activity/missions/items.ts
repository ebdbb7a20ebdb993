import { kind } from '../../../shared/data/kind.ts';
import type { Approval } from '../../groups/core/values.ts';
import type { Way } from './values.ts';

export interface MissionItem {
  readonly groupId: string;
  readonly missionId: string;
  readonly title: string;
  readonly rule: string;
  readonly kind: 'REPEAT';
  readonly way: Way;
  readonly approval: Approval;
  readonly timesPerWeek: number;
  readonly weekdays: readonly number[];
  readonly perDayLimit: number;
  /** Set for the mission that the frequency of the group implies (row 51). */
  readonly implied?: true;
  readonly createdAt: string;
}

export const items = {
  Mission: kind<MissionItem>()({
    about: 'what members do',
    pk: 'MISSIONS#{groupId}',
    sk: 'MISSION#{missionId}',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'missionsOfGroup' } } },
    patterns: {
      missionsOfGroup: { serves: 'missions of a group, oldest first' },
    },
  }),
} as const;
