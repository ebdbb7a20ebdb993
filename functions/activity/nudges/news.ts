import { news } from '../../../shared/messages/news.ts';

/** A friendly push for a mission of today (row 64). */
export const nudgeNews = {
  nudged: news('NUDGED', {
    class: 'nudge',
    concerns: 'you',
    screen: 'mission',
    ko: '{actor}님이 콕 찔렀어요. 오늘 함께해요! ({mission})',
    en: '{actor} nudged you: join in today! ({mission})',
    many: {
      ko: '{title}에서 콕 찌르기를 {count}번 받았어요. 오늘 함께해요!',
      en: 'You were nudged {count} times in {title}: join in today!',
    },
  }),
  nudgedWith: news('NUDGED_WITH_MESSAGE', {
    class: 'nudge',
    concerns: 'you',
    screen: 'mission',
    ko: '{actor}님이 콕 찔렀어요. “{message}” ({mission})',
    en: '{actor} nudged you: “{message}” ({mission})',
    many: {
      ko: '{title}에서 콕 찌르기를 {count}번 받았어요. 오늘 함께해요!',
      en: 'You were nudged {count} times in {title}: join in today!',
    },
  }),
};
