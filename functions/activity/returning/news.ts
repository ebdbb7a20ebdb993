import { news } from '../../../shared/messages/news.ts';

/** Members who come back after time away, or leave with a word (row 144). */
export const returningNews = {
  back: news('BACK', {
    class: 'group',
    concerns: 'group',
    screen: 'certification',
    ko: '{actor}님이 {title}에 다시 함께해요. 응원으로 반겨 주세요!',
    en: '{actor} is back in {title}. Welcome them with a cheer!',
    many: {
      ko: '{title}에 {count}분이 다시 함께해요. 응원으로 반겨 주세요!',
      en: '{count} people are back in {title}. Welcome them with a cheer!',
    },
  }),
  word: news('LEFT_WITH_WORD', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{actor}님이 {title}에서 나가면서 한마디를 남겼어요: {word}',
    en: '{actor} left {title} with a word: {word}',
    many: {
      ko: '{title}에서 나가면서 {count}분이 한마디를 남겼어요.',
      en: '{count} people left {title} with a word.',
    },
  }),
};
