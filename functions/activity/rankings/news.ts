import { news } from '../../../shared/messages/news.ts';

/** Rankings that are final. */
export const rankingNews = {
  closed: news('SEASON_CLOSED', {
    class: 'group',
    concerns: 'group',
    screen: 'ranking',
    ko: '{title}의 {season} 순위가 정해졌어요. 맨 앞에 {people}이 있어요. 함께 올라 주셔서 고마워요!',
    en: 'The ranking of {season} in {title} is final. In front: {people}. Thank you all for climbing!',
    many: 'latest',
  }),
};
