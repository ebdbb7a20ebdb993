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
  readonly createdAt: string;
}
