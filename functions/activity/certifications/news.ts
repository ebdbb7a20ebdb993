import { news } from '../../../shared/messages/news.ts';

/** Certifications, and decisions on them. */
export const certificationNews = {
  submitted: news('CERTIFICATION_SUBMITTED', {
    class: 'newUpload',
    screen: 'certification',
    ko: '{actor}님이 {title}에 인증을 올렸어요. 확인해 주세요.',
    en: '{actor} submitted a certification in {title}. Please review it.',
  }),
  approved: news('CERTIFICATION_APPROVED', {
    class: 'group',
    screen: 'certification',
    ko: '올려 주신 인증이 승인됐어요.',
    en: 'Your certification was approved.',
  }),
  denied: news('CERTIFICATION_DENIED', {
    class: 'group',
    screen: 'certification',
    ko: '올려 주신 인증이 승인되지 않았어요. 고쳐서 다시 올려 주세요. (사유: {reason})',
    en: 'Your certification was denied. Please edit it and try again. (Reason: {reason})',
  }),
};
