import { news } from '../../../shared/messages/news.ts';

/** What devices hear of a room (row 147). No inbox has entries of it: the unread count of the room is its inbox. */
export const chatNews = {
  messages: news('CHAT_MESSAGES', {
    class: 'message',
    concerns: 'group',
    screen: 'room',
    ko: '{actor}님이 {title}에 메시지를 남겼어요.',
    en: '{actor} wrote in {title}.',
    many: { ko: '{title}에 새 메시지가 {count}개 있어요.', en: '{count} new messages in {title}.' },
  }),
  replies: news('CHAT_REPLIES', {
    class: 'message',
    concerns: 'you',
    screen: 'room',
    ko: '{actor}님이 {title}에서 내 메시지에 답했어요.',
    en: '{actor} replied to you in {title}.',
    many: { ko: '{title}에서 내 메시지에 답글이 {count}개 달렸어요.', en: '{count} replies to you in {title}.' },
  }),
};
