/** Attendance. */
import { click, type Look, type Scene } from './look.ts';

const path = (s: Scene, more = '') => `/groups/${s.meeting.groupId}/attendance${more}`;
const group = [/화요일 밤 스터디/, /화요일 밤 스터디/] as const;
const plan = [/^모임 날$/, /^Meetings$/] as const;
const queue = [/^출석 신청$/, /^Attendance requests$/] as const;

export const attendance: readonly Look[] = [
  { name: 'attendance', path: (s) => path(s), titles: group },
  {
    name: 'attendance-none',
    path: (s) => `/groups/${s.groupId}/attendance`,
    titles: [/매일 알고리즘 한 문제/, /매일 알고리즘 한 문제/],
  },
  { name: 'attendance-waiting', path: (s) => path(s, '/waiting'), titles: queue },
  {
    name: 'attendance-reject',
    path: (s) => path(s, '/waiting'),
    titles: queue,
    opens: click(/^돌려보내기 ?: 서연/, /^Send back ?: 서연/),
  },
  {
    name: 'attendance-members',
    path: (s) => path(s, '/members'),
    titles: [/^멤버 출석$/, /^Member attendance$/],
  },
  { name: 'attendance-member', path: (s) => path(s, `/members/${s.meeting.jihun.id}`), titles: [/^지훈$/, /^지훈$/] },
  {
    name: 'attendance-correct',
    path: (s) => path(s, `/members/${s.meeting.jihun.id}`),
    titles: [/^지훈$/, /^지훈$/],
    opens: click(/^3주차/, /^Week 3/),
  },
  { name: 'attendance-plan', path: (s) => path(s, '/plan'), titles: plan },
  {
    name: 'attendance-meeting',
    path: (s) => path(s, '/plan'),
    titles: plan,
    opens: click('모임 날 더하기', 'Add a meeting'),
  },
  { name: 'attendance-code', path: (s) => path(s, '/code'), titles: [/^체크인 번호$/, /^Check-in code$/] },
  {
    name: 'check-in',
    path: (s) => `/groups/${s.meeting.groupId}/check-in`,
    titles: [/^번호로 출석하기$/, /^Check in with a code$/],
  },
];
