import type { MissionItem } from '../../activity/missions/store.ts';
import type { GroupItem } from '../core/items.ts';

export type PlannedMission = Omit<MissionItem, 'groupId' | 'missionId' | 'createdAt'>;

export interface PlanItem
  extends Pick<
    GroupItem,
    | 'kind'
    | 'title'
    | 'description'
    | 'certificationRule'
    | 'category'
    | 'customCategory'
    | 'tags'
    | 'audience'
    | 'frequency'
  > {
  readonly planId: string;
  /** Where its results are counted; nobody is told. */
  readonly groupId: string;
  /** Since when reports or an administrator keep it from everybody. */
  readonly hiddenAt?: string;
  readonly startDate: string;
  /** The last day on which anything was done. */
  readonly lastDate: string;
  readonly missions: readonly PlannedMission[];
  /** Absent where the group was open-ended. */
  readonly days?: number;
  readonly members: number;
  /** Absent until they are counted. */
  readonly certifications?: number;
  readonly diligent?: number;
  readonly uses: number;
  /** All plans stand on one shelf. */
  readonly shelf: 'ALL';
  readonly publishedAt: string;
}
