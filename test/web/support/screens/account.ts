/** Before the sign-in, home, inbox, the own account. */
import { click, type Look } from './look.ts';

export const account: readonly Look[] = [
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
  { name: 'social-lost', asGuest: true, path: () => '/social-sign-in', titles: [/처음부터/, /Please start/] },
  { name: 'welcome-club', asGuest: true, path: (s) => `/?club=${s.clubId}`, titles: [/바위타기에/, /Join/] },
  { name: 'home', path: () => '/', titles: [/Mina님/, /Mina/] },
  { name: 'members', path: ({ groupId }) => `/groups/${groupId}/members`, titles: [/매일 알고리즘/, /매일 알고리즘/] },
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
  { name: 'me-devices', path: () => '/me/devices', titles: [/로그인한 기기/, /Devices/] },
  {
    name: 'me-devices-end',
    path: () => '/me/devices',
    titles: [/로그인한 기기/, /Devices/],
    opens: click('모든 기기에서 로그아웃', 'Sign out everywhere'),
  },
  { name: 'me-sign-ins', path: () => '/me/sign-ins', titles: [/로그인 기록/, /Sign-in history/] },
  { name: 'me-safety', path: () => '/me/safety', titles: [/로그인과 안전/, /Sign-in and security/] },
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
      await visitor.page.locator('.copied').waitFor();
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
  { name: 'gone', path: () => '/groups/01ARZ3NDEKTSV4RRFFQ69G5FAV', titles: [/^모임$/, /^moim$/] },
  { name: 'nowhere', path: () => '/no-such-screen', titles: [/모임/, /moim/] },
];
