import type { MemberState, Role } from '../../../shared/access/powers.ts';
import { kind } from '../../../shared/data/kind.ts';
import type { Asked } from '../../../shared/data/outbox.ts';
import type { FileTypeName } from '../../../shared/product/file-types.ts';
import type { GroupDays } from './day-rules.ts';
import type { GroupState, GroupTerms, Silence } from './rules.ts';
import type {
  ApplicationState,
  Approval,
  ApprovalStatus,
  Audience,
  Category,
  ClubAsk,
  Entered,
  Kind,
  Tag,
  Visibility,
} from './values.ts';

/** How often a challenge asks for a certification (row 51). */
export type Frequency =
  | { readonly every: 'DAY' | 'WEEKDAY' | 'WEEKEND' }
  | { readonly every: 'WEEK'; readonly times: number };

/** A file that a group offers for download. */
export interface KeptFile {
  /** The id of the upload that it was. */
  readonly id: string;
  readonly name: string;
  readonly type: FileTypeName;
  readonly bytes: number;
  readonly key: string;
}

/** The public face of a group that looks for members (row 32). */
interface Recruit {
  /** Empty if the group's own title serves. */
  readonly title: string;
  readonly target: string;
  readonly process: string;
  readonly info: string;
}

export interface GroupItem extends GroupTerms, GroupState {
  readonly groupId: string;
  readonly deletedAt?: string;
  readonly kind: Kind;
  readonly title: string;
  readonly description: string;
  readonly promise: string;
  readonly certificationRule: string;
  readonly category: Category;
  readonly customCategory?: string;
  readonly audience?: Audience;
  readonly tags: readonly Tag[];
  /** Only challenges have one. */
  readonly frequency?: Frequency;
  readonly recruit: Recruit;
  /** Files of the recruit post; absent if there are none. */
  readonly files?: readonly KeptFile[];
  readonly timeZone: string;
  readonly visibility: Visibility;
  /** How certifications of its missions are judged, unless a mission says otherwise. */
  readonly approval: Approval;
  /** What a club asks its applicants for (row 15); absent if it asks for nothing. */
  readonly asks?: readonly ClubAsk[];
  /** A team that has paid may have more seats (row 25). */
  readonly paid: boolean;
  /** The line that the leader has pinned (row 48). */
  readonly notice?: string;
  readonly likes: number;
  /** How often its counters have moved. */
  readonly moves?: number;
  readonly leaderId: string;
  /** The accounts of its managers, in step with their roles, as one text (`core/managers.ts`). Absent if there were none. */
  readonly managers?: string | undefined;
  /** Set while the leader has no session, as far as is known (row 125). */
  readonly silence?: Silence;
  /** Goes up with each edit, not with members or likes. */
  readonly version: number;
  readonly createdAt: string;
  /** The plan that was published from it (row 132). */
  readonly planId?: string;
  /** Row 52: false where its leader alone makes missions. */
  readonly membersMayCreate?: boolean;
  /** Row 137: when its days begin, and how many missed days of a month can be made up for. */
  readonly dayStart?: string;
  readonly nextDayStart?: { readonly from: string; readonly at: string };
  readonly makeUps?: number;
  /** Row 119: whether every excuse needs a grant. */
  readonly excusesNeedApproval?: boolean;
  /** The day on which its leader has completed it: it asks for nothing after that. */
  readonly completedOn?: string;
  /** Missions before their end (row 52). Their conditions are its limits. */
  readonly liveREPEAT?: number;
  readonly liveONCE?: number;
  /** Set while an administrator has to decide on it (row 38). */
  readonly waitingFor?: 'APPROVAL';
  /** When time next changes something about it: the instant of its entry among what is due. Absent when nothing will. */
  readonly dueAt?: string;
}

/** The part of a group that a member's own list shows without reading the group. It follows edits (`groupChanged`). */
export type GroupSummary = Pick<
  GroupItem,
  'kind' | 'title' | 'category' | 'startDate' | 'endDate' | 'timeZone' | 'status' | 'statusPinned' | 'version'
> & {
  readonly approvalStatus?: ApprovalStatus | undefined;
  readonly disbandsAt?: string | undefined;
} & Pick<GroupDays, 'dayStart' | 'nextDayStart'>;

