/** Climbing records, rankings and seasons of a club. */
import { click, type Look } from './look.ts';

export const records: readonly Look[] = [
  { name: 'records', path: (s) => `/groups/${s.climbing.clubId}/records`, titles: [/바위타기/, /바위타기/] },
  {
    name: 'records-new',
    path: (s) => `/groups/${s.climbing.clubId}/records/${s.climbing.day.slice(0, 7)}-01`,
    titles: [/기록$/, /^Record of/],
  },
  {
    name: 'records-edit',
    path: (s) => `/groups/${s.climbing.clubId}/records/${s.climbing.day}`,
    titles: [/기록$/, /^Record of/],
  },
  {
    name: 'records-share',
    path: (s) => `/groups/${s.climbing.clubId}/records`,
    titles: [/바위타기/, /바위타기/],
    opens: click('등반 공유하기', 'Share my climbs'),
  },
  {
    name: 'records-member',
    path: (s) => `/groups/${s.climbing.clubId}/members/${s.climbing.jihun.id}/records`,
    titles: [/^지훈님의 기록$/, /^Records of 지훈$/],
  },
  {
    name: 'records-strike',
    path: (s) => `/groups/${s.climbing.clubId}/members/${s.climbing.jihun.id}/records`,
    titles: [/^지훈님의 기록$/, /^Records of 지훈$/],
    opens: click('순위에서 빼기', 'Leave out of rankings'),
  },
  { name: 'ranking', path: (s) => `/groups/${s.climbing.clubId}/ranking`, titles: [/바위타기/, /바위타기/] },
  {
    name: 'ranking-all',
    path: (s) => `/groups/${s.climbing.clubId}/ranking?week=0`,
    titles: [/바위타기/, /바위타기/],
    opens: click(/명 모두 보기$/, /^Show all/),
  },
  {
    name: 'ranking-closed',
    path: (s) => `/groups/${s.climbing.clubId}/ranking?season=${s.climbing.overId}&week=0`,
    titles: [/바위타기/, /바위타기/],
  },
  { name: 'seasons', path: (s) => `/groups/${s.climbing.clubId}/seasons`, titles: [/^시즌$/, /^Seasons$/] },
  {
    name: 'seasons-new',
    path: (s) => `/groups/${s.climbing.clubId}/seasons`,
    titles: [/^시즌$/, /^Seasons$/],
    opens: click('시즌 만들기', 'Create a season'),
  },
];
