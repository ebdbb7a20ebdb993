/** Row 161: which leagues there are, and how people are shown in them. */

export const waysToBeShown = ['NICKNAME', 'ANIMAL'] as const;
export type ShownAs = (typeof waysToBeShown)[number];

/** `COUNTING`: the week is over, and what came in its last moments is being counted. `FINAL`: it never changes again. */
export const weekStates = ['OPEN', 'COUNTING', 'FINAL'] as const;
export type WeekState = (typeof weekStates)[number];

export const animals = ['OTTER', 'WHALE', 'OWL', 'RABBIT', 'TURTLE', 'BEAR', 'FOX', 'CAT'] as const;
export type Animal = (typeof animals)[number];
