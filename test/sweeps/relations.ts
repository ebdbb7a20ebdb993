/** Everybody that somebody can be to a group, and what each route asks of them: what the access matrix is made of. */
import { type Power, powers, type Role } from '../../shared/access/powers.ts';

/**
 * `self` is a member and the one whom the path or the thing in it is about; `blocked` a member whom the leader has
 * blocked, which takes no right away; `applicant` has an application that waits; `admin` administers the deployment and
 * is in no group.
 */
export const relations = [
  'leader',
  'manager',
  'member',
  'self',
  'blocked',
  'left',
  'kicked',
  'applicant',
  'outsider',
  'otherLeader',
  'admin',
] as const;
export type Relation = (typeof relations)[number];

/** The part in the group that a relation brings along; none for those who are not in it. */
export const partOf: Readonly<Partial<Record<Relation, Role>>> = {
  leader: 'LEADER',
  manager: 'MANAGER',
  member: 'MEMBER',
  self: 'MEMBER',
  blocked: 'MEMBER',
};

/**
 * The need of a route: a power of the one table, to be a member, to have been one, or to be signed in. A list
 * lets those through who meet any of it; a relation stands for itself.
 */
type Need = Power | 'MEMBER' | 'ANYBODY' | Relation;

/** Each guarded route below a group, by its name. A new one is declared here, or the matrix fails. */
export const needs: Readonly<Record<string, readonly Need[]>> = {
  getOwnGroup: ['MEMBER'],
  editGroup: ['editGroup'],
  downloadFile: ['ANYBODY'],
  likeGroup: ['ANYBODY'],
  unlikeGroup: ['ANYBODY'],
  getViewer: ['ANYBODY'],
  joinGroup: ['ANYBODY'],
  addMember: ['addMember'],
  listMembers: ['MEMBER'],
  leaveGroup: ['MEMBER'],
  handOver: ['handOver'],
  succeedLeader: ['MEMBER'],
  setMemberRole: ['appoint'],
  kickMember: ['discipline'],
  liftKick: ['discipline'],
  listBarred: ['discipline'],
  warnMember: ['discipline'],
  listDecisions: ['readDecisions'],
  apply: ['ANYBODY'],
  listApplications: ['judgeApplications'],
  listApplicantReviews: ['judgeApplications'],
  acceptApplication: ['judgeApplications'],
  rejectApplication: ['judgeApplications'],
  withdrawApplication: ['applicant'],
  getOwnClubProfile: ['MEMBER'],
  setClubProfile: ['MEMBER'],
  listClubProfiles: ['MEMBER'],
  getInviteCode: ['invite'],
  renewInviteCode: ['invite'],
  makeInviteLink: ['invite'],
  setStatus: ['setStatus'],
  disbandGroup: ['disband'],
  keepGroup: ['disband'],
  summarizeGroup: ['disband'],
  createMission: ['MEMBER'],
  listMissions: ['MEMBER'],
  getMission: ['MEMBER'],
  getMissionStatus: ['MEMBER'],
  editMission: ['self', 'runMissions'],
  endMission: ['self', 'runMissions'],
  deleteMission: ['self', 'runMissions'],
  allowUpload: ['MEMBER'],
  allowFileUpload: ['editGroup'],
  requestExcuse: ['MEMBER'],
  listExcuses: ['MEMBER'],
  withdrawExcuse: ['self'],
  grantExcuse: ['grantExcuses'],
  refuseExcuse: ['grantExcuses'],
  submitCertification: ['MEMBER'],
  skipMission: ['MEMBER'],
  setReminder: ['MEMBER'],
  clearReminder: ['MEMBER'],
  listCertifications: ['MEMBER'],
  getCertification: ['MEMBER'],
  editCertification: ['self'],
  deleteCertification: ['self', 'removeCertifications'],
  approveCertification: ['judgeCertifications'],
  denyCertification: ['judgeCertifications'],
  decideCertifications: ['judgeCertifications'],
  cheer: ['MEMBER'],
  takeBackCheer: ['MEMBER'],
  listCheers: ['MEMBER'],
  getWall: ['MEMBER'],
  nudge: ['MEMBER'],
  listNudges: ['MEMBER'],
  comeBack: ['MEMBER'],
  clearQuota: ['MEMBER'],
  makeProgressLink: ['MEMBER'],
  getProgress: ['MEMBER'],
  getMemberProgress: ['MEMBER'],
  getGroupPage: ['MEMBER'],
  writeReview: ['MEMBER', 'left'],
  removeReview: [],
  report: ['MEMBER'],
  listReports: ['hideReported'],
  getReport: ['hideReported'],
  decideReport: ['hideReported'],
  publishPlan: ['publishPlan'],
  takeBackPlan: ['publishPlan'],
  listRooms: ['MEMBER'],
  openRoom: ['MEMBER'],
  allowChatUpload: ['MEMBER'],
  downloadChatFile: ['MEMBER'],
  closeRoom: ['closeRooms'],
  listEntries: ['MEMBER'],
  sendMessage: ['MEMBER'],
  deleteMessage: ['self', 'removeMessages'],
  markRead: ['MEMBER'],
  listReadMarks: ['MEMBER'],
  listPosts: ['MEMBER'],
  writePost: ['MEMBER'],
  getPost: ['MEMBER'],
  editPost: ['self'],
  deletePost: ['self', 'removePosts'],
  listPostReaders: ['runNotices'],
  listComments: ['MEMBER'],
  writeComment: ['MEMBER'],
  deleteComment: ['self'],
  makePoll: ['MEMBER'],
  listPolls: ['MEMBER'],
  getPoll: ['MEMBER'],
  editPoll: ['self'],
  deletePoll: ['self', 'runPolls'],
  closePoll: ['self', 'runPolls'],
  vote: ['MEMBER'],
  takeBackVote: ['MEMBER'],
  listVoters: ['MEMBER'],
  getVolume: ['MEMBER'],
  editVolume: ['MEMBER'],
  listSeasons: ['MEMBER'],
  createSeason: ['runSeasons'],
  editSeason: ['runSeasons'],
  createRecord: ['MEMBER'],
  listRecords: ['MEMBER'],
  editRecord: ['self'],
  deleteRecord: ['self'],
  strikeRecord: ['strikeRecords'],
  restoreRecord: ['strikeRecords'],
  getRecordTotals: ['MEMBER'],
  getRankingPage: ['MEMBER'],
  getRanking: ['MEMBER'],
  getOwnRank: ['MEMBER'],
  getAttendancePlan: ['MEMBER'],
  setAttendancePlan: ['planMeetings'],
  getAttendance: ['MEMBER'],
  requestAttendance: ['MEMBER'],
  listAttendances: ['MEMBER'],
  listAttendanceRates: ['judgeAttendance'],
  listWaitingAttendances: ['judgeAttendance'],
  decideAttendances: ['judgeAttendance'],
  correctAttendance: ['judgeAttendance'],
  showCodes: ['judgeAttendance'],
  checkIn: ['MEMBER'],
  setPaid: ['setPaid'],
  inspectGroup: ['setPaid'],
};

/** Whether a route is open to somebody because they are a member: applicants to a club are told to wait for it (row 13). */
export const isForMembers = (name: string): boolean =>
  needs[name]!.some((need) => need === 'MEMBER' || need === 'self');

/** Whether somebody in a relation may use a route, by the one table. */
export function mayUse(name: string, relation: Relation): boolean {
  const part = partOf[relation];
  const asked = needs[name];
  if (!asked) throw new Error(`${name} has no line in \`needs\`: say in test/sweeps/relations.ts who may use it`);
  return asked.some((need) => {
    if (need === 'ANYBODY' || need === relation) return true;
    if (need === 'MEMBER') return part !== undefined;
    if (!(need in powers)) return false;
    const { who, admins } = powers[need as Power] as { who: readonly Role[]; admins?: true };
    return relation === 'admin' ? admins === true : part !== undefined && who.includes(part);
  });
}
