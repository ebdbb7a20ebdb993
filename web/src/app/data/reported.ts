/** What was reported, for those who decide: leaders and administrators. Its words stay on no device. */
import type { Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer } from './answers.ts';

interface Case {
  /** Null for a plan, which does not say of which group it is, and for a private message, which is of none. */
  readonly groupId: string | null;
  readonly subject: string;
}

export const isPlan = (subject: string) => subject.startsWith('plan:');
export const idIn = (subject: string) => subject.slice(subject.indexOf(':') + 1);

/**
 * One report, with its content as it is now.
 *
 * @param under the beginning of its key: what asks for it again when something has changed
 */
export const reported = (
  { groupId, subject }: Case,
  ...under: readonly string[]
): Question<Answer<'reports', 'getReport'>> => ({
  key: [...under, 'reported', subject],
  ask: () =>
    groupId
      ? api.reports.getReport({ params: { groupId }, query: { subject } })
      : isPlan(subject)
        ? api.reports.getPlanReport({ params: { planId: idIn(subject) } })
        : api.reports.getPrivateMessageReport({ params: { messageId: idIn(subject) } }),
  kept: false,
});
