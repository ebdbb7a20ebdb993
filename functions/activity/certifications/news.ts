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
  broken: news('CERTIFICATION_BROKEN', {
    class: 'group',
    screen: 'certification',
    ko: '올려 주신 사진을 열 수 없어서 인증을 확인하지 못했어요. 그날의 인증은 다시 할 수 있으니, 다른 사진을 올려 주세요.',
    en: 'Your certification could not be accepted because a photo cannot be opened. The day is free again: please send another photo.',
  }),
  denied: news('CERTIFICATION_DENIED', {
    class: 'group',
    screen: 'certification',
    ko: '올려 주신 인증이 승인되지 않았어요. 고쳐서 다시 올려 주세요. (사유: {reason})',
    en: 'Your certification was denied. Please edit it and try again. (Reason: {reason})',
  }),
};
