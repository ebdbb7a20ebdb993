/** Boards, posts and comments. */
import { click, type Look } from './look.ts';

const titles = [/정보처리기사/, /정보처리기사/] as const;
const post = [/GROUP BY/, /GROUP BY/] as const;

export const posts: readonly Look[] = [
  { name: 'posts', path: (s) => `${s.doing.path.slice(3)}/posts`, titles },
  { name: 'posts-empty', path: (s) => `/groups/${s.groupId}/posts`, titles: [/매일 알고리즘/, /매일 알고리즘/] },
  { name: 'post', path: (s) => `${s.doing.path.slice(3)}/posts/${s.written.postId}`, titles: post },
  {
    name: 'post-acts',
    path: (s) => `${s.doing.path.slice(3)}/posts/${s.written.noticeId}`,
    titles: [/SQL 응용/, /SQL 응용/],
    opens: click('이 글에서 할 수 있는 일', 'Actions for this post'),
  },
  {
    name: 'post-report',
    path: (s) => `${s.doing.path.slice(3)}/posts/${s.written.postId}`,
    titles: post,
    opens: async (visitor, locale) => {
      await click('이 글에서 할 수 있는 일', 'Actions for this post')(visitor, locale);
      await click('신고하기', 'Report')(visitor, locale);
    },
  },
  {
    name: 'post-readers',
    path: (s) => `${s.doing.path.slice(3)}/posts/${s.written.noticeId}`,
    titles: [/SQL 응용/, /SQL 응용/],
    opens: async (visitor, locale) => {
      await click(/누가 읽었나요/, /Who has read it/)(visitor, locale);
      await visitor.page
        .getByText(locale === 'ko' ? '지훈' : /have not read|has not read/)
        .last()
        .waitFor();
    },
  },
  {
    name: 'post-new',
    path: (s) => `${s.doing.path.slice(3)}/posts/new`,
    titles: [/^글쓰기$/, /^New post$/],
    opens: async (visitor, locale) => {
      await visitor.page
        .getByRole('textbox', { name: locale === 'ko' ? '내용' : 'Text' })
        .fill('## 오늘\n```py\nfor n in range(3):\n    print(n)  # 셋\n```\n`인라인`도 돼요.');
      await click('미리 보기', 'Preview')(visitor, locale);
    },
  },
  {
    name: 'post-edit',
    path: (s) => `${s.doing.path.slice(3)}/posts/${s.written.noticeId}/edit`,
    titles: [/^글 고치기$/, /^Edit the post$/],
  },
  {
    name: 'proof-comments',
    path: (s) => s.doing.path.slice(3),
    titles,
    opens: async (visitor, locale) => {
      await click('댓글 1개', '1 comment')(visitor, locale);
      await visitor.page.getByText('글씨가 정말 예뻐요!').waitFor();
    },
  },
];
