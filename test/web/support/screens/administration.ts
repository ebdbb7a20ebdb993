/** What administrators do. */
import { click, type Look } from './look.ts';

export const administration: readonly Look[] = [
  { name: 'admin-me', asAdmin: true, path: () => '/me', titles: [/^나$/, /^Me$/] },
  { name: 'admin', asAdmin: true, path: () => '/admin', titles: [/^관리$/, /^Administration$/] },
  { name: 'admin-groups', asAdmin: true, path: () => '/admin/groups', titles: [/모임 승인/, /New groups/] },
  { name: 'admin-accounts', asAdmin: true, path: () => '/admin/accounts', titles: [/가입 승인/, /Sign-ups/] },
  {
    name: 'admin-reports',
    asAdmin: true,
    path: () => '/admin/reports',
    titles: [/쪽지 신고/, /Reports: leaders, plans/],
  },
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
];
