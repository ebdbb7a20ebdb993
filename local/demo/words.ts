/** Who lives in the demo, and what they say. All of them are invented. */
import type { SceneName } from './photos.ts';

interface Cast {
  readonly nickname: string;
  readonly introduction: string;
  readonly locale?: 'en';
}

/** By the first part of their mail address: `mina@example.com`. */
export const cast = {
  mina: { nickname: '미나', introduction: '하루 한 문제, 천천히 오래 풀어요.' },
  jihun: { nickname: '지훈', introduction: '백엔드 3년 차. 아침에 공부하는 걸 좋아해요.' },
  seoyeon: { nickname: '서연', introduction: '자기 전 30쪽이 하루에서 제일 좋은 시간이에요.' },
  doyun: { nickname: '도윤', introduction: '이직을 준비하고 있어요.' },
  hana: { nickname: 'Hana', introduction: 'Graphs before breakfast.', locale: 'en' },
  haeun: { nickname: '하은', introduction: '비전공자지만 매일 조금씩 늘고 있어요.' },
  yuna: { nickname: '유나', introduction: '책과 자격증 사이를 오가요.' },
  minjae: { nickname: '민재', introduction: '주말엔 달리고 평일엔 외워요.' },
  taeo: { nickname: '태오', introduction: '한강에서 새벽마다 달려요. 천천히 같이 뛰어요.' },
  soi: { nickname: '소이', introduction: '이제 막 시작했어요.' },
  moim: { nickname: '모임지기', introduction: 'moim을 돌보는 사람이에요.' },
} as const satisfies Record<string, Cast>;
export type Name = keyof typeof cast;

/** What somebody certifies, again and again: the photo, and the words beside it. */
export interface Habit {
  readonly scene: SceneName;
  readonly words: readonly string[];
}

export const algorithm: Readonly<Partial<Record<Name, Habit>>> = {
  mina: {
    scene: 'notebook',
    words: [
      'BFS 미로 탐색 통과! 방문 표시를 큐에 넣을 때 하니 시간이 반으로 줄었어요.',
      '점화식 세우는 데만 40분. 그래도 스스로 풀었어요.',
      '어제 못 푼 문제에 다시 도전해서 성공!',
    ],
  },
  jihun: {
    scene: 'laptop',
    words: [
      '다익스트라를 우선순위 큐로 바꾸니 0.1초가 나왔어요.',
      '투 포인터, 드디어 감이 와요.',
      '출근길 지하철에서 한 문제 완료.',
    ],
  },
  seoyeon: {
    scene: 'notebook',
    words: [
      '세그먼트 트리를 그려 보니 이제야 이해가 돼요.',
      '이분 탐색은 경계가 늘 어려워요. 표로 정리했어요.',
      '쉬운 문제라도 오늘 몫은 채웠어요.',
    ],
  },
  hana: {
    scene: 'laptop',
    words: ['Union-find clicked today. Path compression is magic.', 'One graph problem before breakfast.'],
  },
  haeun: { scene: 'notebook', words: ['처음으로 힌트 없이 풀었어요!', '재귀를 종이에 하나씩 따라가 봤어요.'] },
};

export const reading: Readonly<Partial<Record<Name, Habit>>> = {
  seoyeon: { scene: 'book', words: ['『데미안』 3장까지. 밑줄 친 문장이 많아요.', '오늘은 소리 내어 읽었어요.'] },
  mina: { scene: 'book', words: ['서른 쪽을 넘기고 조금 더 읽었어요.', '좋은 문장 하나를 옮겨 적었어요.'] },
  yuna: { scene: 'book', words: ['에세이 세 편. 마음이 느긋해졌어요.'] },
};

/** Groups that still look for people. */
export const recruiting = [
  {
    by: 'taeo',
    body: {
      kind: 'CHALLENGE',
      title: '새벽 달리기 3km',
      description: '해 뜨기 전, 한강에서 3km를 달려요. 걷다 뛰어도 괜찮아요.',
      certificationRule: '달린 길이나 기록 화면을 찍어 주세요.',
      category: 'SPORTS',
      tags: ['RUNNING', 'EARLY_BIRD'],
      frequency: { every: 'WEEK', times: 3 },
      capacity: 8,
    },
  },
  {
    by: 'hana',
    body: {
      kind: 'CHALLENGE',
      title: '퇴근 후 30분 영어 낭독',
      description: '하루를 마치고 소리 내어 영어를 읽어요. 30분을 채우면 벽돌 한 장이 쌓여요.',
      certificationRule: '읽은 쪽을 찍어 주세요.',
      category: 'FOREIGN_LANGUAGE',
      tags: ['ENGLISH'],
      frequency: { every: 'WEEKDAY' },
      capacity: 6,
      joinPolicy: 'APPLY',
    },
  },
  {
    by: 'doyun',
    body: {
      kind: 'STUDY',
      title: '면접 질문 하루 하나',
      description: '백엔드 면접 질문을 하루 하나씩 답하고 서로 고쳐 줘요.',
      category: 'IT',
      tags: ['INTERVIEW', 'BACKEND'],
      capacity: 5,
    },
  },
  {
    by: 'yuna',
    body: {
      kind: 'CHALLENGE',
      title: '아침 여섯 시 글쓰기',
      description: '눈 뜨자마자 세 쪽. 잘 쓰지 않아도 돼요.',
      certificationRule: '쓴 글이 보이게 찍어 주세요.',
      category: 'HABIT',
      tags: ['EARLY_BIRD'],
      frequency: { every: 'DAY' },
      capacity: 10,
    },
  },
] as const;
