/** The things that somebody has reported in a group: for every use case that shows things that can be reported. */
import { ref } from '../../../shared/data/table.ts';
import type { ReportedItem } from './items.ts';

/** Read it along with the rest; the things that it names are kept from the reporter. */
export const reportedRef = (accountId: string, groupId: string) => ref('Reported', { accountId, groupId });

export const hasReported = (reported: ReportedItem | undefined, subject: string) =>
  reported?.[`thing ${subject}`] !== undefined;
