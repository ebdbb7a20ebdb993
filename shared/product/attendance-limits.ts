/** The numbers of attendance. */
export const attendanceLimits = {
  /**
   * Rows 98-103. `graceMinutes`: after its start, before one is late: unless a plan says otherwise, and at most. `startUntil`: the latest
   * start. `closesAt`: when a day closes by the clock of the group, and its run begins. `settleMinutes`: how long after that a request
   * may still be on its way. `alternates`: of a season, without an override. `soonMinutes`: before its start, from which on a member may
   * arrive at a meeting by a code (row 156). `waiting`: the most that a count of what waits says.
   */
  attendance: {
    ...{ graceMinutes: 30, mostGraceMinutes: 180, startUntil: '23:30', closesAt: '23:57', settleMinutes: 1 },
    ...{ meetings: 7, holidays: 100, place: 50, decisions: 50, alternates: 2, soonMinutes: 15, waiting: 100 },
  },
} as const;
