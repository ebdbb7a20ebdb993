/** Questions about groups that one may join. Those about one begin with `recruit` and its id. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Groups = Answer<'discovery', 'listGroups'>;
export type FoundGroup = ItemOf<Groups>;
export type Recruit = Answer<'groups', 'getGroup'>;
export type Viewer = Answer<'discovery', 'getViewer'>;
export type Plan = Answer<'plans', 'getPlan'>;
export type OwnApplication = ItemOf<Answer<'applications', 'listOwnApplications'>>;
/** What a search asks for; without a status, groups that take people now. */
export type Filters = Omit<
  NonNullable<NonNullable<Parameters<typeof api.discovery.listGroups>[0]>['query']>,
  'cursor' | 'limit'
>;

const page = (cursor: string | undefined) => ({ limit: 10, ...(cursor ? { cursor } : {}) });

export const foundGroups = (filters: Filters): ListQuestion<Groups> => ({
  key: ['find', filters],
  ask: (cursor) => api.discovery.listGroups({ query: { ...filters, ...page(cursor) } }),
});

/** What the person is to some groups: up to 50. */
export const relations = (groupIds: readonly string[]): Question<Answer<'discovery', 'listViewer'>> => ({
  key: ['relations', groupIds],
  ask: () => api.discovery.listViewer({ query: { groupIds: groupIds.join(',') } }),
});

export const likedGroups = (): ListQuestion<Answer<'discovery', 'listLikes'>> => ({
  key: ['likes'],
  ask: (cursor) => api.discovery.listLikes({ query: page(cursor) }),
});

export const recruit = (groupId: string): Question<Recruit> => ({
  key: ['recruit', groupId],
  ask: () => api.groups.getGroup({ params: { groupId } }),
});

/** What the person is to the group, and who leads it. */
export const viewer = (groupId: string): Question<Viewer> => ({
  key: ['recruit', groupId, 'viewer'],
  ask: () => api.discovery.getViewer({ params: { groupId } }),
});

export const ownApplications = (): ListQuestion<Answer<'applications', 'listOwnApplications'>> => ({
  key: ['applications'],
  ask: (cursor) => api.applications.listOwnApplications({ query: page(cursor) }),
});

type Category = NonNullable<Filters['category']>;
export const plans = (category: Category | undefined): ListQuestion<Answer<'plans', 'listPlans'>> => ({
  key: ['plans', category ?? ''],
  ask: (cursor) => api.plans.listPlans({ query: { ...(category ? { category } : {}), ...page(cursor) } }),
});

export const plan = (planId: string): Question<Plan> => ({
  key: ['plan', planId],
  ask: () => api.plans.getPlan({ params: { planId } }),
});
