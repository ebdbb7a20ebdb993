/** Table 2.9. */
export const statuses = ['WAITING', 'APPROVED', 'DENIED', 'SKIPPED'] as const;
export type Status = (typeof statuses)[number];
/** What the photos of a certification are: `BROKEN` if one of them cannot be opened. */
export const imagesStates = ['DECODING', 'READY', 'BROKEN'] as const;
export type ImagesState = (typeof imagesStates)[number];
/** The state that a decision gives. */
export type Decided = Exclude<Status, 'WAITING' | 'SKIPPED'>;
