import { news } from '../../../shared/messages/news.ts';

/** Cheers for certifications. */
export const cheerNews = {
  cheered: news('CERTIFICATION_CHEERED', {
    class: 'comment',
    screen: 'certification',
    ko: '{actor}님이 올려 주신 인증을 응원했어요.',
    en: '{actor} cheered for your certification.',
  }),
};
