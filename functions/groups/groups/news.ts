import { news } from '../../../shared/messages/news.ts';

/** Changes of a group. */
export const editingNews = {
  restarted: news('GROUP_RESCHEDULED', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}의 시작일이 {date}{으로/로} 바뀌었어요.',
    en: '{title} now begins on {date}.',
    many: 'latest',
  }),
  extended: news('GROUP_EXTENDED', {
    class: 'group',
    concerns: 'group',
    screen: 'group',
    ko: '{title}{이/가} {date}까지 이어져요.',
    en: '{title} now ends on {date}.',
    many: 'latest',
  }),
};
