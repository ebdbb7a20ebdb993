/** Row 83. */
export const reportReasons = ['SPAM', 'INSULT', 'OBSCENE', 'PRIVACY', 'FAKE', 'OTHER'] as const;
export type Reason = (typeof reportReasons)[number];

/** `HIDDEN`: by a decision, or by `limits.reportsToHide` reports until there is a decision. */
export const caseStates = ['REPORTED', 'HIDDEN', 'KEPT'] as const;
export type CaseState = (typeof caseStates)[number];

export const caseDecisions = ['HIDE', 'KEEP'] as const;
export type CaseDecision = (typeof caseDecisions)[number];
