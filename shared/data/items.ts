/** The kinds of items that the kernel itself stores, for all features. */
import type { Decision } from './decision.ts';
import { kind } from './kind.ts';
import type { MailOrder } from './mail-order.ts';
import type { Announcement, Answered } from './outbox.ts';

/** A decision as the history stores it. */
export interface DecisionItem extends Decision {
  readonly decisionId: string;
  readonly decidedAt: string;
}

export type MailItem = MailOrder & { readonly mailId: string; readonly expiresAt: number };

export type OutboxItem = (Announcement | Answered) & {
  readonly outboxId: string;
  readonly createdAt: string;
  readonly expiresAt: number;
};

export interface QuotaItem {
  readonly subject: string;
  readonly limit: string;
  readonly window: string;
  readonly used: number;
  readonly expiresAt: number;
}

export interface ThrottleItem {
  readonly accountId: string;
  readonly action: string;
  readonly at: string;
  readonly expiresAt: number;
}

export interface IdempotencyItem {
  readonly hash: string;
  /** HMAC of the request. It shows whether a key was used again with a different request. */
  readonly print: string;
  /** The first answer, encrypted with values that only its sender knows. */
  readonly sealed: string;
  readonly expiresAt: number;
}

/** An entry of what the clock owes (`due.ts`). */
export interface DueItem {
  /** One of `dueShards`, or `parkedShard`. */
  readonly shard: string;
  /** ISO 8601, a whole minute: when it is looked at next. */
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  /** New at each write: who has seen an older one may not take the entry out. */
  readonly token: string;
  /** How often it was tried and failed. */
  readonly tries?: number;
}

/** Something that one worker does at a time. */
export interface LeaseItem {
  readonly name: string;
  readonly holder: string;
  /** ISO 8601; from then on anybody may take it over. */
  readonly until: string;
}

export const items = {
  Decision: kind<DecisionItem>()({
    about: 'who decided what, when and why; append-only',
    pk: 'DECISIONS#{scopeId}',
    sk: 'DECISION#{decidedAt}#{decisionId}',
    of: { group: 'scopeId', account: 'scopeId' },
    fate: {
      group: { dropped: { pattern: 'decisionsIn' } },
      account: { stays: 'the history only grows; it has ids and no names' },
    },
    archive: { as: 'decisions', found: { pattern: 'decisionsIn' } },
    // People are not told who decided on their account.
    secret: ['by'],
    patterns: {
      decisionsIn: { serves: 'decisions of a group or an account' },
    },
  }),
  Mail: kind<MailItem>()({
    about: 'a mail to send, written with its cause',
    pk: 'MAIL#{mailId}',
    sk: 'MAIL',
    life: '24 h',
    of: { account: 'to' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within a day' },
  }),
  Outbox: kind<OutboxItem>()({
    about: 'an event to deliver, written with its cause',
    pk: 'OUTBOX#{outboxId}',
    sk: 'EVENT',
    life: '24 h',
    of: { group: 'toMembersOf', account: 'actorId' },
    fate: { group: { expires: true }, account: { expires: true } },
    archive: { not: 'gone by itself within a day' },
  }),
  Quota: kind<QuotaItem>()({
    about: 'how often somebody did what is limited, in one window of time',
    pk: 'QUOTA#{subject}',
    sk: 'QUOTA#{limit}#{window}',
    life: 'the window',
    of: { account: 'subject' },
    fate: { account: { expires: true } },
    archive: { not: 'counts uses of the last hours, gone by itself' },
  }),
  Throttle: kind<ThrottleItem>()({
    about: 'when an account last did what is limited',
    pk: 'THROTTLE#{accountId}',
    sk: 'THROTTLE#{action}',
    life: '1 h',
    of: { account: 'accountId' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within an hour' },
  }),
  Due: kind<DueItem>()({
    about: 'something that the clock owes: what, for whom, and when',
    pk: 'DUE#{shard}',
    sk: 'DUE#{at}#{kind}#{subject}',
    of: { group: 'subject', account: 'subject' },
    fate: {
      group: { goes: 'when its instant comes: the purge is one of these entries' },
      account: { goes: 'when its instant comes: the erasing is one of these entries' },
    },
    archive: { not: 'only says when something is looked at' },
    secret: ['token'],
    patterns: {
      dueEntries: { serves: 'what the clock owes, soonest first' },
    },
  }),
  Lease: kind<LeaseItem>()({
    about: 'who works on something that one does at a time, and until when',
    pk: 'LEASE#{name}',
    sk: 'LEASE',
  }),
  Idempotency: kind<IdempotencyItem>()({
    about: 'the first answer to an Idempotency-Key, sealed',
    pk: 'IDEMPOTENCY#{hash}',
    sk: 'ANSWER',
    life: '24 h',
    of: { account: 'hash' },
    fate: { account: { expires: true } },
    archive: { not: 'gone by itself within a day' },
    secret: ['hash', 'print', 'sealed'],
  }),
} as const;
