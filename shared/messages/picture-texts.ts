/** Texts of the picture of somebody's progress (row 133). */
import type { Locale } from './catalog.ts';

export interface PictureTexts {
  readonly mine: string;
  readonly of: (name: string) => string;
  readonly ofGroup: string;
  /** In place of a title that not everybody may know. */
  readonly group: string;
  readonly until: (day: string) => string;
  readonly rate: string;
  readonly streak: string;
  readonly rank: string;
  readonly best: (best: string) => string;
  readonly average: (percent: string) => string;
  readonly among: (members: number) => string;
  readonly days: (count: number) => string;
  readonly weeks: (count: number) => string;
  readonly place: (rank: number) => string;
  readonly level: string;
  readonly levelOf: (level: number) => string;
  readonly points: (points: number, cost: number) => string;
  readonly members: string;
  readonly people: (count: number) => string;
  readonly allOfGroup: string;
  readonly series: string;
  readonly groupSeries: string;
  readonly me: string;
  readonly team: string;
  readonly heat: string;
  readonly ranking: string;
  readonly member: string;
  readonly nothing: string;
  readonly states: Readonly<Record<'DONE' | 'WAITING' | 'PAUSED' | 'MISSED' | 'OPEN', string>>;
  /** Monday, Wednesday, Friday. */
  readonly weekdays: readonly [string, string, string];
  readonly month: (month: number) => string;
  /** What somebody climbed. */
  readonly climbs: {
    readonly mine: string;
    readonly of: (name: string) => string;
    readonly points: string;
    readonly solved: string;
    readonly time: (minutes: number) => string;
    readonly series: string;
    readonly average: string;
    readonly levels: string;
    readonly level: (level: number) => string;
    readonly ranking: string;
    readonly says: {
      readonly noRank: string;
      readonly rank: (rank: number, members: number, points: number) => string;
      readonly solved: (count: number, time: string) => string;
      readonly weeks: (points: readonly number[]) => string;
    };
  };
  readonly says: {
    readonly rate: (mine: string, team: string) => string;
    readonly groupRate: (rate: string) => string;
    readonly level: (level: number, members: number) => string;
    readonly groupHeat: (done: number) => string;
    readonly noRate: string;
    readonly streak: (current: string, best: string) => string;
    readonly rank: (rank: number, members: number) => string;
    readonly lastWeeks: (percents: string) => string;
    readonly heat: (done: number, paused: number) => string;
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

export const pictureTexts: Readonly<Record<Locale, PictureTexts>> = {
  ko: {
    mine: '나의 기록',
    of: (name) => `${name}님의 기록`,
    ofGroup: '함께 쌓은 기록',
    group: '우리 모임',
    until: (day) => `${day.replaceAll('-', '. ')}. 기준`,
    rate: '인증률',
    streak: '연속 인증',
    rank: '순위',
    best: (best) => `최고 ${best}`,
    average: (percent) => `모임 평균 ${percent}`,
    among: (members) => `멤버 ${members}명 중`,
    days: (count) => `${count}일`,
    weeks: (count) => `${count}주`,
    place: (rank) => `${rank}위`,
    level: '레벨',
    levelOf: (level) => `${level}`,
    points: (points, cost) => `다음 레벨까지 ${cost - points}점`,
    members: '멤버',
    people: (count) => `${count}명`,
    allOfGroup: '멤버 평균',
    series: '나와 모임 평균',
    groupSeries: '주마다 모임 평균',
    me: '나',
    team: '모임 평균',
    heat: '날마다 쌓은 인증',
    ranking: '모임 순위',
    member: '멤버',
    nothing: '아직 없어요',
    states: {
      DONE: '인증한 날',
      WAITING: '확인을 기다려요',
      PAUSED: '쉬어 간 날',
      MISSED: '비어 있는 날',
      OPEN: '오늘',
    },
    weekdays: ['월', '수', '금'],
    month: (month) => `${month}월`,
    climbs: {
      mine: '나의 등반',
      of: (name) => `${name}님의 등반`,
      points: '시즌 점수',
      solved: '푼 문제',
      time: (minutes) => (minutes < 60 ? `${minutes}분` : `${Math.floor(minutes / 60)}시간 ${minutes % 60}분`),
      series: '주마다 얻은 점수',
      average: '오른 멤버 평균',
      levels: '단계마다 푼 문제',
      level: (level) => `${level}단계`,
      ranking: '시즌 순위',
      says: {
        noRank: '이 시즌에는 아직 점수가 없어요.',
        rank: (rank, members, points) => `멤버 ${members}명 중 ${rank}위, ${points}점.`,
        solved: (count, time) => `푼 문제 ${count}개, 오른 시간 ${time}.`,
        weeks: (points) => `최근 몇 주의 점수: ${points.join(', ')}.`,
      },
    },
    says: {
      rate: (mine, team) => `인증률 ${mine}, 모임 평균 ${team}.`,
      groupRate: (rate) => `모임의 평균 인증률 ${rate}.`,
      level: (level, members) => `레벨 ${level}, 멤버 ${members}명.`,
      groupHeat: (done) => `누군가 인증한 날 ${done}일.`,
      noRate: '아직 인증할 날이 없었어요.',
      streak: (current, best) => `연속 인증 ${current}, 최고 ${best}.`,
      rank: (rank, members) => `멤버 ${members}명 중 ${rank}위.`,
      lastWeeks: (percents) => `최근 몇 주의 인증률: ${percents}.`,
      heat: (done, paused) => `인증한 날 ${done}일, 쉬어 간 날 ${paused}일.`,
    },
  },
  en: {
    mine: 'My progress',
    of: (name) => `Progress of ${name}`,
    ofGroup: 'Progress of the group',
    group: 'A group',
    until: (day) => `As of ${day}`,
    rate: 'Done',
    streak: 'Streak',
    rank: 'Rank',
    best: (best) => `Best: ${best}`,
    average: (percent) => `Group average ${percent}`,
    among: (members) => `of ${counted(members, 'member')}`,
    days: (count) => counted(count, 'day'),
    weeks: (count) => counted(count, 'week'),
    place: (rank) => `#${rank}`,
    level: 'Level',
    levelOf: (level) => String(level),
    points: (points, cost) => `${counted(cost - points, 'point')} to the next`,
    members: 'Members',
    people: (count) => String(count),
    allOfGroup: 'Mean of all members',
    series: 'Me and the group average',
    groupSeries: 'The group, week by week',
    me: 'Me',
    team: 'Group average',
    heat: 'Day by day',
    ranking: 'Ranking of the group',
    member: 'Member',
    nothing: 'Nothing yet',
    states: { DONE: 'Done', WAITING: 'Waiting', PAUSED: 'Paused', MISSED: 'Empty', OPEN: 'Today' },
    weekdays: ['Mon', 'Wed', 'Fri'],
    month: (month) => months[month - 1]!,
    climbs: {
      mine: 'My climbs',
      of: (name) => `Climbs of ${name}`,
      points: 'Season points',
      solved: 'Solved',
      time: (minutes) => (minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`),
      series: 'Points by week',
      average: 'Average of climbers',
      levels: 'Solved by level',
      level: (level) => `L${level}`,
      ranking: 'Ranking of the season',
      says: {
        noRank: 'No points in this season yet.',
        rank: (rank, members, points) => `Rank ${rank} of ${counted(members, 'member')}, ${counted(points, 'point')}.`,
        solved: (count, time) => `${counted(count, 'problem')} solved in ${time}.`,
        weeks: (points) => `Points of the last weeks: ${points.join(', ')}.`,
      },
    },
    says: {
      rate: (mine, team) => `${mine} of what was due is done; the group average is ${team}.`,
      groupRate: (rate) => `On average, members have done ${rate} of what was due.`,
      level: (level, members) => `Level ${level}, ${counted(members, 'member')}.`,
      groupHeat: (done) => `Somebody did something on ${counted(done, 'day')}.`,
      noRate: 'Nothing was due yet.',
      streak: (current, best) => `The streak is ${current}, the best one ${best}.`,
      rank: (rank, members) => `Rank ${rank} of ${counted(members, 'member')}.`,
      lastWeeks: (percents) => `The last weeks: ${percents}.`,
      heat: (done, paused) => `${counted(done, 'day')} done, ${counted(paused, 'day')} paused.`,
    },
  },
};
