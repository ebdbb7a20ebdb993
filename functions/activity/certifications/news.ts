import { news } from '../../../shared/messages/news.ts';

/** Certifications, and decisions on them. */
export const certificationNews = {
  /** Gathered for ten minutes (row 147): inboxes get one entry for all of them. */
  created: news('CERTIFICATION_CREATED', {
    class: 'newUpload',
    concerns: 'group',
    screen: 'certification',
    ko: '{actor}님이 {title}에 인증을 올렸어요.',
    en: '{actor} certified in {title}.',
    many: { ko: '{title}에 인증 {count}건이 올라왔어요.', en: '{count} new certifications in {title}.' },
  }),
  submitted: news('CERTIFICATION_SUBMITTED', {
    class: 'newUpload',
    concerns: 'you',
    screen: 'certification',
    ko: '{actor}님이 {title}에 인증을 올렸어요. 확인해 주세요.',
    en: '{actor} submitted a certification in {title}. Please review it.',
    many: {
      ko: '{title}에서 인증 {count}건이 확인을 기다려요.',
      en: '{count} certifications in {title} wait for your review.',
    },
  }),
  approved: news('CERTIFICATION_APPROVED', {
    class: 'group',
    concerns: 'you',
    screen: 'certification',
    ko: '올려 주신 인증이 승인됐어요.',
    en: 'Your certification was approved.',
    many: {
      ko: '{title}에 올려 주신 인증 {count}건이 승인됐어요.',
      en: '{count} of your certifications in {title} were approved.',
    },
  }),
  broken: news('CERTIFICATION_BROKEN', {
    class: 'group',
    concerns: 'you',
    screen: 'certification',
    ko: '올려 주신 사진을 열 수 없어서 인증을 확인하지 못했어요. 그날의 인증은 다시 할 수 있으니, 다른 사진을 올려 주세요.',
    en: 'Your certification could not be accepted because a photo cannot be opened. The day is free again: please send another photo.',
    many: {
      ko: '{title}에 올려 주신 인증 {count}건의 사진을 열 수 없었어요. 다른 사진을 올려 주세요.',
      en: 'Photos of {count} of your certifications in {title} cannot be opened. Please send others.',
    },
  }),
  denied: news('CERTIFICATION_DENIED', {
    class: 'group',
    concerns: 'you',
    screen: 'certification',
    ko: '올려 주신 인증이 승인되지 않았어요. 고쳐서 다시 올려 주세요. (사유: {reason})',
    en: 'Your certification was denied. Please edit it and try again. (Reason: {reason})',
    many: {
      ko: '{title}에 올려 주신 인증 {count}건을 고쳐서 다시 올려 주세요.',
      en: '{count} of your certifications in {title} were denied. Please edit them and try again.',
    },
  }),
};
