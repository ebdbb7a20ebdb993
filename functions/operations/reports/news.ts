import { news } from '../../../shared/messages/news.ts';

/** Reports, for those who decide, who reported, and who wrote. */
export const reportNews = {
  received: news('REPORT_RECEIVED', {
    class: 'group',
    concerns: 'you',
    screen: 'reports',
    ko: '{title}에 신고가 접수됐어요. 확인해 주세요.',
    en: 'Something was reported in {title}. Please review it.',
    many: {
      ko: '{title}에 신고 {count}건이 접수됐어요. 확인해 주세요.',
      en: '{count} reports in {title}. Please review them.',
    },
  }),
  hidden: news('REPORT_HIDDEN', {
    class: 'group',
    concerns: 'you',
    screen: 'reports',
    ko: '{title}에서 여러 분이 신고하신 글을 숨겼어요. 확인해 주세요.',
    en: 'Something reported by several people in {title} is now hidden. Please review it.',
    many: {
      ko: '{title}에서 여러 분이 신고하신 글 {count}개를 숨겼어요. 확인해 주세요.',
      en: '{count} things reported by several people in {title} are now hidden. Please review them.',
    },
  }),
  accepted: news('REPORT_ACCEPTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 신고하신 내용을 확인하고 숨겼어요.',
    en: 'Your report in {title} was reviewed. The content is hidden.',
    many: {
      ko: '{title}에서 신고하신 내용 {count}건을 확인하고 숨겼어요.',
      en: '{count} of your reports in {title} were reviewed. The content is hidden.',
    },
  }),
  rejected: news('REPORT_REJECTED', {
    class: 'group',
    concerns: 'you',
    screen: 'group',
    ko: '{title}에서 신고하신 내용을 확인했지만 숨기지 않기로 했어요.',
    en: 'Your report in {title} was reviewed. The content stays.',
    many: {
      ko: '{title}에서 신고하신 내용 {count}건을 확인했지만 숨기지 않기로 했어요.',
      en: '{count} of your reports in {title} were reviewed. The content stays.',
    },
  }),
  messageAccepted: news('MESSAGE_REPORT_ACCEPTED', {
    class: 'message',
    concerns: 'you',
    screen: 'messages',
    ko: '신고하신 쪽지를 확인하고 숨겼어요.',
    en: 'Your report of a message was reviewed. The message is hidden.',
  }),
  messageRejected: news('MESSAGE_REPORT_REJECTED', {
    class: 'message',
    concerns: 'you',
    screen: 'messages',
    ko: '신고하신 쪽지를 확인했지만 숨기지 않기로 했어요. 신고하신 분에게는 계속 보이지 않아요.',
    en: 'Your report of a message was reviewed. The message stays for its writer, and stays hidden from you.',
  }),
  planHidden: news('PLAN_HIDDEN', {
    class: 'group',
    concerns: 'you',
    screen: 'plan',
    ko: '공개하신 계획 {title}{이/가} 숨겨졌어요.',
    en: 'Your published plan {title} was hidden.',
  }),
  planRestored: news('PLAN_RESTORED', {
    class: 'group',
    concerns: 'you',
    screen: 'plan',
    ko: '공개하신 계획 {title}{이/가} 다시 공개됐어요.',
    en: 'Your published plan {title} is visible again.',
  }),
};
