/** Row 83. */
export const reportReasons = ['SPAM', 'INSULT', 'OBSCENE', 'PRIVACY', 'FAKE', 'OTHER'] as const;
export type Reason = (typeof reportReasons)[number];

/** `HIDDEN`: by so many reports until somebody decides, or by a decision. */
export const caseStates = ['REPORTED', 'HIDDEN', 'KEPT'] as const;
export type CaseState = (typeof caseStates)[number];
