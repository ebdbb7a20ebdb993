import { news } from '../../../shared/messages/news.ts';

/** A group and its members. */
export const groupNews = {
  joined: news('GROUP_JOINED', {
    class: 'group',
    screen: 'group',
    ko: '{actor}님이 {title}에 참가했어요.',
    en: '{actor} joined {title}.',
  }),
  applied: news('APPLICATION_RECEIVED', {
    class: 'group',
    screen: 'applications',
    ko: '{actor}님이 {title}에 참가를 신청했어요.',
    en: '{actor} applied to join {title}.',
  }),
  status: news('GROUP_STATUS', {
    class: 'group',
    screen: 'group',
    ko: '{title}의 상태가 {status}{으로/로} 바뀌었어요.',
    en: '{title} is now {status}.',
  }),
  deleted: news('GROUP_DELETED', {
    class: 'group',
    screen: 'group',
    ko: '{title}{이/가} 해산됐어요.',
    en: '{title} was disbanded.',
  }),
  memberLeft: news('MEMBER_LEFT', {
    class: 'group',
    screen: 'group',
    ko: '{actor}님이 {title}에서 나갔어요.',
    en: '{actor} left {title}.',
  }),
  ownerChanged: news('OWNER_CHANGED', {
    class: 'group',
    screen: 'group',
    ko: '이제 {person}님이 {title}{을/를} 이끌어요.',
    en: '{person} is now the leader of {title}.',
  }),
};
