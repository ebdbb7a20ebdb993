/** Words that people in Korea build passwords from, beside those of the common list (row 4). */

/** As they are spoken. People type them in Latin letters, or on a keyboard that is still in Latin mode. */
const hangul = `
모임 스터디 챌린지 미션 인증 벽돌 공부 운동 독서 사랑 사랑해 사랑합니다 이거야 안녕 안녕하세요 비밀번호 패스워드 암호 로그인 관리자
운영자 대한민국 한국 서울 부산 대구 인천 광주 대전 제주 우리집 우리 행복 가족 친구 엄마 아빠 아들 딸 여보 자기야 아가 감사 감사합니다
고마워 최고 화이팅 파이팅 바보 천사 공주 왕자 하나님 예수님 부처님 김치 축구 야구 농구 네이버 카카오 삼성 강아지 고양이 무지개 하늘
바다 나무 구름 햇살 소나무 사과 딸기 커피 학교 회사 학생 선생님 졸업 합격 취업 부자 대박 행운 희망 청춘 기쁨 평화 믿음 소망`;

const romanized = `
moim seutudi chaelrinji misyeon injeung gongbu sarang saranghae salang salanghae annyeong annyong bimilbeonho amho
daehanminguk hanguk hankuk seoul busan daegu incheon gwangju daejeon jeju jejudo gangnam uri urijip haengbok gajok
chingu eomma appa adeul jagiya gamsa gomawo choego hwaiting paiting fighting babo cheonsa gongju wangja hananim yesunim
kimchi gimchi chukgu yagu naver kakao samsung gangaji goyangi mujigae haneul bada namu sagwa ttalgi keopi hakgyo
study challenge mission brick certification group member leader manager club team welcome`;

const initials = 'r R s e E f a q Q t T d w W c z x v g'.split(' ');
const vowels = 'k o i O j p u P h hk ho hl y n nj np nl b m ml l'.split(' ');
const finals = ' r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g'.split(' ');

/**
 * The Latin letters of the keys that type a Korean text on the two-set keyboard (KS X 5002), in lower case.
 *
 * @example typedInLatin('사랑') // 'tkfkd'
 */
export function typedInLatin(text: string): string {
  const keys = [...text].map((syllable) => {
    const number = syllable.codePointAt(0)! - 0xac00;
    return [
      initials[Math.floor(number / (vowels.length * finals.length))],
      vowels[Math.floor(number / finals.length) % vowels.length],
      finals[number % finals.length],
    ].join('');
  });
  return keys.join('').toLowerCase();
}

const wordsIn = (text: string) => text.trim().split(/\s+/);

/** All of them in Latin letters, in lower case. */
export const baseWords: ReadonlySet<string> = /* @__PURE__ */ new Set([
  .../* @__PURE__ */ wordsIn(hangul).map(typedInLatin),
  .../* @__PURE__ */ wordsIn(romanized),
]);
