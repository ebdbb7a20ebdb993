import { kind } from '../../../shared/data/kind.ts';
import type { PlannedMission } from '../../activity/missions/founding.ts';
import type { GroupItem } from '../core/items.ts';
import type { Category } from '../core/values.ts';

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
  /** All plans stand on one shelf, while they are shown. */
  readonly shelf?: 'ALL';
  /** Its category, while it is shown: what puts it into the list of the category. */
  readonly shownIn?: Category;
  readonly publishedAt: string;
}

export const items = {
  Plan: kind<PlanItem>()({
    about: "a finished group's plan that others may start from",
    pk: 'PLAN#{planId}',
    sk: 'PLAN',
    gsi1: { pk: 'PLANS#{shelf}', sk: '{publishedAt}#{planId}', sparse: true },
    gsi2: { pk: 'PLANS_OF#{shownIn}', sk: '{publishedAt}#{planId}', sparse: true },
    of: { group: 'groupId' },
    fate: { group: { stays: 'it was published for everybody' } },
    patterns: {
      plansOnShelf: { serves: 'published plans, newest first', index: 'gsi1' },
      plansOfCategory: { serves: 'published plans of a category, newest first', index: 'gsi2' },
    },
  }),
} as const;
