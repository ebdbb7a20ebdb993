import { news } from '../../../shared/messages/news.ts';

/** Excuses, and decisions on them. */
export const excuseNews = {
  requested: news('EXCUSE_REQUESTED', {
    class: 'group',
    screen: 'group',
    ko: '{actor}님이 {title}에서 {from}부터 {until}까지 쉬어 가고 싶어 해요. 확인해 주세요.',
    en: '{actor} asks to be excused in {title} from {from} to {until}. Please decide.',
  }),
  granted: news('EXCUSE_GRANTED', {
    class: 'group',
    screen: 'group',
    ko: '{title}에서 {from}부터 {until}까지 쉬어 갈 수 있게 됐어요.',
    en: 'You are excused in {title} from {from} to {until}.',
  }),
  refused: news('EXCUSE_REFUSED', {
    class: 'group',
    screen: 'group',
    ko: '{title}에서 {from}부터 {until}까지 쉬어 가는 것은 어렵다고 해요. (사유: {reason})',
    en: 'You are not excused in {title} from {from} to {until}. (Reason: {reason})',
  }),
};
