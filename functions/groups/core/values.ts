/** Lists of words for groups: kinds, categories, states. Contracts, rules and items take them from here. */

/** The ways into a group: by oneself, by an invitation, by an accepted application, or by an administrator. */
export type Entered = 'JOINED' | 'INVITED' | 'ACCEPTED' | 'ADDED';

/** Row 20. */
export const groupKinds = ['CHALLENGE', 'STUDY', 'OPEN_ROOM', 'PRIVATE_GROUP', 'TEAM', 'CLUB'] as const;
export type Kind = (typeof groupKinds)[number];

/** Row 22: the categories of the five services, merged. A category of one's own is ETC with a word for it. */
export const categories = [
  'IT',
  'FOREIGN_LANGUAGE',
  'MATH',
  'SCIENCE',
  'HUMANITIES',
  'ARTS_AND_PHYSICAL_EDUCATION',
  'SPORTS',
  'HABIT',
  'TEST',
  'READING',
  'SELF_DEVELOPMENT',
  'ETC',
] as const;
export type Category = (typeof categories)[number];

export const audiences = ['ELEMENTARY', 'MIDDLE', 'HIGH', 'UNIVERSITY', 'EVERYBODY'] as const;
export type Audience = (typeof audiences)[number];

/** The managed list of tags. */
export const tags = [
  'DATABASE',
  'FRONTEND',
  'BACKEND',
  'CI_CD',
  'PYTHON',
  'JAVA',
  'JAVASCRIPT',
  'ALGORITHM',
  'ENGLISH',
  'JAPANESE',
  'CERTIFICATE',
  'INTERVIEW',
  'CLIMBING',
  'RUNNING',
  'EARLY_BIRD',
  'BOOKS',
  'GAME',
  'REMOTE',
  'OFFLINE',
] as const;
export type Tag = (typeof tags)[number];

export const groupStatuses = ['RECRUITING', 'IN_PROGRESS', 'FINISHED', 'COMPLETED'] as const;
export type GroupStatus = (typeof groupStatuses)[number];

export const joinPolicies = ['INSTANT', 'APPLY', 'CODE', 'LINK', 'ADMIN'] as const;
export type JoinPolicy = (typeof joinPolicies)[number];

export const visibilities = ['PUBLIC', 'PRIVATE'] as const;
export type Visibility = (typeof visibilities)[number];

/** How certifications are approved: by the leader and managers, or automatically. */
export const approvals = ['LEADER', 'AUTO'] as const;
export type Approval = (typeof approvals)[number];

/** An administrator's decision on a group that has to be approved (row 38). */
export const approvalStatuses = ['PENDING', 'APPROVED', 'REJECTED'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** Row 28. KICKED: the member whom the application brought in was removed. */
export const applicationStates = ['PENDING', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'KICKED'] as const;
export type ApplicationState = (typeof applicationStates)[number];

/** The orders that lists of groups come in (rows 33, 34, 37). */
export const sorts = ['LATEST', 'DEADLINE', 'POPULAR', 'LIKES'] as const;
export type Sort = (typeof sorts)[number];
