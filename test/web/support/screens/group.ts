/** What members of a group do. */
import { click, type Look } from './look.ts';

export const group: readonly Look[] = [
  { name: 'group', path: ({ groupId }) => `/groups/${groupId}`, titles: [/매일 알고리즘/, /매일 알고리즘/] },
  {
    name: 'group-loudness',
    path: ({ groupId }) => `/groups/${groupId}`,
    titles: [/매일 알고리즘/, /매일 알고리즘/],
    opens: click(/^이 모임의 알림/, /^Notifications of this/),
  },
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
    opens: click('응원한 사람', 'Who cheered'),
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
    opens: ({ page }) => page.getByRole('checkbox').nth(1).check(),
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
  {
    name: 'mission-reminder',
    path: (s) => `${s.doing.path.slice(3)}/missions/${s.doing.checklistId}/reminder`,
    titles: [/^알림 시각$/, /^Reminder$/],
    opens: ({ page }, locale) =>
      page.getByRole('radio', { name: locale === 'ko' ? '내가 정할게요' : 'At my times' }).check(),
  },
];
