/** Questions about one group. All keys begin with `group` and its id: `changed('group', groupId)` asks them again. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Certifications = Answer<'certifications', 'listCertifications'>;
export type Certification = ItemOf<Certifications>;
export type OwnGroup = Answer<'groups', 'getOwnGroup'>;
export type Columns = Answer<'certifications', 'getWall'>;
export type Member = ItemOf<Answer<'memberships', 'listMembers'>>;

export const group = (groupId: string): Question<OwnGroup> => ({
  key: ['group', groupId],
  ask: () => api.groups.getOwnGroup({ params: { groupId } }),
});

export const members = (groupId: string): Question<Answer<'memberships', 'listMembers'>> => ({
  key: ['group', groupId, 'members'],
  ask: () => api.memberships.listMembers({ params: { groupId }, query: { limit: 50 } }),
});

/** The bricks of this month. */
export const wall = (groupId: string): Question<Columns> => ({
  key: ['group', groupId, 'wall'],
  ask: () => api.certifications.getWall({ params: { groupId } }),
});

/** A feed loads ten cards first: a phone draws them at once, and the rest comes as one scrolls. */
export const feed = (groupId: string): ListQuestion<Certifications> => ({
  key: ['group', groupId, 'feed'],
  ask: (cursor) =>
    api.certifications.listCertifications({
      params: { groupId },
      query: { status: 'APPROVED', limit: 10, ...(cursor ? { cursor } : {}) },
    }),
});

/** The last certifications of the person, in every state. */
export const own = (groupId: string): Question<Certifications> => ({
  key: ['group', groupId, 'own'],
  ask: () => api.certifications.listCertifications({ params: { groupId }, query: { author: 'me', limit: 10 } }),
});

/** What waits for a decision; only for leaders and managers. */
export const waiting = (groupId: string): Question<Certifications> => ({
  key: ['group', groupId, 'waiting'],
  ask: () => api.certifications.listCertifications({ params: { groupId }, query: { status: 'WAITING', limit: 25 } }),
});
