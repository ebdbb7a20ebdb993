import { news } from '../../../shared/messages/news.ts';

/** Members and their parts in a group. */
export const memberNews = {
  kicked: news('KICKED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 내보내졌어요. (사유: {reason})',
    en: 'You were removed from {title}. (Reason: {reason})',
    many: 'latest',
  }),
  memberKicked: news('MEMBER_KICKED', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{person}님이 {title}에서 내보내졌어요.',
    en: '{person} was removed from {title}.',
    many: {
      ko: '{title}에서 {count}분이 내보내졌어요.',
      en: '{count} people were removed from {title}.',
    },
  }),
  warned: news('WARNED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 경고를 받았어요. ({count}/3, 사유: {reason})',
    en: 'You were warned in {title}. ({count}/3, reason: {reason})',
    many: 'latest',
  }),
  roleChanged: news('ROLE_CHANGED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 맡은 역할이 {role}{으로/로} 바뀌었어요.',
    en: 'Your role in {title} is now {role}.',
    many: 'latest',
  }),
  leaderSilent: news('LEADER_SILENT', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에 오랫동안 들르지 않으셨어요. {date}까지 로그인하지 않으시면 다른 멤버가 모임을 이끌게 돼요.',
    en: 'You have not visited {title} for a while. Unless you sign in by {date}, another member will become its leader.',
    many: 'latest',
  }),
};
