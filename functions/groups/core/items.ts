import type { GroupAccess, MemberAccess } from '../../../shared/access/access.ts';
import type { FileTypeName } from '../../../shared/product/file-types.ts';
import type { GroupState, GroupTerms, Silence } from './rules.ts';
import type { ApplicationState, Approval, Audience, Category, Kind, Visibility } from './values.ts';

/** How often a challenge asks for a certification (row 51). */
export type Frequency =
  | { readonly every: 'DAY' | 'WEEKDAY' | 'WEEKEND' }
  | { readonly every: 'WEEK'; readonly times: number };

/** A file that a group shows to be fetched. */
export interface KeptFile {
  /** That of the upload it was. */
  readonly id: string;
  readonly name: string;
  readonly type: FileTypeName;
  readonly bytes: number;
  readonly key: string;
}

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

/** An entry of a list. A page reads the groups themselves, so an entry may lag: it never shows what may not be seen. */
export interface ListingItem {
  readonly list: string;
  /** Entries are asked for in the order of this text; under one key an entry never moves. */
  readonly order: string;
  readonly groupId: string;
  /** What filters ask for, of the group: spares reading groups that are filtered out. Words do without. */
  readonly traits?: readonly string[];
  /** Of an entry that has moved: it stands here from, or until, this instant. Pages go on in the list as it was at their first. */
  readonly from?: string;
  readonly until?: string;
}

/** What stands in the lists of a group: in each of `facets` by each of `orders`, and in the lists of `words`. */
export interface ListedItem {
  readonly groupId: string;
  /** Goes up with each change: who has read an older one may not write. */
  readonly serial: number;
  readonly facets: readonly string[];
  readonly traits: readonly string[];
  readonly orders: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}