export interface MembershipItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly state: MemberState;
  /** When the person came in; of a pending membership, when they first applied. */
  readonly joinedAt: string;
  /** How the member came in; absent for the founder. It decides who is notified. */
  readonly entered?: Entered;
  /** Set for the founder while in the group: own groups have a tab for it. */
  readonly founded?: boolean;
  readonly leftAt?: string;
  /** When the person left before, if this is not the first membership. */
  readonly leftBefore?: string;
  /** The group's id while the membership is active: it puts the membership into the list of members (gsi2). */
  readonly presentIn?: string;
  /** The leader has lifted a removal: the person may rejoin even if the group does not allow rejoining. */
  readonly readmitted?: boolean;
  readonly warnings?: number;
  /** Row 119: the days on which the member is excused, packed (`excused-rules.ts`). Absent if there are none. */
  readonly excused?: string;
  /** Row 144: how often they do missions by their own choice, packed (`quota-rules.ts`). */
  readonly quotas?: string;
  /** When they last chose so, and that their first certification after it is announced. */
  readonly returnedAt?: string;
  readonly greets?: true;
  readonly group: GroupSummary;
}

/** Somebody who was removed from a group and may not come back. */
export interface BarredItem {
  readonly groupId: string;
  readonly accountId: string;
  readonly since: string;
  readonly reason: string;
}

/** One of the parts of a group's roster: those of its present members whose ids end alike. */
export interface RosterItem {
  readonly groupId: string;
  readonly part: string;
  /** Name and picture of a member, packed (`roster-rules.ts`): `person {accountId}`. */
  readonly [person: `person ${string}`]: string;
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
  /** Who was asked to decide on it, while it waits. */
  readonly askedBy?: Asked;
}

/** What every entry has that finds a group. It may lag: a page reads the groups themselves, and the groups decide. */
interface Entry {
  /** Entries are sorted by this text. An entry never moves under one key. */
  readonly order: string;
  readonly groupId: string;
  /** The serial of the intent (`ListedItem`) that wrote it last. An older intent changes it no more. */
  readonly serial: number;
  /** Where an entry has gone, it stood here until this instant. Pages go on in the list as it was at their first. */
  readonly until?: string;
}

/** An entry of a public list. */
export interface ListingItem extends Entry {
  readonly list: string;
  /** The group's traits that filters ask for: spares reading groups that are filtered out. */
  readonly traits: readonly string[];
  /** Where an entry has moved to, it stands here from this instant on. */
  readonly from?: string;
}

/** An entry of the index of words. */
export interface WordItem extends Entry {
  readonly word: string;
}

/** The lists that a group is in: each of `facets` in each of `orders`. */
export interface Places {
  readonly facets: readonly string[];
  readonly traits: readonly string[];
  readonly orders: Readonly<Record<string, string>>;
}

/** Where a group stands in the lists; an intent until all its entries are written. Whoever finds one finishes it first, so what `was` always stood in full. */
export interface ListedItem extends Places {
  readonly groupId: string;
  /** Goes up with each intent. A writer that has read an older one is refused. */
  readonly serial: number;
  /** When the intent was made, in milliseconds since 1970. */
  readonly at: number;
  /** The fingerprint of the words (`IndexedItem`). */
  readonly words: string;
  /** Where it stood before. Absent once it is known that the intent is finished without looking at its last entry. */
  readonly was?: Places;
}

/** The words that find a group. Apart from `Listed`, because they are long and only an edit changes them. */
export interface IndexedItem {
  readonly groupId: string;
  /** The intent that changed the words last. */
  readonly serial: number;
  /** All words. Those that this intent brought are the last ones. */
  readonly words: readonly string[];
  /** How many words this intent brought. */
  readonly coming: number;
  /** The words that this intent took away. */
  readonly leaving: readonly string[];
}

