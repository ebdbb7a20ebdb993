/** Questions of those who lead a group. Their keys begin with `group` and its id, as all of a group. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Applications = Answer<'applications', 'listApplications'>;
type Reports = Answer<'reports', 'listReports'>;
type Decisions = Answer<'groups', 'listDecisions'>;
type Barred = Answer<'memberships', 'listBarred'>;
type Members = Answer<'memberships', 'listMembers'>;
export type Application = ItemOf<Applications>;
export type ReportCase = ItemOf<Reports>;
export type Decision = ItemOf<Decisions>;
export type BarredPerson = ItemOf<Barred>;

const of = (groupId: string, cursor: string | undefined) => ({
  params: { groupId },
  query: { limit: 30, ...(cursor ? { cursor } : {}) },
});

/** Who waits for an answer, the first who applied first. */
export const applications = (groupId: string): Question<Applications> => ({
  key: ['group', groupId, 'applications'],
  ask: () => api.applications.listApplications({ params: { groupId }, query: { limit: 20 } }),
  kept: false,
});

/** What others wrote of an applicant. */
export const applicantReviews = (
  groupId: string,
  accountId: string,
): Question<Answer<'applications', 'listApplicantReviews'>> => ({
  key: ['group', groupId, 'applications', accountId, 'reviews'],
  ask: () => api.applications.listApplicantReviews({ params: { groupId, accountId }, query: { limit: 5 } }),
});

/** All members, page by page: a club has up to 500. */
export const people = (groupId: string): ListQuestion<Members> => ({
  key: ['group', groupId, 'people'],
  ask: (cursor) => api.memberships.listMembers(of(groupId, cursor)),
});

export const barred = (groupId: string): ListQuestion<Barred> => ({
  key: ['group', groupId, 'barred'],
  ask: (cursor) => api.memberships.listBarred(of(groupId, cursor)),
});

export const inviteCode = (groupId: string): Question<Answer<'invites', 'getInviteCode'>> => ({
  key: ['group', groupId, 'invite-code'],
  ask: () => api.invites.getInviteCode({ params: { groupId } }),
  kept: false,
});

export const reports = (groupId: string): ListQuestion<Reports> => ({
  key: ['group', groupId, 'reports'],
  ask: (cursor) => api.reports.listReports(of(groupId, cursor)),
});

export const decisions = (groupId: string): ListQuestion<Decisions> => ({
  key: ['group', groupId, 'decisions'],
  ask: (cursor) => api.groups.listDecisions(of(groupId, cursor)),
});

/** What an end would delete. */
export const summary = (groupId: string): Question<Answer<'lifecycle', 'summarizeGroup'>> => ({
  key: ['group', groupId, 'summary'],
  ask: () => api.lifecycle.summarizeGroup({ params: { groupId } }),
});
