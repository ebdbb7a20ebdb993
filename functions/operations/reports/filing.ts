/** Row 83: taking a report on a thing of any kind. */

import { nothing, overtaken, untilSettled } from '../../../shared/data/meaning.ts';
import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { or, type Part, ref, type Table } from '../../../shared/data/table.ts';
import { check, type Write } from '../../../shared/data/writes.ts';
import { noContent } from '../../../shared/http/exchange.ts';
import { hasReported } from '../../activity/written/reported.ts';
import type { ReportCaseItem } from './items.ts';
import type { LeadersNews } from './rules.ts';
import { counted, type NewReport, reportedOnce, toBeTold } from './store.ts';

export const caseRef = (groupId: string, subject: string) => ref('ReportCase', { groupId, subject });

interface Filing extends NewReport {
  readonly reporterId: string;
  /** The check of what must hold of the reporter, with what it means that it does not. */
  readonly still: Part;
  /** Hides the thing, or only asks that it is there. */
  readonly thing: (hides: boolean) => Write;
  /** What else changes with the report: by what is so at each attempt. */
  readonly also?: () => Promise<Part>;
  /** Tells those who have to know. */
  readonly tell: (news: LeadersNews) => Write | undefined;
}

/**
 * The report, its case and, with the third, the hiding are one transaction, with what is told of it; the case's
 * condition says which is the third.
 *
 * @param known the case as it was read
 */
export async function file(table: Table, filing: Filing, known: ReportCaseItem | undefined, now: number) {
  const { reporterId, still, thing, also, tell, ...report } = filing;
  const { groupId, subject, reason } = report;
  const use: Use = { limit: 'report', subject: reporterId };
  let seen = known;
  return untilSettled(async () => {
    const { hides, round, news, write } = counted(seen, report, now);
    const filed = await table.commit(
      [
        still,
        or('NOT_FOUND', thing(hides)),
        await also?.(),
        or(
          (reported) => (hasReported(reported, subject) ? nothing : tooMany(use, now)),
          reportedOnce(reporterId, groupId, subject, reason),
        ),
        charged(use, now),
        or((stands) => {
          seen = stands;
          return overtaken;
        }, write),
        toBeTold(report, reporterId, round, now),
        news && tell(news),
      ],
      noContent,
    );
    return filed ? noContent : countedOnce(table, reporterId, groupId);
  });
}

/**
 * The answer to who has reported a thing already. With an Idempotency-Key it is the first answer, which the commit
 * finds; that is what it is for.
 */
export async function countedOnce(table: Table, accountId: string, groupId: string) {
  await table.commit([or(nothing, check('Reported', { accountId, groupId }))], noContent);
  return noContent;
}