export const items = {
  Group: kind<GroupItem>()({
    about: 'a group; in gsi1 while it waits for approval',
    pk: 'GROUP#{groupId}',
    sk: 'GROUP',
    gsi1: { pk: 'GROUPS_WAITING#{waitingFor}', sk: '{createdAt}#{groupId}', sparse: true },
    of: { group: 'groupId', account: 'leaderId' },
    fate: {
      group: { goes: 'last, when all that was its own is deleted' },
      account: { stays: 'the leader is somebody else by then, or the group is gone' },
    },
    archive: { not: 'its title comes with the membership' },
    counters: {
      memberCount: { counts: 'membersOfGroup', where: { state: 'ACTIVE' } },
      likes: { counts: 'likesOfGroup' },
    },
    countsUntil: 'deletedAt',
    patterns: {
      groupsWaiting: { serves: 'groups that wait for approval, oldest first', index: 'gsi1' },
    },
  }),
  Membership: kind<MembershipItem>()({
    about:
      'a person in a group, or an applicant to a club, with what their own list shows of it; in gsi2 while they are in it',
    pk: 'MEMBERS#{groupId}',
    sk: 'MEMBER#{accountId}',
    gsi1: { pk: 'GROUPS_OF#{accountId}', sk: '{joinedAt}#{groupId}' },
    gsi2: { pk: 'PRESENT#{presentIn}', sk: '{joinedAt}#{accountId}', sparse: true },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'membersOfGroup' } },
      account: {
        stays: 'without a name: who was in a group is part of its history',
        by: 'leaveForGood (groups/core/departure.ts)',
      },
    },
    archive: { as: 'memberships', found: { pattern: 'groupsOfAccount' } },
    patterns: {
      groupsOfAccount: { serves: 'the groups of an account, by joining; also clubs that it applies to', index: 'gsi1' },
      presentMembers: { serves: 'who is in a group, by joining', index: 'gsi2' },
      membersOfGroup: { serves: 'everybody who is or was in a group, or applies to a club' },
    },
  }),
  Barred: kind<BarredItem>()({
    about: 'somebody who was removed from a group, until the removal is lifted; in step with the membership',
    pk: 'BARRED#{groupId}',
    sk: 'BARRED#{accountId}',
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'barredFromGroup' } },
      account: { stays: 'without a name, like the membership' },
    },
    archive: { not: 'the membership, which is in it, and the notification say so' },
    patterns: {
      barredFromGroup: { serves: 'who was removed from a group and may not come back' },
    },
  }),
  Roster: kind<RosterItem>()({
    about: 'names and pictures of the present members of a group: an attribute for each, in eight parts',
    pk: 'ROSTER#{groupId}',
    sk: 'PART#{part}',
    of: { group: 'groupId' },
    fate: { group: { dropped: { pattern: 'rosterOfGroup' } } },
    patterns: {
      rosterOfGroup: { serves: 'names and pictures of the present members of a group' },
    },
  }),
  Application: kind<ApplicationItem>()({
    about: 'a wish to join a group, one per person and group',
    pk: 'APPLICATIONS#{groupId}',
    sk: 'APPLICATION#{accountId}',
    gsi1: { pk: 'APPLICATIONS_IN#{groupId}#{state}', sk: '{appliedAt}#{accountId}' },
    gsi2: { pk: 'APPLICATIONS_OF#{accountId}', sk: '{appliedAt}#{groupId}' },
    of: { group: 'groupId', account: 'accountId' },
    fate: {
      group: { dropped: { pattern: 'applicationsOfGroup' } },
      account: { dropped: { pattern: 'applicationsOf' } },
    },
    archive: { as: 'applications', found: { pattern: 'applicationsOf' } },
    secret: ['askedBy'],
    patterns: {
      applicationsIn: { serves: "a group's applications in one state, oldest first", index: 'gsi1' },
      applicationsOfGroup: { serves: 'every application to a group' },
      applicationsOf: { serves: "somebody's applications, newest first", index: 'gsi2' },
    },
  }),
  Listed: kind<ListedItem>()({
    about: 'where a group stands in the lists',
    pk: 'LISTED#{groupId}',
    sk: 'LISTED',
    of: { group: 'groupId' },
    fate: { group: { goes: 'when the group is deleted: relist (groups/core/listing.ts)' } },
  }),
  Indexed: kind<IndexedItem>()({
    about: 'the words that find a group',
    pk: 'INDEXED#{groupId}',
    sk: 'INDEXED',
    of: { group: 'groupId' },
    fate: { group: { goes: 'when the group is deleted: relist (groups/core/listing.ts)' } },
  }),
  Listing: kind<ListingItem>()({
    about: 'an entry of a public list: of a filter in an order',
    pk: 'LISTING#{list}',
    sk: 'ENTRY#{order}#{groupId}',
    life: '1 h after it was moved away',
    of: { group: 'groupId' },
    fate: { group: { goes: 'when the group is deleted: relist (groups/core/listing.ts)' } },
    patterns: {
      listing: { serves: 'a public list of groups, in its order' },
    },
  }),
  Word: kind<WordItem>()({
    about: 'an entry of the index of words',
    pk: 'WORD#{word}',
    sk: 'ENTRY#{order}#{groupId}',
    life: '1 h after the word is gone',
    of: { group: 'groupId' },
    fate: { group: { goes: 'when the group is deleted: relist (groups/core/listing.ts)' } },
    patterns: {
      groupsWithWord: { serves: 'the public groups whose texts have a word, newest first' },
    },
  }),
} as const;
