import { newId } from '../core/ids.ts';
import { iso } from '../core/time.ts';
import type { DecisionKind } from '../product/decision-kinds.ts';
import { create, type Write } from './writes.ts';

/** One decision: its subject, the person who decided, and the reason (row 124). */
export interface Decision {
  /** The group in which it was decided, or the account that it is about. */
  readonly scopeId: string;
  readonly by: string;
  /** The thing it is about: `certification:{id}`. */
  readonly subject: `${DecisionKind}:${string}`;
  /** The person whose thing it is, such as the member who certified. Absent if the subject is a person or has no author. */
  readonly authorId?: string | undefined;
  readonly before: string;
  readonly after: string;
  readonly reason?: string | undefined;
}

/**
 * The write that adds a decision to the append-only history. Commit it together with the change that was decided.
 *
 * @param now milliseconds since 1970
 * @example
 * const subject = `certification:${id}`;
 * decided(now, { scopeId: groupId, by: accountId, subject, authorId, before: 'WAITING', after: 'APPROVED' })
 */
export function decided(now: number, { authorId, reason, ...decision }: Decision): Write {
  return create('Decision', {
    ...{ decisionId: newId(now), decidedAt: iso(now), ...decision },
    ...(authorId === undefined ? {} : { authorId }),
    ...(reason === undefined ? {} : { reason }),
  });
}
