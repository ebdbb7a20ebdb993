/** Table 2.9. */
export const statuses = ['WAITING', 'APPROVED', 'DENIED'] as const;
export type Status = (typeof statuses)[number];
/** The state that a decision gives. */
export type Decided = Exclude<Status, 'WAITING'>;
