/** Recruiting texts as Korean groups write them: the same in each run, 200 to 600 characters long. */

/** Numbers that look random and are the same in each run. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const subjects = [
  '정보처리기사 실기',
  '토익 900점',
  '코딩테스트 알고리즘',
  'JavaScript와 React',
  '새벽 6시 기상',
  '한국사능력검정 1급',
  '매일 러닝 5km',
  '고전 소설 읽기',
  'SQLD 자격증',
  '영어 회화(OPIc AL)',
  '파이썬 데이터 분석',
  '컴활 1급',
  '드로잉 & 수채화',
  'C++/C# 기초',
  'AWS 클라우드',
  '브런치 글쓰기✍️',
];
const places = [
  '강남역',
  '홍대입구',
  '판교',
  '부산 서면',
  '대전 둔산동',
  '온라인(디스코드)',
  'ZOOM',
  '신촌',
  '광화문 스타벅스',
];
const people = [
  '취업준비생',
  '비전공자',
  '직장인',
  '대학생 누구나',
  '30대 이직러',
  '고등학생',
  '육아 중인 부모님',
  '재수생',
];
const days = ['월·수·금', '화목 저녁 8시', '주말 오전', '매일 밤 10시~11시', '평일 점심시간', '격주 토요일 14:00'];
const sentences = [
  '안녕하세요! {people} 위주로 {subject} 스터디원을 모집합니다.',
  '혼자 하니까 자꾸 미루게 되어서, 같이 완주하실 분을 찾고 있어요 ㅠㅠ',
  '모임은 {days}에 {place}에서 진행하고, 사정이 있으면 온라인으로 참여하셔도 됩니다.',
  '하루에 문제 {number}개씩 풀고 풀이 과정을 사진으로 인증하면 됩니다.',
  '결석은 한 달에 두 번까지 가능하고, 무단결석 3회면 아쉽지만 함께하기 어려워요.',
  '벌금은 없지만 보증금 {number}0,000원을 걷어서 완주하면 전액 돌려드립니다.',
  '교재는 각자 준비해 주시고, 기출문제는 제가 정리해서 공유할게요^^',
  '진도는 느슨하게 나가지만 끝까지 책임감 있게 하실 분이면 좋겠습니다.',
  '처음이어도 괜찮아요. 모르는 것은 서로 물어보고 알려 주면서 천천히 갑니다.',
  '현재 {number}명이 확정되었고 {number}명 더 구해요. 성별/나이 무관!',
  '궁금한 점은 오픈채팅으로 편하게 물어봐 주세요 :)',
  '{subject} 경험이 있으신 분은 멘토로 참여하셔도 환영합니다🔥',
  '끝나고 나면 다 같이 회고를 쓰고, 후기가 좋으면 다음 기수로 이어 가려고 해요.',
  '첫 모임에서 목표를 정하고, 매주 일요일 밤에 한 주 동안 한 것을 짧게 나눕니다.',
  '카메라는 켜도 되고 꺼도 되지만 마이크는 꺼 주세요. 타이머만 같이 맞춰 놓고 공부합니다.',
  '지난 기수에서는 {number}명 중 {number}명이 합격했습니다. 이번에도 해 봅시다!!',
];
const titles = [
  '{subject} 스터디 {number}기',
  '[{place}] {subject} 같이 해요',
  '{subject} 챌린지 🏃',
  '{people}을 위한 {subject}',
];
const tags = ['PYTHON', 'ALGORITHM', 'BOOKS', 'CERTIFICATE', 'REMOTE', 'EARLY_BIRD', 'INTERVIEW'] as const;

export interface Recruiting {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly (typeof tags)[number][];
  readonly recruit: {
    readonly title: string;
    readonly target: string;
    readonly process: string;
    readonly info: string;
  };
}

export function recruitingTexts(count: number, seed = 7): Recruiting[] {
  const random = randomOf(seed);
  const one = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!;
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name) =>
      name === 'number'
        ? String(1 + Math.floor(random() * 30))
        : one({ subject: subjects, place: places, people, days }[name as 'days']),
    );
  return Array.from({ length: count }, () => {
    const length = 200 + Math.floor(random() * 400);
    const left = [...sentences];
    let description = '';
    while (left.length > 0) {
      const [next] = left.splice(Math.floor(random() * left.length), 1);
      const more = `${description}${description && (random() < 0.3 ? '\n' : ' ')}${filled(next!)}`;
      if (more.length > 600) break;
      description = more;
      if (description.length >= length) break;
    }
    return {
      title: filled(one(titles)).slice(0, 50).trim(),
      description,
      tags: random() < 0.5 ? [one(tags)] : [],
      recruit: {
        title: random() < 0.4 ? filled('{people} 모집') : '',
        target: filled('{people}, {people}'),
        process: '',
        info: '',
      },
    };
  });
}
