/** What an entry of a room's log is. */
export const entryKinds = ['MESSAGE', 'DELETED', 'HIDDEN', 'RESTORED', 'CLOSED', 'EMPTIED'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Row 70: what a room is for; a study has one open room of each at most. */
export const roomCategories = ['PLAN', 'PROGRESS', 'QNA', 'REVIEW', 'ETC'] as const;
export type RoomCategory = (typeof roomCategories)[number];

/** What somebody sees of a message. */
export const messageStates = ['SHOWN', 'DELETED', 'HIDDEN', 'BLOCKED'] as const;
export type MessageState = (typeof messageStates)[number];
