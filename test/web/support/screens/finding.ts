/** Finding, joining and founding groups. */
import type { Visitor } from '../browser.ts';
import { click, type Look } from './look.ts';

/** Founds a group up to a step. */
async function stepTo({ page, titled }: Visitor, locale: 'ko' | 'en', step: number) {
  const [next, name, mission] =
    locale === 'ko' ? ['다음', '모임 이름', '미션'] : ['Next', 'Name of the group', 'Mission'];
  const titles = [/이름과 목표|A name/, /언제, 얼마나|When,/, /들어올 수|Who can/];
  for (const [at, title] of titles.slice(0, step - 1).entries()) {
    if (at === 1) await page.getByLabel(name!).fill('아침 여섯 시 글쓰기');
    if (at === 2) await page.getByLabel(mission!, { exact: true }).fill('쓴 글의 화면');
    await page.getByRole('button', { name: next! }).click();
    await titled(title);
  }
}

export const finding: readonly Look[] = [
  { name: 'recruit-club', asGuest: true, path: (s) => `/groups/${s.clubId}`, titles: [/바위타기/, /바위타기/] },
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
    titles: [/열어 볼까요/, /What kind/] as const,
    opens: (visitor: Visitor, locale: 'ko' | 'en') => stepTo(visitor, locale, step),
  })),
];
