import { news } from '../../../shared/messages/news.ts';

/** Reminders (row 111). What they say is put together of `lines` when they are sent, in both languages. */
const reminder = { class: 'remind', screen: 'today', ko: '{lines}', en: '{lines}' } as const;
export const reminderNews = {
  daily: news('REMIND_DAILY', reminder),
  eve: news('REMIND_D1', reminder),
  dueDay: news('REMIND_DDAY', reminder),
  end: news('REMIND_END', reminder),
  back: news('REMIND_BACK', reminder),
};

/** The lines of reminders: which missions are open, due tomorrow, due today; which groups end soon; and what goes with them. */
export const lines = {
  ko: {
    open: '오늘은 {what}{이/가} 남아 있어요.',
    eve: '{what}{은/는} 내일까지예요.',
    dueDay: '{what}{은/는} 오늘까지예요.',
    end: '{what}{이/가} 3일 뒤에 끝나요.',
    more: '{what} 외 {count}개',
    sentence: '{what}: “{sentence}”',
    pause: '소식이 없으면 알림은 잠시 쉴게요. 쉬어 가도 괜찮아요.',
    back: '자리를 비워 두었어요. 다시 하고 싶을 때 언제든 와 주세요.',
  },
  en: {
    open: 'Left for today: {what}.',
    eve: 'Due tomorrow: {what}.',
    dueDay: 'Due today: {what}.',
    end: 'Ends in 3 days: {what}.',
    more: '{what} and {count} more',
    sentence: '{what}: “{sentence}”',
    pause: 'If we do not hear from you, reminders take a break. It is fine to rest.',
    back: 'Your place is kept. Come back whenever you like.',
  },
} as const;
