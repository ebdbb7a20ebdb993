import { news } from '../../../shared/messages/news.ts';

/** Excuses, and decisions on them. */
export const excuseNews = {
  requested: news('EXCUSE_REQUESTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{actor}님이 {title}에서 {from}부터 {until}까지 쉬어 가고 싶어 해요. 확인해 주세요.',
    en: '{actor} asks to be excused in {title} from {from} to {until}. Please decide.',
    many: {
      ko: '{title}에서 쉬어 가기 신청 {count}건이 확인을 기다려요.',
      en: '{count} requests to be excused in {title}. Please decide.',
    },
  }),
  granted: news('EXCUSE_GRANTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 {from}부터 {until}까지 쉬어 갈 수 있게 됐어요.',
    en: 'You are excused in {title} from {from} to {until}.',
    many: 'latest',
  }),
  refused: news('EXCUSE_REFUSED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 {from}부터 {until}까지 쉬어 가는 것은 어렵다고 해요. (사유: {reason})',
    en: 'You are not excused in {title} from {from} to {until}. (Reason: {reason})',
    many: 'latest',
  }),
};
