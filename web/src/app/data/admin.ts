/** Questions of administrators. Their keys begin with `admin`. Addresses of other people stay on no device. */
import type { ListQuestion, Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer, ItemOf } from './answers.ts';

type Accounts = Answer<'admin', 'listWaitingAccounts'>;
type Groups = Answer<'admin', 'listWaitingGroups'>;
type Reports = Answer<'reports', 'listReportsOfLeaders'>;
type Decisions = Answer<'admin', 'listAccountDecisions'>;
type Plans = Answer<'plans', 'listPlans'>;
export type Motivation = ItemOf<Answer<'motivations', 'listMotivations'>>;
export type Account = Answer<'admin', 'getAccount'>;
export type WaitingAccount = ItemOf<Accounts>;
export type WaitingGroup = ItemOf<Groups>;
export type InspectedGroup = Answer<'admin', 'inspectGroup'>;

const page = (cursor: string | undefined) => ({ query: { limit: 20, ...(cursor ? { cursor } : {}) } });

export const waiting = (): Question<Answer<'admin', 'countWaiting'>> => ({
  key: ['admin', 'waiting'],
  ask: () => api.admin.countWaiting(),
});

export const waitingAccounts = (): ListQuestion<Accounts> => ({
  key: ['admin', 'accounts'],
  ask: (cursor) => api.admin.listWaitingAccounts(page(cursor)),
  kept: false,
});

export const waitingGroups = (): ListQuestion<Groups> => ({
  key: ['admin', 'groups'],
  ask: (cursor) => api.admin.listWaitingGroups(page(cursor)),
});

/** What is reported of leaders and of plans; of one group, all that waits there. */
export const reports = (groupId?: string): ListQuestion<Reports> => ({
  key: ['admin', 'reports', groupId ?? ''],
  ask: (cursor) =>
    groupId
      ? api.reports.listReports({ params: { groupId }, ...page(cursor) })
      : api.reports.listReportsOfLeaders(page(cursor)),
});

export const account = (accountId: string): Question<Account> => ({
  key: ['admin', 'account', accountId],
  ask: () => api.admin.getAccount({ params: { accountId } }),
  kept: false,
});

export const decisions = (accountId: string): ListQuestion<Decisions> => ({
  key: ['admin', 'account', accountId, 'decisions'],
  ask: (cursor) => api.admin.listAccountDecisions({ params: { accountId }, ...page(cursor) }),
});

export const group = (groupId: string): Question<InspectedGroup> => ({
  key: ['admin', 'group', groupId],
  ask: () => api.admin.inspectGroup({ params: { groupId } }),
});

export const shelf = (): ListQuestion<Plans> => ({
  key: ['admin', 'plans'],
  ask: (cursor) => api.plans.listPlans(page(cursor)),
});

export const plan = (planId: string): Question<Answer<'plans', 'inspectPlan'>> => ({
  key: ['admin', 'plan', planId],
  ask: () => api.plans.inspectPlan({ params: { planId } }),
});

/** The texts that encourage people in reminders. */
export const motivations = (): Question<Answer<'motivations', 'listMotivations'>> => ({
  key: ['admin', 'motivations'],
  ask: () => api.motivations.listMotivations(),
});
