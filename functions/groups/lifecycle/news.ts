import { news } from '../../../shared/messages/news.ts';

/** The end of a group, before it comes. */
export const disbandingNews = {
  disbanding: news('GROUP_DISBANDING', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}{이/가} {date}에 해산될 예정이에요.',
    en: '{title} will be disbanded on {date}.',
    many: 'latest',
  }),
  kept: news('GROUP_KEPT', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}의 해산이 취소됐어요.',
    en: '{title} will not be disbanded.',
    many: 'latest',
  }),
};
