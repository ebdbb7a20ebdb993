import { news } from '../../../shared/messages/news.ts';

/** Sign-ins. */
export const sessionNews = {
  newDevice: news('NEW_SIGN_IN', {
    class: 'always',
    concerns: 'account',
    screen: 'account',
    ko: '처음 보는 기기에서 로그인했어요. (기기: {device}) 본인이 아니라면 비밀번호를 새로 정해 주세요.',
    en: 'A sign-in on a new device: {device}. If it was not you, set a new password.',
  }),
};
