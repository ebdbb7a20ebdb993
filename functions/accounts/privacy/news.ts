import { news } from '../../../shared/messages/news.ts';

/** Own data. */
export const privacyNews = {
  exportReady: news('EXPORT_READY', {
    class: 'always',
    concerns: 'account',
    screen: 'account',
    ko: '요청하신 데이터를 내려받을 수 있어요.',
    en: 'Your data is ready to download.',
  }),
};
