import { news } from '../../../shared/messages/news.ts';

/** Changes of a group. */
export const editingNews = {
  extended: news('GROUP_EXTENDED', {
    class: 'group',
    screen: 'group',
    ko: '{title}{이/가} {date}까지 이어져요.',
    en: '{title} now ends on {date}.',
  }),
};
