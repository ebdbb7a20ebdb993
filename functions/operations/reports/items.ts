import { kind } from '../../../shared/data/kind.ts';
import type { CaseState } from './values.ts';

export interface ReportCaseItem {
  readonly groupId: string;
  readonly subject: string;
  /** Absent for a plan whose group is gone: nobody is responsible any more. */
  readonly authorId?: string;
  /** Of a private message: in whose box its copy is that was reported. */
  readonly readerId?: string;
  /** Absent until it was hidden or decided on. */
  readonly state?: CaseState;
  /** Reporters since the last decision. */
  readonly open: number;
  /** Reporters in all. */
  readonly total: number;
  /** Goes up with each decision. */
  readonly round: number;
  /** Set while it waits for a decision: the group's id, or `ADMIN`. */
  readonly waitingIn?: string;
  readonly reportedAt: string;
  /** Absent until it was decided on. */
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  /** How often each reason was named: `reason SPAM`. */
  readonly [reason: `reason ${string}`]: number;
  /** The words of reporters, under names that tell neither who wrote them nor when: `text {secret}`. */
  readonly [text: `text ${string}`]: string;
}

/** Somebody who reported a thing in one round, between two decisions. */
export interface ReporterItem {
  readonly groupId: string;
  readonly subject: string;
  readonly accountId: string;
  readonly round: number;
  readonly expiresAt: number;
}

export const items = {
  ReportCase: kind<ReportCaseItem>()({
    about:
      'a thing of a group, a plan, or a private message, that was reported: how often, and what was decided; in gsi1 while somebody has to look at it',
    pk: 'REPORTS#{groupId}',
    sk: 'CASE#{subject}',
    gsi1: { pk: 'CASES#{waitingIn}', sk: '{reportedAt}#{subject}', sparse: true },
    of: { group: 'groupId', account: 'authorId' },
    fate: {
      group: { dropped: { pattern: 'casesOfGroup' } },
      account: { stays: 'it is the group’s, and purged with it' },
    },
    archive: { not: 'the author of what was reported is not told of it' },
    patterns: {
      casesOfGroup: { serves: 'all that was reported in a group' },
      casesIn: { serves: 'what was reported and waits for a decision', index: 'gsi1' },
    },
  }),
  Reporter: kind<ReporterItem>()({
    about: 'who reported a thing, to be told what is decided; only what tells them reads it',
    pk: 'REPORTERS#{groupId}#{subject}',
    sk: 'REPORTER#{accountId}',
    life: '30 d',
    of: { group: 'groupId', account: 'accountId' },
    fate: { group: { expires: true }, account: { expires: true } },
    archive: { not: 'that one reported, which is in it' },
    patterns: {
      reportersOf: { serves: 'who reported a thing' },
    },
  }),
} as const;
