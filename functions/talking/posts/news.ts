import { news } from '../../../shared/messages/news.ts';

/** Row 80: new notices. */
export const postNews = {
  noticed: news('NOTICE_POSTED', {
    class: 'group',
    concerns: 'group',
    screen: 'post',
    quotes: 'post',
    ko: '{title}에 새 공지가 올라왔어요. ({post})',
    en: 'There is a new notice in {title}. ({post})',
    many: { ko: '{title}에 새 공지 {count}개가 올라왔어요.', en: '{count} new notices in {title}.' },
  }),
};
