import { news } from '../../../shared/messages/news.ts';

/** Applications to a group. */
export const applicationNews = {
  accepted: news('APPLICATION_ACCEPTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}의 참가 신청이 수락됐어요.',
    en: 'Your application to {title} was accepted.',
    many: 'latest',
  }),
  closed: news('APPLICATION_CLOSED', {
    class: 'group',
    concerns: 'you',
    screen: 'account',
    ko: '{title}{이/가} 끝나서 참가 신청도 마감됐어요.',
    en: '{title} has ended, and your application with it.',
  }),
  rejected: news('APPLICATION_REJECTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}의 참가 신청이 거절됐어요.',
    en: 'Your application to {title} was rejected.',
    many: 'latest',
  }),
};
