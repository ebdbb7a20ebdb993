/** Row 51: what a mission asks for as evidence. */
export const ways = ['TEXT', 'LINK', 'PHOTO', 'CHECKLIST'] as const;
export type Way = (typeof ways)[number];

/** Row 51: done once, or on some days of each week. */
export const missionKinds = ['ONCE', 'REPEAT'] as const;
export type MissionKind = (typeof missionKinds)[number];

/** Row 59. SUCCESS: everybody has done it. END: its time or its maker ended it. FAIL: its time is over, and nobody has done it. */
export const missionStatuses = ['WAIT', 'ONGOING', 'SUCCESS', 'END', 'FAIL'] as const;
export type MissionStatus = (typeof missionStatuses)[number];

/** What a member has done of a mission, in all (ONCE) or today (REPEAT). */
export const ownStates = ['TODO', 'WAITING', 'DONE', 'SKIPPED'] as const;
export type OwnState = (typeof ownStates)[number];
