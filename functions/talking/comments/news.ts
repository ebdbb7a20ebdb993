import { news } from '../../../shared/messages/news.ts';

/** Row 81: comments, by the kind of thing: told to its author, and to those who commented before. */
export const commentNews = {
  post: news('POST_COMMENTED', {
    class: 'comment',
    concerns: 'you',
    screen: 'post',
    ko: '{actor}님이 글에 댓글을 남겼어요.',
    en: '{actor} commented on a post.',
    many: { ko: '{title}의 글에 댓글 {count}개가 달렸어요.', en: '{count} comments on posts in {title}.' },
  }),
  certification: news('CERTIFICATION_COMMENTED', {
    class: 'comment',
    concerns: 'you',
    screen: 'certification',
    ko: '{actor}님이 인증에 댓글을 남겼어요.',
    en: '{actor} commented on a certification.',
    many: { ko: '{title}의 인증에 댓글 {count}개가 달렸어요.', en: '{count} comments on certifications in {title}.' },
  }),
  poll: news('POLL_COMMENTED', {
    class: 'comment',
    concerns: 'you',
    screen: 'poll',
    ko: '{actor}님이 투표에 댓글을 남겼어요.',
    en: '{actor} commented on a poll.',
    many: { ko: '{title}의 투표에 댓글 {count}개가 달렸어요.', en: '{count} comments on polls in {title}.' },
  }),
};
