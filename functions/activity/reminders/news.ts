import { news } from '../../../shared/messages/news.ts';

const reminder = { class: 'remind', concerns: 'you', screen: 'today' } as const;

/** Reminders (row 111): `what` are the names of missions or groups, `more` the other lines, in each language. */
export const reminderNews = {
  daily: news('REMIND_DAILY', {
    ...reminder,
    ko: '오늘은 {what}{이/가} 남아 있어요.{more}',
    en: 'Left for today: {what}.{more}',
  }),
  eve: news('REMIND_D1', {
    ...reminder,
    ko: '{what}{은/는} 내일까지예요.{more}',
    en: 'Due tomorrow: {what}.{more}',
  }),
  dueDay: news('REMIND_DDAY', {
    ...reminder,
    ko: '{what}{은/는} 오늘까지예요.{more}',
    en: 'Due today: {what}.{more}',
  }),
  end: news('REMIND_END', {
    ...reminder,
    ko: '{what}{이/가} 3일 뒤에 끝나요.{more}',
    en: 'Ends in 3 days: {what}.{more}',
  }),
  /** One kind line a week for somebody who has been away (row 144). */
  back: news('REMIND_BACK', {
    ...reminder,
    ko: '자리를 비워 두었어요. 다시 하고 싶을 때 언제든 와 주세요.',
    en: 'Your place is kept. Come back whenever you like.',
  }),
};

/** What goes with them: how many more there are, a sentence of one's own, and that reminders pause. */
export const reminderLines = {
  ko: {
    others: '{what} 외 {count}개',
    sentence: '{what}: “{sentence}”',
    pause: '소식이 없으면 알림은 잠시 쉴게요. 쉬어 가도 괜찮아요.',
  },
  en: {
    others: '{what} and {count} more',
    sentence: '{what}: “{sentence}”',
    pause: 'If we do not hear from you, reminders take a break. It is fine to rest.',
  },
} as const;
