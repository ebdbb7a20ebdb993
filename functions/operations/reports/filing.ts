/** Row 83: taking a report, whatever it is about. */

import { charged, tooMany, type Use } from '../../../shared/data/quota.ts';
import { ref, type Table } from '../../../shared/data/table.ts';
import { untilSettled } from '../../../shared/data/until-settled.ts';
import { check, type Write } from '../../../shared/data/writes.ts';
import { noContent } from '../../../shared/http/exchange.ts';
import type { NotificationType } from '../../../shared/messages/catalog.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { ReportedItem } from '../../activity/written/items.ts';
import { hasReported } from '../../activity/written/reported.ts';
import type { ReportCaseItem } from './items.ts';
import { counted, type NewReport, reportedOnce, toBeTold } from './store.ts';

export const caseRef = (groupId: string, subject: string) => ref('ReportCase', { groupId, subject });

export interface Filing extends NewReport {
  readonly reporterId: string;
  /** What must hold of the reporter. */
  readonly still: Write;
  /** Hides the thing, or only asks that it is there. */
  readonly thing: (hides: boolean) => Write;
  /** Tells who has to know. */
  readonly tell: (news: NotificationType) => Write | undefined;
}

/**
 * The report, its case and, with the third, the hiding are one transaction, with what is told of it; the case's condition says
 * which is the third.
 *
 * @param known the case as it was read
 */
export async function file(table: Table, filing: Filing, known: ReportCaseItem | undefined, now: number) {
  const { reporterId, still, thing, tell, ...report } = filing;
  const { groupId, subject, reason } = report;
  const use: Use = { limit: 'report', subject: reporterId };
  let seen = known;
  return untilSettled(async () => {
    const { hides, round, news, write } = counted(seen, report, now);
    const refused = await table.commit(
      {
        still,
        reported: reportedOnce(reporterId, groupId, subject, reason),
        case: write,
        reporter: toBeTold(report, reporterId, round, now),
        thing: thing(hides),
        use: charged(use, now),
        news: news === undefined ? undefined : tell(news),
      },
      noContent,
    );
    if (!refused) return noContent;
    if (refused.still || refused.thing) throw new Problem('NOT_FOUND');
    if (refused.reported && hasReported(refused.reported.item as ReportedItem | undefined, subject))
      return countedOnce(table, reporterId, groupId);
    if (refused.reported || refused.use) throw tooMany(use, now);
    seen = refused.case?.item as unknown as ReportCaseItem | undefined;
    return undefined;
  });
}

/**
 * The answer to who has reported a thing already. With an Idempotency-Key it is the first answer, which the commit finds;
 * that is what it is for.
 */
export async function countedOnce(table: Table, accountId: string, groupId: string) {
  await table.commit({ reported: check('Reported', { accountId, groupId }) }, noContent);
  return noContent;
}
