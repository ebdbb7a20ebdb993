/** The numbers of check-in codes (row 156). */
export const checkInLimits = {
  /**
   * `opensMinutes`: how long before a meeting its codes begin. `shownMinutes`: of how many minutes one answer has the codes, so that a screen without a network goes on for a while.
   * `metres`: how far from the place of a meeting a code is taken.
   * `decimals`: to how many a position is rounded before anything else is done with it; 4 are 11 m. `keptDays`: how long a device
   * is remembered, by a hash of it and the meeting.
   */
  checkIn: { opensMinutes: 15, shownMinutes: 10, metres: 150, decimals: 4, keptDays: 2 },
} as const;
