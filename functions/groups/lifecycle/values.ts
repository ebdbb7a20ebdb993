/** The statuses that a leader may set; FINISHED comes by the dates alone. */
export const settable = ['RECRUITING', 'IN_PROGRESS', 'COMPLETED'] as const;
export type Settable = (typeof settable)[number];
