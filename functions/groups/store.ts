import type { GroupAccess, MemberAccess } from '../../shared/access/access.ts';
import type { Frequency } from '../missions/rules.ts';

export interface GroupItem extends GroupAccess {
  readonly kind: 'CHALLENGE';
  readonly title: string;
  readonly description: string;
  readonly promise: string;
  readonly certificationRule: string;
  readonly category:
    | 'IT'
    | 'FOREIGN_LANGUAGE'
    | 'MATH'
    | 'SCIENCE'
    | 'HUMANITIES'
    | 'ARTS_AND_PHYSICAL_EDUCATION'
    | 'ETC';
  readonly frequency: Frequency;
  readonly capacity: number;
  /** Moves only in the transaction that changes a membership. */
  readonly memberCount: number;
  readonly startDate: string;
  readonly endDate: string;
  readonly timeZone: string;
  readonly joinPolicy: 'INSTANT';
  readonly leaderId: string;
  readonly createdAt: string;
}

export interface MembershipItem extends MemberAccess {
  readonly groupId: string;
  readonly joinedAt: string;
}
