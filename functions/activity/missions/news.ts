import { news } from '../../../shared/messages/news.ts';

/** New missions. */
export const missionNews = {
  created: news('MISSION_CREATED', {
    class: 'newUpload',
    concerns: 'group',
    screen: 'mission',
    ko: '{actor}님이 {title}에 새 미션을 올렸어요. ({mission})',
    en: '{actor} added a mission to {title}. ({mission})',
    many: {
      ko: '{title}에 새 미션 {count}개가 올라왔어요.',
      en: '{count} new missions in {title}.',
    },
  }),
};
