/** Every screen with the path that leads to it: a new screen is one line in `screens`. */
import type { Team } from '../../support/scene.ts';
import type { Visitor } from './browser.ts';
import type { Doing } from './missions.ts';
import type { Town } from './town.ts';

/** What the screens show. */
export type Scene = Omit<Team, 'member'> & {
  readonly town: Town;
  readonly doing: Doing;
  readonly clubId: string;
  readonly teamId: string;
  /** Somebody whose account was suspended. */
  readonly noisyId: string;
};
interface Look {
  readonly name: string;
  /** Nobody is signed in. */
  readonly asGuest?: true;
  /** An administrator is, who also leads a club. */
  readonly asAdmin?: true;
  readonly path: (scene: Scene) => string;
  /** The title in Korean and English: the screen is there. */
  readonly titles: readonly [ko: RegExp, en: RegExp];
  /** What opens something on it. */
  readonly opens?: (visitor: Visitor, locale: 'ko' | 'en') => Promise<unknown>;
}

/** The button with this name alone; a pattern where the name goes on. */
const click = (ko: string | RegExp, en: string | RegExp) => (visitor: Visitor, locale: 'ko' | 'en') =>
  visitor.page.getByRole('button', { name: locale === 'ko' ? ko : en, exact: true }).click();

/** Founds a group up to a step. */
async function stepTo({ page, titled }: Visitor, locale: 'ko' | 'en', step: number) {
  const [next, name, mission] =
    locale === 'ko' ? ['다음', '모임 이름', '미션'] : ['Next', 'Name of the group', 'Mission'];
  const titles = [/이름과 목표|A name/, /언제, 얼마나|When,/, /들어올 수|Who may/];
  for (const [at, title] of titles.slice(0, step - 1).entries()) {
    if (at === 1) await page.getByLabel(name!).fill('아침 여섯 시 글쓰기');
    if (at === 2) await page.getByLabel(mission!, { exact: true }).fill('쓴 글의 화면');
    await page.getByRole('button', { name: next! }).click();
    await titled(title);
  }
}

