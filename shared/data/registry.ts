/**
 * The key registry: every item kind of the one table, with the keys it is stored under, and every way it is asked for.
 * Keys are built from here and nowhere else (`keys.ts`). `docs/access-patterns.md` and the key prefixes of the IAM grants come from it.
 *
 * A kind has a partition of its own unless it is always granted together with its neighbours: a role can be bound to
 * partition keys (`dynamodb:LeadingKeys`), not to sort keys. It also spreads the load of a large group.
 */

interface IndexDefinition {
  readonly pk: string;
  readonly sk: string;
  /** The item is in this index only while it has every value that the keys are made of. */
  readonly sparse?: true;
}

export interface EntityDefinition {
  readonly about: string;
  readonly pk: string;
  readonly sk: string;
  readonly gsi1?: IndexDefinition;
  readonly gsi2?: IndexDefinition;
  /** How long an item lives: its `expiresAt` is set at creation. DynamoDB may be days late, so readers compare too. */
  readonly life?: string;
}

export const entities = {
  Account: {
    about: 'who someone is; in gsi1 while they wait to be approved or erased',
    pk: 'ACCOUNT#{accountId}',
    sk: 'PROFILE',
    gsi1: { pk: 'ACCOUNTS#{waitingFor}', sk: '{createdAt}#{accountId}', sparse: true },
  },
  Credential: {
    about: 'claim of an e-mail address or a login id, with the password hash',
    pk: 'LOGIN#{login}',
    sk: 'CREDENTIAL',
  },
  Identity: {
    about: "claim of a person at an identity provider: the provider's name and its subject",
    pk: 'IDENTITY#{provider}#{subject}',
    sk: 'IDENTITY',
  },
  SocialSignIn: {
    about: 'a sign-in begun at an identity provider: what its answer must fit',
    pk: 'OAUTH#{hash}',
    sk: 'BEGUN',
    life: '10 min',
  },
  NicknameClaim: { about: 'claim of a nickname, lower-cased', pk: 'NICKNAME#{nickname}', sk: 'CLAIM' },
  EmailCode: { about: 'a code sent to an address', pk: 'EMAIL#{email}', sk: 'CODE#{purpose}', life: '300 s' },
  Suppression: {
    about: 'an address that takes no mail: it bounced, or its owner complained',
    pk: 'SUPPRESSED#{email}',
    sk: 'SUPPRESSION',
  },
  Mail: { about: 'a mail to send, written with its cause', pk: 'MAIL#{mailId}', sk: 'MAIL', life: '24 h' },
  Ticket: {
    about: 'single-use right to do one thing, stored by the hash of its secret',
    pk: 'TICKET#{hash}',
    sk: 'TICKET',
    life: '30 s - 1 h',
  },
  Session: {
    about: 'a signed-in device with the hash of its refresh token',
    pk: 'SESSIONS#{accountId}',
    sk: 'SESSION#{sessionId}',
    life: '14 d from the last refresh',
  },
  Device: {
    about: 'where push messages to an account go: a browser or an app of one of its sessions',
    pk: 'DEVICES#{accountId}',
    sk: 'DEVICE#{deviceId}',
  },
  DeviceClaim: {
    about: 'claim of a browser or an app: its push messages are for one account, the last that registered it',
    pk: 'DEVICE#{deviceId}',
    sk: 'CLAIM',
  },
  NotificationSettings: {
    about: 'which notifications an account wants, when it wants quiet, and on how many devices',
    pk: 'SETTINGS#{accountId}',
    sk: 'NOTIFICATIONS',
  },
  Block: {
    about: 'the first account sees and hears nothing of the second',
    pk: 'BLOCKS#{accountId}',
    sk: 'BLOCK#{blockedId}',
  },
  Blocks: { about: 'count of those an account has blocked', pk: 'BLOCKS#{accountId}', sk: 'BLOCKS' },
  Export: {
    about: 'everything held about an account, as files to fetch',
    pk: 'EXPORTS#{accountId}',
    sk: 'EXPORT#{exportId}',
    gsi1: { pk: 'EXPORTS_WAITING#{waitingFor}', sk: '{requestedAt}#{exportId}', sparse: true },
    life: '24 h',
  },
  Group: {
    about:
      'a group; in gsi1 by the instant at which its dates next change something, in gsi2 while it waits for approval',
    pk: 'GROUP#{groupId}',
    sk: 'GROUP',
    gsi1: { pk: 'GROUPS_DUE#{dueShard}', sk: '{dueAt}#{groupId}', sparse: true },
    gsi2: { pk: 'GROUPS_WAITING#{waitingFor}', sk: '{createdAt}#{groupId}', sparse: true },
  },
  Membership: {
    about: 'a person in a group, with what their own list shows of it; in gsi2 while they are in it',
    pk: 'MEMBERS#{groupId}',
    sk: 'MEMBER#{accountId}',
    gsi1: { pk: 'GROUPS_OF#{accountId}', sk: '{joinedAt}#{groupId}' },
    gsi2: { pk: 'PRESENT#{presentIn}', sk: '{joinedAt}#{accountId}', sparse: true },
  },
  Listing: {
    about: 'an entry of a public list: of a filter in an order, or of a word',
    pk: 'LISTING#{list}',
    sk: 'ENTRY#{order}#{groupId}',
    life: '1 h after it was moved away',
  },
  Listed: { about: 'what stands in the lists of a group', pk: 'LISTED#{groupId}', sk: 'LISTED' },
  Like: {
    about: 'somebody likes a group',
    pk: 'LIKES#{groupId}',
    sk: 'LIKE#{accountId}',
    gsi1: { pk: 'LIKED#{accountId}', sk: '{likedAt}#{groupId}' },
  },
  Application: {
    about: 'a wish to join a group, one per person and group',
    pk: 'APPLICATIONS#{groupId}',
    sk: 'APPLICATION#{accountId}',
    gsi1: { pk: 'APPLICATIONS_IN#{groupId}#{state}', sk: '{appliedAt}#{accountId}' },
    gsi2: { pk: 'APPLICATIONS_OF#{accountId}', sk: '{appliedAt}#{groupId}' },
  },
  Invite: {
    about: 'the code that leads into a group, for its leader to see again',
    pk: 'INVITES#{groupId}',
    sk: 'INVITE',
  },
  InviteCode: { about: 'claim of a code that leads into a group, by its hash', pk: 'INVITE#{hash}', sk: 'CODE' },
  Review: {
    about: 'what a member thinks of another: not who thinks it, nor where or when, so that no list or cursor can tell',
    pk: 'REVIEWS#{accountId}',
    sk: 'REVIEW#{reviewId}',
  },
  WrittenReview: {
    about: 'somebody has reviewed another: one per group, for the writer alone',
    pk: 'REVIEWED#{accountId}',
    sk: 'REVIEWED#{groupId}#{revieweeId}',
  },
  ReviewScore: { about: 'sum and count of the reviews of somebody', pk: 'REPUTATION#{accountId}', sk: 'REVIEWS' },
  Reported: {
    about: 'what somebody has reported in a group, and is hidden from them: an attribute for each thing; or of a plan',
    pk: 'REPORTED#{accountId}',
    sk: 'IN#{groupId}',
  },
  ReportCase: {
    about:
      'a thing of a group, or a plan, that was reported: how often, and what was decided; in gsi1 while somebody has to look at it',
    pk: 'REPORTS#{groupId}',
    sk: 'CASE#{subject}',
    gsi1: { pk: 'CASES#{waitingIn}', sk: '{reportedAt}#{subject}', sparse: true },
  },
  Reporter: {
    about: 'who reported a thing, to be told what is decided; only what tells them reads it',
    pk: 'REPORTERS#{groupId}#{subject}',
    sk: 'REPORTER#{accountId}',
    life: '30 d',
  },
  Plan: {
    about: "a finished group's plan that others may start from",
    pk: 'PLAN#{planId}',
    sk: 'PLAN',
    gsi1: { pk: 'PLANS#{shelf}', sk: '{publishedAt}#{planId}' },
    gsi2: { pk: 'PLANS_OF#{category}', sk: '{publishedAt}#{planId}' },
  },
  Mission: { about: 'what members do', pk: 'MISSIONS#{groupId}', sk: 'MISSION#{missionId}' },
  Certification: {
    about: 'what shows that a mission was done',
    pk: 'CERTIFICATIONS#{groupId}',
    sk: 'CERTIFICATION#{certificationId}',
    gsi1: { pk: 'CERTIFICATIONS#{groupId}#{status}', sk: '{modifiedAt}#{certificationId}' },
    gsi2: { pk: 'CERTIFICATIONS_OF#{accountId}#{groupId}', sk: '{createdAt}#{certificationId}' },
  },
  MissionWeek: {
    about: "a member's certified days of one ISO week: holds the daily and weekly limit",
    pk: 'WEEKS#{missionId}',
    sk: 'WEEK#{accountId}#{week}',
  },
  Decision: {
    about: 'who decided what, when and why; append-only',
    pk: 'DECISIONS#{scopeId}',
    sk: 'DECISION#{decidedAt}#{decisionId}',
  },
  Brick: {
    about: 'ledger row: this certification is approved and worth one brick',
    pk: 'BRICKS#{accountId}',
    sk: 'BRICK#{certificationId}',
  },
  Mark: {
    about: 'counters moved on a day, or what they count: they are compared once it is over',
    pk: 'MARKS#{shard}',
    sk: 'MARK#{day}#{subject}',
    life: '14 d',
  },
  Upload: {
    about: 'an upload that was allowed and is not used yet; of a picture, also after that',
    pk: 'UPLOAD#{uploadId}',
    sk: 'UPLOAD',
    life: '24 h',
  },
  Notification: {
    about: 'an entry of the inbox; in gsi1 until it is read',
    pk: 'INBOX#{accountId}',
    sk: 'NOTIFICATION#{notificationId}',
    gsi1: { pk: 'UNREAD#{unreadBy}', sk: '{createdAt}#{notificationId}', sparse: true },
    life: '30 d',
  },
  Connection: {
    about: 'an open socket; in gsi2 by the minute it was last heard of',
    pk: 'SOCKETS#{accountId}',
    sk: 'CONNECTION#{connectionId}',
    gsi2: { pk: 'CONNECTIONS#{shard}', sk: '{seenAt}#{connectionId}' },
    life: '2 h 10 min',
  },
  Presence: {
    about: 'until when each open socket of an account counts as open, so that a list of people is one request',
    pk: 'PRESENCE#{accountId}',
    sk: 'PRESENCE',
    life: '2 h 10 min',
  },
  Throttle: {
    about: 'when an account last did what is limited',
    pk: 'THROTTLE#{accountId}',
    sk: 'THROTTLE#{action}',
    life: '1 h',
  },
  Quota: {
    about: 'how often somebody did what is limited, in one window of time',
    pk: 'QUOTA#{subject}',
    sk: 'QUOTA#{limit}#{window}',
    life: 'the window',
  },
  Outbox: { about: 'an event to deliver, written with its cause', pk: 'OUTBOX#{outboxId}', sk: 'EVENT', life: '24 h' },
  Idempotency: {
    about: 'the first answer to an Idempotency-Key, sealed',
    pk: 'IDEMPOTENCY#{hash}',
    sk: 'ANSWER',
    life: '24 h',
  },
} as const satisfies Record<string, EntityDefinition>;

