import { news } from '../../../shared/messages/news.ts';

/** Reports, for those who decide, who reported, and who wrote. */
export const reportNews = {
  received: news('REPORT_RECEIVED', {
    class: 'group',
    screen: 'reports',
    ko: '{title}에 신고가 접수됐어요. 확인해 주세요.',
    en: 'Something was reported in {title}. Please review it.',
  }),
  hidden: news('REPORT_HIDDEN', {
    class: 'group',
    screen: 'reports',
    ko: '{title}에서 여러 분이 신고하신 글을 숨겼어요. 확인해 주세요.',
    en: 'Something reported by several people in {title} is now hidden. Please review it.',
  }),
  accepted: news('REPORT_ACCEPTED', {
    class: 'group',
    screen: 'group',
    ko: '{title}에서 신고하신 내용을 확인하고 숨겼어요.',
    en: 'Your report in {title} was reviewed. The content is hidden.',
  }),
  rejected: news('REPORT_REJECTED', {
    class: 'group',
    screen: 'group',
    ko: '{title}에서 신고하신 내용을 확인했지만 숨기지 않기로 했어요.',
    en: 'Your report in {title} was reviewed. The content stays.',
  }),
  planHidden: news('PLAN_HIDDEN', {
    class: 'group',
    screen: 'plan',
    ko: '공개하신 계획 {title}{이/가} 숨겨졌어요.',
    en: 'Your published plan {title} was hidden.',
  }),
  planRestored: news('PLAN_RESTORED', {
    class: 'group',
    screen: 'plan',
    ko: '공개하신 계획 {title}{이/가} 다시 공개됐어요.',
    en: 'Your published plan {title} is visible again.',
  }),
};
