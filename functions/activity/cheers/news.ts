import { news } from '../../../shared/messages/news.ts';

/** Cheers for certifications. */
export const cheerNews = {
  cheered: news('CERTIFICATION_CHEERED', {
    class: 'comment',
    concerns: 'you',
    screen: 'certification',
    ko: '{actor}님이 올려 주신 인증을 응원했어요.',
    en: '{actor} cheered for your certification.',
    many: {
      ko: '{title}에 올려 주신 인증이 응원을 {count}번 받았어요.',
      en: 'Your certifications in {title} were cheered {count} times.',
    },
  }),
};
