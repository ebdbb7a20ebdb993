/** What somebody has reported in a group: for whatever shows things that can be reported. */
import { ref } from '../../../shared/data/table.ts';

/** What somebody has reported in a group: each subject is an attribute, with the reason. */
export type ReportedItem = Readonly<Record<string, string | number | undefined>>;

/** Read it along with the rest, and keep from them what it names. */
export const reportedRef = (accountId: string, groupId: string) =>
  ref<ReportedItem>('Reported', { accountId, groupId });

export const hasReported = (reported: ReportedItem | undefined, subject: string) => reported?.[subject] !== undefined;
