export const texts = {
  title: '나',
  language: '언어',
  theme: '화면',
  themes: { auto: '자동', light: '밝게', dark: '어둡게' },
  signOut: '로그아웃',
  since: (date: string) => `${date}부터 함께했어요`,
};
