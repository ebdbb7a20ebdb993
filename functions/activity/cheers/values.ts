/** Row 63: the signs that people cheer with. Clients choose how each is drawn. */
export const cheerKinds = ['HEART', 'CLAP', 'FIRE', 'SMILE', 'CRY', 'STAR'] as const;
export type CheerKind = (typeof cheerKinds)[number];
