/** Row 112: the day of the week for which a motivation text is written. */
export const variants = ['ANY_DAY', 'MONDAY', 'SUNDAY'] as const;
export type Variant = (typeof variants)[number];
