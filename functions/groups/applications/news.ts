import { news } from '../../../shared/messages/news.ts';

/** Applications to a group. */
export const applicationNews = {
  received: news('APPLICATION_RECEIVED', {
    class: 'group',
    screen: 'applications',
    ko: '{actor}님이 {title}에 참가를 신청했어요.',
    en: '{actor} applied to join {title}.',
  }),
  accepted: news('APPLICATION_ACCEPTED', {
    class: 'group',
    screen: 'group',
    ko: '{title}의 참가 신청이 수락됐어요.',
    en: 'Your application to {title} was accepted.',
  }),
  closed: news('APPLICATION_CLOSED', {
    class: 'group',
    screen: 'account',
    ko: '{title}{이/가} 끝나서 참가 신청도 마감됐어요.',
    en: '{title} has ended, and your application with it.',
  }),
  rejected: news('APPLICATION_REJECTED', {
    class: 'group',
    screen: 'group',
    ko: '{title}의 참가 신청이 거절됐어요.',
    en: 'Your application to {title} was rejected.',
  }),
};
