/** Which copy of a message it is: of its sender, or of its reader. */
const boxes = ['OUT', 'IN'] as const;
export type Box = (typeof boxes)[number];
