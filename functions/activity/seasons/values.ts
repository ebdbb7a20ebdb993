/** Row 96: by the day of the group. */
export const seasonStates = ['UPCOMING', 'CURRENT', 'OVER'] as const;
export type SeasonState = (typeof seasonStates)[number];
