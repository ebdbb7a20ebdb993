import { news } from '../../../shared/messages/news.ts';

/** Polls of a group: that there is one, that it ends soon, and that it has ended. */
export const pollNews = {
  opened: news('POLL_OPENED', {
    class: 'group',
    concerns: 'group',
    screen: 'poll',
    quotes: 'question',
    ko: '{actor}님이 {title}에서 투표를 시작했어요: {question}',
    en: '{actor} started a poll in {title}: {question}',
    many: { ko: '{title}에 투표 {count}개가 열렸어요.', en: '{count} polls have begun in {title}.' },
  }),
  ending: news('POLL_ENDING', {
    class: 'remind',
    concerns: 'group',
    screen: 'poll',
    quotes: 'question',
    ko: '{title}의 투표가 하루 뒤에 끝나요. 의견을 들려주세요: {question}',
    en: 'A poll in {title} ends in a day. Have your say: {question}',
    many: { ko: '{title}의 투표 {count}개가 하루 뒤에 끝나요.', en: '{count} polls in {title} end in a day.' },
  }),
  closed: news('POLL_CLOSED', {
    class: 'group',
    concerns: 'group',
    screen: 'poll',
    quotes: 'question',
    ko: '{title}의 투표가 끝났어요. 결과를 확인해 보세요: {question}',
    en: 'A poll in {title} has ended. See the result: {question}',
    many: { ko: '{title}의 투표 {count}개가 끝났어요.', en: '{count} polls in {title} have ended.' },
  }),
};
