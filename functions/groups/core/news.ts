import { news } from '../../../shared/messages/news.ts';

/** A group and its members. */
export const groupNews = {
  joined: news('GROUP_JOINED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{actor}님이 {title}에 참가했어요.',
    en: '{actor} joined {title}.',
    many: {
      ko: '{title}에 {count}분이 참가했어요.',
      en: '{count} people joined {title}.',
    },
  }),
  applied: news('APPLICATION_RECEIVED', {
    class: 'group',
    concerns: 'you',
    screen: 'applications',
    ko: '{actor}님이 {title}에 참가를 신청했어요.',
    en: '{actor} applied to join {title}.',
    many: {
      ko: '{title}에 참가 신청 {count}건이 왔어요.',
      en: '{count} people applied to join {title}.',
    },
  }),
  status: news('GROUP_STATUS', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}의 상태가 {status}{으로/로} 바뀌었어요.',
    en: '{title} is now {status}.',
    many: 'latest',
  }),
  deleted: news('GROUP_DELETED', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}{이/가} 해산됐어요.',
    en: '{title} was disbanded.',
    many: 'latest',
  }),
  memberLeft: news('MEMBER_LEFT', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{actor}님이 {title}에서 나갔어요.',
    en: '{actor} left {title}.',
    many: {
      ko: '{title}에서 {count}분이 나갔어요.',
      en: '{count} people left {title}.',
    },
  }),
  ownerChanged: news('OWNER_CHANGED', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '이제 {person}님이 {title}{을/를} 이끌어요.',
    en: '{person} is now the leader of {title}.',
    many: 'latest',
  }),
};
