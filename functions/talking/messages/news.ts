import { news } from '../../../shared/messages/news.ts';

export const messageNews = {
  received: news('MESSAGE', {
    class: 'message',
    concerns: 'you',
    screen: 'messages',
    quotes: 'text',
    ko: '{actor}님이 쪽지를 보냈어요: {text}',
    en: '{actor} sent you a message: {text}',
  }),
};
