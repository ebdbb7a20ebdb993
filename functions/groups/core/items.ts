import type { GroupAccess, MemberAccess } from '../../../shared/access/access.ts';
import type { KeptFile } from '../../activity/files/store.ts';
import type { Frequency } from '../../activity/missions/rules.ts';
import type { GroupState, GroupTerms, Silence } from './rules.ts';
import type { Approval, Audience, Category, Kind, Visibility } from './values.ts';

/** The public face of a group that looks for members (row 32). */
export interface Recruit {
  /** Empty where the group's own serves. */
  readonly title: string;
  readonly target: string;
  readonly process: string;
  readonly info: string;
}

export interface GroupItem extends GroupAccess, GroupTerms, GroupState {
  readonly deletedAt?: string;
  readonly kind: Kind;
  readonly title: string;
  readonly description: string;
  readonly promise: string;
  readonly certificationRule: string;
  readonly category: Category;
  readonly customCategory?: string;
  readonly audience?: Audience;
  readonly tags: readonly string[];
  /** A challenge's. */
  readonly frequency?: Frequency;
  readonly recruit: Recruit;
  /** What comes with the recruit post to be fetched; absent where nothing does. */
  readonly files?: readonly KeptFile[];
  readonly timeZone: string;
  readonly visibility: Visibility;
  /** How certifications of its missions are judged, unless a mission says otherwise. */
  readonly approval: Approval;
  /** A team that has paid may have more seats (row 25). */
  readonly paid: boolean;
  /** The line that the leader has pinned (row 48). */
  readonly notice?: string;
  readonly likes: number;
  readonly leaderId: string;
  /** There while a leader is signed in nowhere, as far as is known (row 125). */
  readonly silence?: Silence;
  /** Goes up with each edit, not with members or likes. */
  readonly version: number;
  readonly createdAt: string;
  /** The plan that was published of it (row 132). */
  readonly planId?: string;
  /** There while an administrator has to decide on it (row 38). */
  readonly waitingFor?: 'APPROVAL';
  /** When dates next change something about it, and where the job looks for that; absent when nothing will. */
  readonly dueAt?: string;
  readonly dueShard?: string;
}

/** What a member's own list shows of a group without reading it; follows the group's edits (`groupChanged`). */
export type GroupSummary = Pick<
  GroupItem,
  'kind' | 'title' | 'category' | 'startDate' | 'endDate' | 'timeZone' | 'status' | 'statusPinned' | 'version'
> & { readonly disbandsAt?: string | undefined };

export interface MembershipItem extends MemberAccess {
  readonly groupId: string;
  readonly joinedAt: string;
  /** Who founded the group and is in it still: a tab of one's own groups. */
  readonly founded?: boolean;
  readonly leftAt?: string;
  /** The group, while one is in it: what puts the membership into the list of its members. */
  readonly presentIn?: string;
  /** Was removed, and the leader has lifted it: may come back, whatever the group says of those who left. */
  readonly readmitted?: boolean;
  readonly warnings?: number;
  readonly group: GroupSummary;
}
