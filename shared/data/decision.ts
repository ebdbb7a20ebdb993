import { newId } from '../core/ids.ts';
import { iso } from '../core/time.ts';
import { create, type Write } from './writes.ts';

/** What was decided on whom, when, by whom and why (row 124). */
export interface Decision {
  /** The group in which it was decided, or the account that it is about. */
  readonly scopeId: string;
  readonly by: string;
  /** What it is about: `certification:{id}`. */
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly reason?: string | undefined;
}

/** The write that adds a decision to the history, which only grows: commit it with what was decided. */
export function decided(now: number, { reason, ...decision }: Decision): Write {
  const record = { decisionId: newId(now), decidedAt: iso(now), ...decision };
  return create('Decision', reason === undefined ? record : { ...record, reason });
}
