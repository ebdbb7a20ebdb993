/** Row 51: what a mission asks for as evidence. */
export const ways = ['TEXT', 'LINK', 'PHOTO', 'CHECKLIST'] as const;
export type Way = (typeof ways)[number];
