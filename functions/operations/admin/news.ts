import { news } from '../../../shared/messages/news.ts';

/** Decisions of administrators. */
export const adminNews = {
  accountApproved: news('ACCOUNT_APPROVED', {
    class: 'always',
    concerns: 'account',
    screen: 'account',
    ko: '가입이 승인됐어요. 어서 오세요!',
    en: 'Your account was approved. Welcome!',
  }),
  waiting: news('APPROVALS_WAITING', {
    class: 'group',
    concerns: 'you',
    screen: 'approvals',
    ko: '모임 {groups}개와 가입 {accounts}건이 승인을 기다리고 있어요.',
    en: 'Waiting for approval: {groups} groups, {accounts} accounts.',
  }),
  groupApproved: news('GROUP_APPROVED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title} 모임이 승인됐어요.',
    en: '{title} was approved.',
    many: 'latest',
  }),
  groupRejected: news('GROUP_REJECTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title} 모임이 승인되지 않았어요. (사유: {reason})',
    en: '{title} was not approved. (Reason: {reason})',
    many: 'latest',
  }),
};
