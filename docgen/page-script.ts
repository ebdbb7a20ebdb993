/**
 * Korean words that readers look for, with the beginnings of the English words that the page has for them. The texts of
 * contracts are English alone.
 */
export const korean: Readonly<Record<string, readonly string[]>> = {
  가입: ['sign up', 'join'],
  감사: ['decision'],
  강퇴: ['kick', 'remove a member'],
  거절: ['deny', 'reject'],
  검색: ['search'],
  경고: ['warn'],
  계정: ['account'],
  관리자: ['administrator'],
  그룹: ['group'],
  기기: ['device'],
  내보내기: ['export'],
  닉네임: ['nickname'],
  댓글: ['comment'],
  로그아웃: ['sign out'],
  로그인: ['sign in'],
  리뷰: ['review'],
  만들: ['create', 'found a'],
  멤버: ['member'],
  메일: ['mail'],
  모임: ['group'],
  목록: ['list'],
  미션: ['mission'],
  벽돌: ['brick'],
  비밀번호: ['password'],
  삭제: ['delete'],
  사진: ['photo', 'picture', 'image'],
  설정: ['setting'],
  세션: ['session'],
  소셜: ['provider'],
  소켓: ['socket'],
  수정: ['edit'],
  승인: ['approve'],
  신고: ['report'],
  신청: ['appl'],
  실시간: ['socket', 'live'],
  아이디: ['login id', 'loginid'],
  알림: ['notification'],
  업로드: ['upload'],
  이메일: ['e-mail', 'email'],
  인증: ['certif', 'verification'],
  좋아요: ['like'],
  차단: ['block'],
  참여: ['join'],
  챌린지: ['challenge'],
  첨부: ['file'],
  초대: ['invite'],
  코드: ['a code', 'invite code', 'the code'],
  탈퇴: ['withdraw', 'leave'],
  토큰: ['access token', 'refresh token', 'device token'],
  파일: ['file'],
  푸시: ['push'],
  프로필: ['profile'],
  플랜: ['plan'],
};

/**
 * Filters the sections and the contents by the typed words, opens the section that the address names, and puts an opened
 * section into the address. The page is readable without it.
 */
export const script = `
const korean = ${JSON.stringify(korean)};
const box = document.querySelector('input'), found = document.querySelector('output'), contents = document.querySelector('nav details');
const items = [...document.querySelectorAll('.item')].map((item) => [item, item.textContent.toLowerCase()]);
const groups = [...document.querySelectorAll('section')];
const links = [...document.querySelectorAll('nav a')];
const target = (hash) => hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
const small = () => innerWidth <= 896;
/** A word as it is, or what the page has for it: also while it is still typed, and with an ending behind it. */
function meanings(word) {
  const known = Object.keys(korean).filter((each) => each.startsWith(word) || word.startsWith(each));
  return [word, ...known.flatMap((each) => korean[each])];
}
function filter() {
  const words = box.value.normalize('NFC').toLowerCase().split(/\\s+/).filter(Boolean).map(meanings);
  let count = 0;
  for (const [item, text] of items) {
    const fits = words.every((each) => each.some((word) => text.includes(word)));
    item.classList.toggle('hidden', !fits);
    if (fits) count += 1;
  }
  for (const group of groups)
    group.classList.toggle('hidden', words.length > 0 && !group.querySelector('.item:not(.hidden)'));
  for (const link of links) link.classList.toggle('hidden', Boolean(target(link.hash)?.closest('.hidden')));
  found.value = words.length > 0 ? count + ' found' : '';
}
function empty() { box.value = ''; filter(); }
function show() {
  const named = target(location.hash);
  if (!named) return;
  if (named.closest('.hidden')) empty();
  if (named.tagName === 'DETAILS') named.open = true;
  named.scrollIntoView();
}
box.addEventListener('input', filter);
addEventListener('hashchange', show);
document.querySelector('main').addEventListener('toggle', ({ target: { id, open } }) => {
  if (open && id) history.replaceState(null, '', '#' + id);
}, true);
contents.addEventListener('click', ({ target: { tagName } }) => { if (tagName === 'A' && small()) contents.open = false; });
addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== box) { event.preventDefault(); box.focus(); }
  if (event.key === 'Escape') { empty(); box.blur(); }
});
contents.open = !small();
show();`;
