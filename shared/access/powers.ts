/** The roles in a group. Each group has one leader. */
export const roles = ['LEADER', 'MANAGER', 'MEMBER'] as const;
export type Role = (typeof roles)[number];
/**
 * The states of a membership: present, left, or removed. PENDING: an application to a club waits (row 13). A pending
 * membership with `leftAt` is that of a person who was in the club before.
 */
export const memberStates = ['PENDING', 'ACTIVE', 'LEFT', 'KICKED'] as const;
export type MemberState = (typeof memberStates)[number];

const nobody = [] as const;
const leader = ['LEADER'] as const;
const managers = ['LEADER', 'MANAGER'] as const;

/**
 * The powers of each role in a group: the one table that code, tests and docs read (rows 14, 125). Every member may do
 * what is not listed here. A caller without a listed power gets the answer for a thing that does not exist. `admins`:
 * administrators of the deployment have the power too, in every group.
 */
export const powers = {
  judgeCertifications: {
    about: 'see certifications that wait, approve and deny them, but not their own',
    who: managers,
  },
  removeCertifications: { about: "delete others' certifications", who: leader },
  shareProgress: { about: 'make a link to a picture of the progress of the group', who: leader },
  runMissions: { about: 'make missions of every kind; edit, end and delete those of others', who: leader },
  runSeasons: { about: 'make seasons of a club, and change their days', who: managers },
  planMeetings: { about: 'set when the group meets, and its holidays', who: managers },
  judgeAttendance: {
    about: "see others' attendance and rates, decide on it and correct it, but not their own",
    who: managers,
  },
  strikeRecords: { about: 'strike records of others from the rankings, and restore them', who: leader },
  grantExcuses: { about: 'see who asks to be excused, and decide, but not on themselves', who: managers },
  judgeApplications: { about: 'see who applies, with their reviews, and decide, but not on themselves', who: managers },
  readDecisions: { about: 'read the history of decisions', who: managers },
  editGroup: { about: 'edit the group and its recruiting, extend its period, pin its notice line', who: leader },
  setStatus: { about: "set the group's status", who: leader },
  invite: { about: 'see and renew the code, make links', who: leader },
  appoint: { about: 'make members managers, and managers members', who: leader, admins: true },
  handOver: { about: 'hand the group over', who: leader },
  addMember: { about: 'bring somebody into the group, however it is joined', who: nobody, admins: true },
  discipline: { about: 'warn, remove and readmit members', who: leader },
  disband: { about: 'disband the group, and undo it', who: leader },
  hideReported: { about: 'see reports, hide and restore what was reported', who: leader, admins: true },
  closeRooms: { about: 'close chat rooms', who: leader },
  removeMessages: { about: "delete others' messages", who: leader },
  runNotices: { about: 'make posts notices, and see who has not read a post', who: managers },
  removePosts: { about: "delete others' posts", who: leader },
  runPolls: { about: 'close and delete polls of others', who: leader },
  publishPlan: { about: "publish a finished group's plan, and take it back", who: leader },
  setPaid: {
    about: 'see the frame of any group, and say whether a team has paid for more seats',
    who: nobody,
    admins: true,
  },
} as const satisfies Record<string, { readonly about: string; readonly who: readonly Role[]; readonly admins?: true }>;

export type Power = keyof typeof powers;
/** The powers that administrators of the deployment have too. */
export type AdminPower = { [P in Power]: (typeof powers)[P] extends { admins: true } ? P : never }[Power];

/**
 * Whether a role has a power.
 *
 * @example may('MANAGER', 'judgeCertifications') // true
 */
export const may = (role: Role, power: Power): boolean => (powers[power].who as readonly Role[]).includes(role);
