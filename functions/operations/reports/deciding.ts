import { seen } from '../../../shared/access/access.ts';
import { Problem } from '../../../shared/product/problems.ts';
import type { ReportCaseItem } from './items.ts';
import { isOpenTo } from './rules.ts';
import { stateOf } from './store.ts';
import type { CaseDecision } from './values.ts';

/** The case as a person finds it who decides so: somebody has reported it, it is not their own, and the decision changes it. */
export function decidable(
  known: ReportCaseItem | undefined,
  accountId: string,
  decision: CaseDecision,
): ReportCaseItem {
  const before = seen(known);
  if (before.authorId === accountId) throw new Problem('OWN_DECISION');
  if (!isOpenTo({ ...before, state: stateOf(before) }, decision)) throw new Problem('ALREADY_DECIDED');
  return before;
}
