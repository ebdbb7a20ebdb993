/** Row 80. */
export const postKinds = ['NOTICE', 'POST'] as const;
export type PostKind = (typeof postKinds)[number];