export type EntityName = keyof typeof entities;
export type IndexName = 'table' | 'gsi1' | 'gsi2';

interface PatternDefinition {
  readonly serves: string;
  readonly entity: EntityName;
  readonly index: IndexName;
  /** Every item asked for has this text before its sort key's first variable part. */
  readonly sk: string;
}

export const patterns = {
  accountsWaiting: {
    serves: 'accounts that wait for something: to be approved, to be erased',
    entity: 'Account',
    index: 'gsi1',
    sk: '',
  },
  devicesOfAccount: { serves: 'where push messages to an account go', entity: 'Device', index: 'table', sk: 'DEVICE#' },
  blocksOfAccount: { serves: 'whom an account has blocked', entity: 'Block', index: 'table', sk: 'BLOCK#' },
  exportsWaiting: { serves: 'exports that were asked for, oldest first', entity: 'Export', index: 'gsi1', sk: '' },
  exportsOfAccount: { serves: 'the exports of an account', entity: 'Export', index: 'table', sk: 'EXPORT#' },
  groupsDue: { serves: 'groups whose dates change something, soonest first', entity: 'Group', index: 'gsi1', sk: '' },
  groupsWaiting: { serves: 'groups that wait for approval, oldest first', entity: 'Group', index: 'gsi2', sk: '' },
  listing: { serves: 'a public list of groups, in its order', entity: 'Listing', index: 'table', sk: 'ENTRY#' },
  likesOfGroup: { serves: 'who likes a group', entity: 'Like', index: 'table', sk: 'LIKE#' },
  likesOfAccount: { serves: 'the groups that somebody likes, last liked first', entity: 'Like', index: 'gsi1', sk: '' },
  applicationsIn: {
    serves: "a group's applications in one state, oldest first",
    entity: 'Application',
    index: 'gsi1',
    sk: '',
  },
  applicationsOfGroup: {
    serves: 'every application to a group',
    entity: 'Application',
    index: 'table',
    sk: 'APPLICATION#',
  },
  applicationsOf: { serves: "somebody's applications, newest first", entity: 'Application', index: 'gsi2', sk: '' },
  reviewsOf: { serves: 'what others think of somebody', entity: 'Review', index: 'table', sk: 'REVIEW#' },
  reviewsBy: { serves: 'whom somebody has reviewed', entity: 'WrittenReview', index: 'table', sk: 'REVIEWED#' },
  reportedBy: { serves: 'what somebody has reported, by group', entity: 'Reported', index: 'table', sk: 'IN#' },
  casesOfGroup: { serves: 'all that was reported in a group', entity: 'ReportCase', index: 'table', sk: 'CASE#' },
  reportersOf: { serves: 'who reported a thing', entity: 'Reporter', index: 'table', sk: 'REPORTER#' },
  casesIn: { serves: 'what was reported and waits for a decision', entity: 'ReportCase', index: 'gsi1', sk: '' },
  plansOnShelf: { serves: 'published plans, newest first', entity: 'Plan', index: 'gsi1', sk: '' },
  plansOfCategory: { serves: 'published plans of a category, newest first', entity: 'Plan', index: 'gsi2', sk: '' },
  groupsOfAccount: { serves: 'the groups of an account, by joining', entity: 'Membership', index: 'gsi1', sk: '' },
  presentMembers: { serves: 'who is in a group, by joining', entity: 'Membership', index: 'gsi2', sk: '' },
  membersOfGroup: { serves: 'everybody who is or was in a group', entity: 'Membership', index: 'table', sk: 'MEMBER#' },
  missionsOfGroup: { serves: 'missions of a group, oldest first', entity: 'Mission', index: 'table', sk: 'MISSION#' },
  marked: { serves: 'whose counters are to be compared, oldest first', entity: 'Mark', index: 'table', sk: 'MARK#' },
  bricksOfAccount: { serves: 'the bricks of an account', entity: 'Brick', index: 'table', sk: 'BRICK#' },
  weeksOfMission: { serves: 'what its members did for a mission', entity: 'MissionWeek', index: 'table', sk: 'WEEK#' },
  certificationsOfGroup: {
    serves: 'every certification of a group',
    entity: 'Certification',
    index: 'table',
    sk: 'CERTIFICATION#',
  },
  certificationsByStatus: {
    serves: "a group's certifications in one state, last changed first",
    entity: 'Certification',
    index: 'gsi1',
    sk: '',
  },
  certificationsOfMember: {
    serves: "a member's certifications in a group, newest first",
    entity: 'Certification',
    index: 'gsi2',
    sk: '',
  },
  decisionsIn: { serves: 'decisions of a group or an account', entity: 'Decision', index: 'table', sk: 'DECISION#' },
  notificationsOfAccount: {
    serves: 'the inbox, newest first',
    entity: 'Notification',
    index: 'table',
    sk: 'NOTIFICATION#',
  },
  unreadOfAccount: { serves: 'what somebody has not read yet', entity: 'Notification', index: 'gsi1', sk: '' },
  sessionsOfAccount: { serves: 'the signed-in devices', entity: 'Session', index: 'table', sk: 'SESSION#' },
  connectionsOfAccount: { serves: 'sockets of an account', entity: 'Connection', index: 'table', sk: 'CONNECTION#' },
  staleConnections: { serves: 'sockets by when they were last heard of', entity: 'Connection', index: 'gsi2', sk: '' },
} as const satisfies Record<string, PatternDefinition>;

export type PatternName = keyof typeof patterns;
