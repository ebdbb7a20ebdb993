import type { Decision } from '../../../shared/data/decision.ts';

/** A decision as it stands in the history. */
export interface DecisionItem extends Decision {
  readonly decisionId: string;
  readonly decidedAt: string;
}
