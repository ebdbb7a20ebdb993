/** Row 119. */
export const excuseStates = ['PENDING', 'GRANTED', 'REFUSED', 'WITHDRAWN'] as const;
export type ExcuseState = (typeof excuseStates)[number];
