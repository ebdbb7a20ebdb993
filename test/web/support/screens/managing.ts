/** What leaders and managers do, and clubs. */
import { click, type Look } from './look.ts';

export const managing: readonly Look[] = [
  { name: 'manage', path: ({ groupId }) => `/groups/${groupId}/manage`, titles: [/운영/, /Manage/] },
  {
    name: 'manage-status',
    path: ({ groupId }) => `/groups/${groupId}/manage`,
    titles: [/운영/, /Manage/],
    opens: async ({ page }, locale) =>
      page.getByRole('button', { name: locale === 'ko' ? /^모임 상태/ : /^Group status/ }).click(),
  },
  {
    name: 'applications',
    path: ({ groupId }) => `/groups/${groupId}/applications`,
    titles: [/가입 신청/, /Applications/],
  },
  {
    name: 'applications-reject',
    path: ({ groupId }) => `/groups/${groupId}/applications`,
    titles: [/가입 신청/, /Applications/],
    opens: click('다음에', 'Not now'),
  },
  { name: 'people', path: ({ groupId }) => `/groups/${groupId}/people`, titles: [/멤버 관리/, /Manage members/] },
  {
    name: 'people-one',
    path: ({ groupId }) => `/groups/${groupId}/people`,
    titles: [/멤버 관리/, /Manage members/],
    opens: click('서연님 관리', 'Manage 서연'),
  },
  { name: 'barred', path: ({ groupId }) => `/groups/${groupId}/barred`, titles: [/내보낸 사람/, /Removed people/] },
  { name: 'invites', path: ({ groupId }) => `/groups/${groupId}/invites`, titles: [/초대하기/, /Invite friends/] },
  { name: 'edit', path: ({ groupId }) => `/groups/${groupId}/edit`, titles: [/모임 고치기/, /Edit the group/] },
  { name: 'reports', path: ({ groupId }) => `/groups/${groupId}/reports`, titles: [/신고/, /Reports/] },
  {
    name: 'reports-seen',
    path: ({ groupId }) => `/groups/${groupId}/reports`,
    titles: [/신고/, /Reports/],
    opens: async (visitor, locale) => {
      await click('신고된 내용 보기', 'See what was reported')(visitor, locale);
      await visitor.page.getByRole('figure', { name: /신고된 내용|was reported/ }).waitFor();
    },
  },
  { name: 'decisions', path: ({ groupId }) => `/groups/${groupId}/decisions`, titles: [/결정 기록/, /Decisions/] },
  { name: 'end', path: ({ groupId }) => `/groups/${groupId}/end`, titles: [/모임 마치기/, /End the group/] },
  { name: 'club-pending', path: (s) => `/groups/${s.clubId}`, titles: [/^모임$/, /^moim$/] },
  {
    name: 'club-profiles',
    asAdmin: true,
    path: (s) => `/groups/${s.clubId}/profiles`,
    titles: [/멤버 프로필/, /Member profiles/],
  },
  {
    name: 'club-profile',
    asAdmin: true,
    path: (s) => `/groups/${s.clubId}/profile`,
    titles: [/내 프로필/, /Edit my profile/],
  },
  {
    name: 'club-application',
    asAdmin: true,
    path: (s) => `/groups/${s.clubId}/applications`,
    titles: [/가입 신청/, /Applications/],
  },
  {
    name: 'club-edit',
    asAdmin: true,
    path: (s) => `/groups/${s.clubId}/edit`,
    titles: [/모임 고치기/, /Edit the group/],
  },
];
