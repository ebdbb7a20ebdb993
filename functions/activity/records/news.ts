import { news } from '../../../shared/messages/news.ts';

/** Decisions on records. */
export const recordNews = {
  struck: news('RECORD_STRUCK', {
    class: 'group',
    concerns: 'you',
    screen: 'records',
    ko: '{title}에서 {day} 기록은 순위에 반영하지 않기로 했어요. 기록과 합계는 그대로 남아 있어요. 고칠 곳이 있다면 고친 뒤 모임장에게 알려 주세요. (사유: {reason})',
    en: 'Your record of {day} in {title} does not count in rankings for now. It and your totals stay. If there is something to correct, edit it and tell the leader. (Reason: {reason})',
    many: 'latest',
  }),
  restored: news('RECORD_RESTORED', {
    class: 'group',
    concerns: 'you',
    screen: 'records',
    ko: '{title}에서 {day} 기록이 다시 순위에 반영돼요.',
    en: 'Your record of {day} in {title} counts in rankings again.',
    many: 'latest',
  }),
};
