/** Rows 33, 34, 37. */
export const sorts = ['LATEST', 'DEADLINE', 'POPULAR', 'LIKES'] as const;
export type Sort = (typeof sorts)[number];