export const screens: readonly Look[] = [
  { name: 'welcome', asGuest: true, path: () => '/', titles: [/벽돌 한 장/, /becomes a brick/] },
  { name: 'sign-in', asGuest: true, path: () => '/sign-in', titles: [/반가워요/, /Good to see/] },
  { name: 'password', asGuest: true, path: () => '/password', titles: [/새로 정할까요/, /Choose a new/] },
  {
    name: 'undo-email',
    asGuest: true,
    path: () => `/undo-email?from=mail#${'a'.repeat(43)}`,
    titles: [/되돌릴까요/, /old address\?/],
  },
  { name: 'undo-email-lost', asGuest: true, path: () => '/undo-email', titles: [/다시 열어/, /mail again/] },
  { name: 'social-lost', asGuest: true, path: () => '/social-sign-in', titles: [/처음부터/, /Shall we start/] },
  { name: 'welcome-club', asGuest: true, path: (s) => `/?club=${s.clubId}`, titles: [/바위타기에/, /Join/] },
  { name: 'recruit-club', asGuest: true, path: (s) => `/groups/${s.clubId}`, titles: [/바위타기/, /바위타기/] },
  { name: 'home', path: () => '/', titles: [/Mina님/, /Mina/] },
  { name: 'group', path: ({ groupId }) => `/groups/${groupId}`, titles: [/매일 알고리즘/, /매일 알고리즘/] },
  { name: 'members', path: ({ groupId }) => `/groups/${groupId}/members`, titles: [/매일 알고리즘/, /매일 알고리즘/] },
  { name: 'certify', path: ({ groupId }) => `/groups/${groupId}/certify`, titles: [/오늘 인증/, /Certify today/] },
  { name: 'review', path: ({ groupId }) => `/groups/${groupId}/review`, titles: [/인증 확인/, /Certifications/] },
  {
    name: 'review-why',
    path: ({ groupId }) => `/groups/${groupId}/review`,
    titles: [/인증 확인/, /Certifications/],
    opens: click('돌려보내기', 'Send back'),
  },
  { name: 'group-missions', path: (s) => s.doing.path.slice(3), titles: [/정보처리기사/, /정보처리기사/] },
  {
    name: 'group-cheers',
    path: (s) => s.doing.path.slice(3),
    titles: [/정보처리기사/, /정보처리기사/],
    opens: click('응원하기', 'Cheer'),
  },
  {
    name: 'group-who-cheers',
    path: (s) => s.doing.path.slice(3),
    titles: [/정보처리기사/, /정보처리기사/],
    opens: click('응원한 사람', 'Who cheers'),
  },
  { name: 'progress', path: (s) => `${s.doing.path.slice(3)}/progress`, titles: [/정보처리기사/, /정보처리기사/] },
  {
    name: 'progress-mine',
    path: (s) => `/groups/${s.groupId}/progress/${s.leader.id}`,
    titles: [/^내 기록/, /^My prog/],
  },
  { name: 'return', path: (s) => `/groups/${s.groupId}/return`, titles: [/이어 가기/, /Picking it up/] },
  {
    name: 'progress-nudge',
    path: (s) => `${s.doing.path.slice(3)}/progress/${s.doing.hana.id}`,
    titles: [/^하나$/, /^하나$/],
    opens: async (visitor, locale) => {
      await click('살짝 알려주기', 'Nudge gently')(visitor, locale);
      await visitor.page.getByRole('textbox').waitFor();
    },
  },
  { name: 'missions', path: (s) => `${s.doing.path.slice(3)}/missions`, titles: [/^미션$/, /^Missions$/] },
  {
    name: 'mission',
    path: (s) => `${s.doing.path.slice(3)}/missions/${s.doing.onceId}`,
    titles: [/SQL 오답/, /SQL 오답/],
  },
  {
    name: 'mission-skip',
    path: (s) => `${s.doing.path.slice(3)}/missions/${s.doing.checklistId}`,
    titles: [/혼자 풀기/, /혼자 풀기/],
    opens: click('오늘은 쉬어 갈래요', 'Skip it today'),
  },
  {
    name: 'mission-new',
    path: (s) => `${s.doing.path.slice(3)}/missions/new`,
    titles: [/^미션 만들기$/, /^New mission$/],
    opens: ({ page }, locale) =>
      page.getByRole('radio', { name: locale === 'ko' ? /^체크리스트/ : /^Checklist/ }).check(),
  },
  {
    name: 'mission-edit',
    path: (s) => `${s.doing.path.slice(3)}/missions/${s.doing.checklistId}/edit`,
    titles: [/^미션 고치기$/, /^Edit the mission$/],
  },
  { name: 'excuses', path: (s) => `${s.doing.path.slice(3)}/excuses`, titles: [/^쉬어 가기$/, /^Take a break$/] },
  {
    name: 'excuses-ask',
    path: (s) => `${s.doing.path.slice(3)}/excuses`,
    titles: [/^쉬어 가기$/, /^Take a break$/],
    opens: click('쉬는 날 정하기', 'Choose days off'),
  },
  { name: 'excused', path: (s) => `${s.doing.path.slice(3)}/excused`, titles: [/쉬어 가기 요청/, /Days off/] },
  { name: 'certify-choose', path: (s) => `${s.doing.path.slice(3)}/certify`, titles: [/오늘 인증/, /Certify/] },
  {
    name: 'certify-checklist',
    path: (s) => `${s.doing.path.slice(3)}/certify?mission=${s.doing.checklistId}`,
    titles: [/오늘 인증/, /Certify/],
    opens: ({ page }) => page.getByRole('checkbox').nth(1).check({ force: true }),
  },
  {
    name: 'review-many',
    path: (s) => `${s.doing.path.slice(3)}/review`,
    titles: [/인증 확인/, /Certifications/],
    opens: async (visitor, locale) => {
      await click('여러 건 고르기', 'Several at once')(visitor, locale);
      await visitor.page.getByRole('checkbox').first().check();
    },
  },
  { name: 'find', path: () => '/find', titles: [/^찾기$/, /^Find$/] },
  { name: 'find-guest', asGuest: true, path: () => '/find?category=READING', titles: [/^찾기$/, /^Find$/] },
  {
    name: 'find-filters',
    path: () => '/find?kind=CHALLENGE',
    titles: [/^찾기$/, /^Find$/],
    opens: click(/^조건/, /^Filters/),
  },
  { name: 'find-nothing', path: () => '/find?text=%EB%B0%94%EC%9D%B4%EC%98%AC%EB%A6%B0', titles: [/^찾기$/, /^Find$/] },
  { name: 'recruit', path: (s) => `/recruits/${s.town.openId}`, titles: [/영어 낭독/, /영어 낭독/] },
  {
    name: 'recruit-apply',
    path: (s) => `/recruits/${s.town.openId}`,
    titles: [/영어 낭독/, /영어 낭독/],
    opens: click('신청하기', 'Apply'),
  },
  { name: 'recruit-full', path: (s) => `/recruits/${s.town.fullId}`, titles: [/Sunrise runs/, /Sunrise runs/] },
  { name: 'recruit-applied', path: (s) => `/recruits/${s.town.appliedId}`, titles: [/책 세 권/, /책 세 권/] },
  { name: 'recruit-guest', asGuest: true, path: (s) => `/groups/${s.town.openId}`, titles: [/영어 낭독/, /영어 낭독/] },
  { name: 'likes', path: () => '/likes', titles: [/^담아 둔 모임$/, /^Saved groups$/] },
  { name: 'my-applications', path: () => '/applications', titles: [/^보낸 신청$/, /^My applications$/] },
  { name: 'invited', asGuest: true, path: (s) => s.town.invitation, titles: [/초대받았어요/, /You are invited/] },
  { name: 'invite-code', path: () => '/invitations', titles: [/적어 주세요/, /invite code/] },
  {
    name: 'invitation',
    path: (s) => s.town.invitation.replace('#', '?from=mail#'),
    titles: [/초대받았어요/, /You are invited/],
  },
  { name: 'plans', path: () => '/plans', titles: [/^계획 모음$/, /^Plans$/] },
  { name: 'plan', path: (s) => `/plans/${s.town.planId}`, titles: [/30일 알고리즘/, /30일 알고리즘/] },
  {
    name: 'plan-start',
    path: (s) => `/plans/${s.town.planId}`,
    titles: [/30일 알고리즘/, /30일 알고리즘/],
    opens: click('이 계획으로 시작하기', 'Start with this plan'),
  },
  ...[1, 2, 3, 4].map((step) => ({
    name: `found-${step}`,
    path: () => '/new',
    titles: [/열어 볼까요/, /What shall/] as const,
    opens: (visitor: Visitor, locale: 'ko' | 'en') => stepTo(visitor, locale, step),
  })),
  { name: 'inbox', path: () => '/inbox', titles: [/알림/, /Inbox/] },
  { name: 'me', path: () => '/me', titles: [/^나$/, /^Me$/] },
  { name: 'me-edit', path: () => '/me/edit', titles: [/프로필 고치기/, /Edit profile/] },
  {
    name: 'me-zone',
    path: () => '/me/edit',
    titles: [/프로필 고치기/, /Edit profile/],
    opens: async ({ page }, locale) => {
      await page.getByRole('button', { name: locale === 'ko' ? /^시간대/ : /^Time zone/ }).click();
      await page.getByRole('searchbox').fill('new york');
    },
  },
  { name: 'me-notifications', path: () => '/me/notifications', titles: [/알림 설정/, /Notifications/] },
  {
    name: 'me-reminders',
    path: () => '/me/reminders',
    titles: [/^알림 시각과 쉬어 가기$/, /^Reminders and breaks$/],
  },
  {
    name: 'mission-reminder',
    path: (s) => `${s.doing.path.slice(3)}/missions/${s.doing.checklistId}/reminder`,
    titles: [/^알림 시각$/, /^Reminder$/],
    opens: ({ page }, locale) =>
      page.getByRole('radio', { name: locale === 'ko' ? '내가 정할게요' : 'At my times' }).check({ force: true }),
  },
  { name: 'me-devices', path: () => '/me/devices', titles: [/로그인한 기기/, /Devices/] },
  {
    name: 'me-devices-end',
    path: () => '/me/devices',
    titles: [/로그인한 기기/, /Devices/],
    opens: click('모든 기기에서 로그아웃', 'Sign out everywhere'),
  },
  { name: 'me-sign-ins', path: () => '/me/sign-ins', titles: [/로그인 기록/, /Sign-in history/] },
  { name: 'me-safety', path: () => '/me/safety', titles: [/로그인과 안전/, /staying safe/] },
  { name: 'me-password', path: () => '/me/password', titles: [/비밀번호 바꾸기/, /Change password/] },
  { name: 'me-address', path: () => '/me/address', titles: [/메일 주소 바꾸기/, /Change e-mail/] },
  { name: 'me-passkey', path: () => '/me/passkey', titles: [/패스키 더하기/, /Add a passkey/] },
  { name: 'me-app', path: () => '/me/app', titles: [/인증 앱/, /Authenticator app/] },
  {
    name: 'me-app-secret',
    path: () => '/me/app',
    titles: [/인증 앱/, /Authenticator app/],
    opens: async (visitor, locale) => {
      await click('시작하기', 'Start')(visitor, locale);
      await visitor.page.locator('.secret').waitFor();
    },
  },
  { name: 'me-social', path: () => '/me/social', titles: [/간편 로그인/, /Linked sign-ins/] },
  { name: 'me-blocks', path: () => '/me/blocks', titles: [/차단한 사람/, /Blocked/] },
  { name: 'me-data', path: () => '/me/data', titles: [/내 기록/, /My data/] },
  {
    name: 'me-leave',
    path: () => '/me/data',
    titles: [/내 기록/, /My data/],
    opens: click('탈퇴하기', 'Leave for good'),
  },
  { name: 'manage', path: ({ groupId }) => `/groups/${groupId}/manage`, titles: [/운영/, /Manage/] },
  {
    name: 'manage-status',
    path: ({ groupId }) => `/groups/${groupId}/manage`,
    titles: [/운영/, /Manage/],
    opens: async ({ page }, locale) =>
      page.getByRole('button', { name: locale === 'ko' ? /^모임 상태/ : /^State of the group/ }).click(),
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
  { name: 'admin-me', asAdmin: true, path: () => '/me', titles: [/^나$/, /^Me$/] },
  { name: 'admin', asAdmin: true, path: () => '/admin', titles: [/^관리$/, /^Administration$/] },
  { name: 'admin-groups', asAdmin: true, path: () => '/admin/groups', titles: [/모임 승인/, /New groups/] },
  { name: 'admin-accounts', asAdmin: true, path: () => '/admin/accounts', titles: [/가입 승인/, /Sign-ups/] },
  { name: 'admin-reports', asAdmin: true, path: () => '/admin/reports', titles: [/계획 신고/, /Leaders and plans/] },
  {
    name: 'admin-account',
    asAdmin: true,
    path: (s) => `/admin/accounts/${s.noisyId}`,
    titles: [/^계정$/, /^Account$/],
  },
  {
    name: 'admin-suspend',
    asAdmin: true,
    path: (s) => `/admin/accounts/${s.leader.id}`,
    titles: [/^계정$/, /^Account$/],
    opens: (visitor) => visitor.page.getByRole('button', { name: /^(계정 멈추기|Suspend)/ }).click(),
  },
  { name: 'admin-group', asAdmin: true, path: (s) => `/admin/groups/${s.teamId}`, titles: [/^모임$/, /^Group$/] },
  { name: 'admin-plans', asAdmin: true, path: () => '/admin/plans', titles: [/계획 모음/, /^Plans$/] },
  { name: 'admin-plan', asAdmin: true, path: (s) => `/admin/plans/${s.town.planId}`, titles: [/30일/, /30일/] },
  {
    name: 'admin-motivations',
    asAdmin: true,
    path: () => '/admin/motivations',
    titles: [/^응원 문구$/, /^Words of encouragement$/],
  },
  {
    name: 'admin-motivation',
    asAdmin: true,
    path: () => '/admin/motivations',
    titles: [/^응원 문구$/, /^Words of encouragement$/],
    opens: click('문구 더하기', 'Add a text'),
  },
  { name: 'gone', path: () => '/groups/01ARZ3NDEKTSV4RRFFQ69G5FAV', titles: [/^모임$/, /^moim$/] },
  { name: 'nowhere', path: () => '/no-such-screen', titles: [/모임/, /moim/] },
];
