export const pollStates = ['OPEN', 'CLOSED'] as const;
export type PollState = (typeof pollStates)[number];

/** Row 353: when the results of a poll are shown. */
export const resultTimes = ['ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'] as const;
export type ResultTime = (typeof resultTimes)[number];
