import { news } from '../../../shared/messages/news.ts';

export const kudosNews = {
  given: news('KUDOS_GIVEN', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{actor}님이 {title}에서 고마움을 전했어요.',
    en: '{actor} thanked you in {title}.',
    many: { ko: '{title}에서 고마움을 {count}번 전해 받았어요.', en: 'You were thanked {count} times in {title}.' },
  }),
};
