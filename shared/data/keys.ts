/**
 * The key registry: every item kind of the one table, with the keys it is stored under, and every way it is asked for.
 * Keys are built here and nowhere else. `docs/access-patterns.md` and the key prefixes of the IAM grants come from it.
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

interface EntityDefinition {
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
    about: 'a group; in gsi1 while it is listed',
    pk: 'GROUP#{groupId}',
    sk: 'GROUP',
    gsi1: { pk: 'GROUPS#{kind}', sk: '{createdAt}#{groupId}' },
  },
  Membership: {
    about: 'a person in a group; in gsi1 while ACTIVE',
    pk: 'MEMBERS#{groupId}',
    sk: 'MEMBER#{accountId}',
    gsi1: { pk: 'GROUPS_OF#{accountId}', sk: '{joinedAt}#{groupId}' },
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
  Upload: {
    about: 'an upload that was allowed and is not used yet; of a picture, also after that',
    pk: 'UPLOAD#{uploadId}',
    sk: 'UPLOAD',
    life: '24 h',
  },
  Notification: {
    about: 'an entry of the inbox',
    pk: 'INBOX#{accountId}',
    sk: 'NOTIFICATION#{notificationId}',
    life: '30 d',
  },
  Inbox: { about: 'count of unread notifications', pk: 'INBOX#{accountId}', sk: 'INBOX' },
  Connection: {
    about: 'an open socket; in gsi2 by the minute it was last heard of',
    pk: 'SOCKETS#{accountId}',
    sk: 'CONNECTION#{connectionId}',
    gsi2: { pk: 'CONNECTIONS#{shard}', sk: '{seenAt}#{connectionId}' },
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
  groupsByKind: { serves: 'listed groups of a kind, newest first', entity: 'Group', index: 'gsi1', sk: '' },
  groupsOfAccount: { serves: 'the groups of an account, by joining', entity: 'Membership', index: 'gsi1', sk: '' },
  membersOfGroup: { serves: 'everybody who is or was in a group', entity: 'Membership', index: 'table', sk: 'MEMBER#' },
  missionsOfGroup: {
    serves: 'the missions of a group, oldest first',
    entity: 'Mission',
    index: 'table',
    sk: 'MISSION#',
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
  decisionsIn: {
    serves: 'the decision history of a group or an account',
    entity: 'Decision',
    index: 'table',
    sk: 'DECISION#',
  },
  notificationsOfAccount: {
    serves: 'the inbox, newest first',
    entity: 'Notification',
    index: 'table',
    sk: 'NOTIFICATION#',
  },
  sessionsOfAccount: { serves: 'the signed-in devices', entity: 'Session', index: 'table', sk: 'SESSION#' },
  connectionsOfAccount: {
    serves: 'the open sockets of an account',
    entity: 'Connection',
    index: 'table',
    sk: 'CONNECTION#',
  },
  staleConnections: { serves: 'sockets by when they were last heard of', entity: 'Connection', index: 'gsi2', sk: '' },
} as const satisfies Record<string, PatternDefinition>;

export type PatternName = keyof typeof patterns;

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type KeyTemplate<E extends EntityName> = (typeof entities)[E]['pk'] | (typeof entities)[E]['sk'];
/** The values an entity's key is made of. */
export type KeyOf<E extends EntityName> = { readonly [Name in Placeholders<KeyTemplate<E>>]: string };

type IndexPk<E extends EntityName, I extends IndexName> = I extends 'table'
  ? (typeof entities)[E]['pk']
  : (typeof entities)[E] extends { readonly [K in I]: { readonly pk: infer P extends string } }
    ? P
    : never;
/** The values a pattern's partition is made of. */
export type PartitionOf<P extends PatternName> = {
  readonly [Name in Placeholders<IndexPk<(typeof patterns)[P]['entity'], (typeof patterns)[P]['index']>>]: string;
};

/** Keeps a value from spilling into the next part of a key: `#` separates, so it and the escape itself are escaped. */
const escapePart = (value: string) => value.replaceAll('%', '%25').replaceAll('#', '%23');

function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`key part "${name}" of ${template} is missing`);
    return escapePart(value);
  });
}

const placeholdersIn = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** The key of one item. Throws if a part is missing or empty. */
export function keyOf<E extends EntityName>(entity: E, values: KeyOf<E>): TableKey {
  const { pk, sk } = entities[entity];
  return { pk: fill(pk, values), sk: fill(sk, values) };
}

/** The attributes that put an item into its indexes, from the item's own values. */
export function indexKeysOf(entity: EntityName, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const definition: EntityDefinition = entities[entity];
  const keys: Record<string, string> = {};
  for (const index of ['gsi1', 'gsi2'] as const) {
    const template = definition[index];
    if (!template) continue;
    if (template.sparse && placeholdersIn(template.pk + template.sk).some((name) => values[name] === undefined))
      continue;
    keys[`${index}pk`] = fill(template.pk, values);
    keys[`${index}sk`] = fill(template.sk, values);
  }
  return keys;
}

/** The index, partition and sort-key prefix that a pattern queries. */
export function partitionOf<P extends PatternName>(pattern: P, values: PartitionOf<P>) {
  const { entity, index, sk } = patterns[pattern];
  const definition: EntityDefinition = entities[entity];
  const template = index === 'table' ? definition.pk : definition[index]?.pk;
  if (!template) throw new TypeError(`${entity} is not in ${index}`);
  return { index, pk: fill(template, values), prefix: sk as string };
}

/** What an entity's partition keys begin with, for `dynamodb:LeadingKeys`: `'GROUP#'`. */
export const partitionPrefix = (template: string) => template.slice(0, template.indexOf('{'));

/** The partition prefix of an entity in the table. */
export const tablePrefix = (entity: EntityName) => partitionPrefix(entities[entity].pk);

/** The partition prefix of a pattern in its index. */
export function patternPrefix(pattern: PatternName): { index: IndexName; prefix: string } {
  const { entity, index } = patterns[pattern];
  const definition: EntityDefinition = entities[entity];
  return { index, prefix: partitionPrefix(index === 'table' ? definition.pk : (definition[index]?.pk ?? '')) };
}
