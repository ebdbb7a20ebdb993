/** Questions about one group. All keys begin with `group` and its id: `changed('group', groupId)` asks them again. */
import { cache, type ListQuestion, type Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Certifications = Answer<'certifications', 'listCertifications'>;
export type Certification = ItemOf<Certifications>;
export type OwnGroup = Answer<'groups', 'getOwnGroup'>;
export type Member = ItemOf<Answer<'memberships', 'listMembers'>>;

export const group = (groupId: string): Question<OwnGroup> => ({
  key: ['group', groupId],
  ask: () => api.groups.getOwnGroup({ params: { groupId } }),
});

export const members = (groupId: string): Question<Answer<'memberships', 'listMembers'>> => ({
  key: ['group', groupId, 'members'],
  ask: () => api.memberships.listMembers({ params: { groupId }, query: { limit: 50 } }),
});

/** The last certifications of the person, in every state. */
export const own = (groupId: string): Question<Certifications> => ({
  key: ['group', groupId, 'own'],
  ask: () => api.certifications.listCertifications({ params: { groupId }, query: { author: 'me', limit: 10 } }),
});

type Whole = Answer<'today', 'getGroupPage'>;
/** With all of its parts. */
export type GroupPage = {
  readonly [name in keyof Whole]: name extends 'members' | 'week' | 'wall' ? NonNullable<Whole[name]> : Whole[name];
};

/** The page of a group in one answer, beside its feed. The screens that lead on from it begin with what it has. */
export const page = (groupId: string): Question<GroupPage> => ({
  key: ['group', groupId, 'page'],
  async ask() {
    const answer = await api.today.getGroupPage({ params: { groupId }, query: { include: 'members,week,wall' } });
    const { group: about, role, joinedAt, warnings, notice, leaderId, planId, members: people } = answer;
    const own: OwnGroup = { group: about, role, joinedAt, warnings, notice, leaderId, planId };
    cache.setQueryData(group(groupId).key, own);
    cache.setQueryData(members(groupId).key, people);
    return answer as GroupPage;
  },
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

/** What waits for a decision; only for leaders and managers. */
export const waiting = (groupId: string): Question<Certifications> => ({
  key: ['group', groupId, 'waiting'],
  ask: () => api.certifications.listCertifications({ params: { groupId }, query: { status: 'WAITING', limit: 25 } }),
});
