/** Rows 98-103, 156 in the browser: a group plans its meetings, members come, those who lead decide. */
import { until } from '../journeys/until.ts';
import type { Person } from '../support/moim.ts';
import { renew, someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { administerIn } from './support/administrator.ts';
import { dayOf } from './support/board.ts';
import { desk, phone, useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo } from './support/keyboard.ts';
import { barriers, oddities, picture } from './support/looks.ts';
import { made } from './support/missions.ts';

/** Tuesday noon in Seoul. */
const web = useWeb({ now: Date.parse('2026-03-03T03:00:00Z') });
const evening = (time: string) => `2026-03-03T${time}+09:00`;

let count = 0;
/** A study that meets today at 19:00, with a grace of half an hour. */
async function study(title: string, more: object = {}) {
  count++;
  const leader = await web.moim.person(`leader${count}`);
  const member = await web.moim.person(`member${count}`);
  const third = await someone(web.moim, `third${count}`);
  const dates = { startDate: dayOf(web.moim), endDate: dayOf(web.moim, 40) };
  const here = await found(leader, { title, ...dates }, member, third);
  const meetings = [{ weekday: 2, start: '19:00', place: '도서관', ...more }];
  const { status } = await leader.put(`${here.path}/attendance-plan`, { meetings });
  if (status !== 200) throw new Error(`no plan: ${status}`);
  await web.moim.settle();
  return { ...here, leader, member, third };
}
const codeOf = async (leader: Person, path: string): Promise<string> =>
  (await leader.get(`${path}/check-in-codes`)).body.codes[0].code;
const place = (groupId: string) => `/groups/${groupId}/attendance`;

test('rows 98, 99, by pointer, in two browsers: a member asks, is sent back, asks again late; all is decided and corrected', async () => {
  const { leader, member, third, path, groupId } = await study('화요일 스터디');
  const theirs = await web.visitAs(member, { path: place(groupId) });
  await theirs.page.getByText('오늘 모임이 있어요').waitFor();
  await theirs.page.getByRole('button', { name: '출석 신청하기' }).click();
  await theirs.page.getByText('신청을 보냈어요. 운영진이 확인하면 알려 드려요.').waitFor();
  await theirs.live();
  await third.post(`${path}/attendances`);
  await web.moim.settle();

  // What news of it leads to.
  const mine = await web.visitAs(leader, { path: '/inbox' });
  await mine.page
    .getByRole('link', { name: /출석을 신청했어요/ })
    .first()
    .click();
  await mine.titled('출석 신청');
  await mine.page.getByRole('button', { name: new RegExp(`^돌려보내기 ?: ${member.nickname}`) }).click();
  await mine.page
    .getByRole('dialog')
    .getByRole('button', { name: /모임 장소에서 못 뵈었어요/ })
    .click();
  await mine.page.getByRole('dialog').getByRole('button', { name: '돌려보내기' }).click();
  await mine.page.getByText('돌려보냈어요', { exact: true }).waitFor();
  await web.moim.settle();
  await theirs.page.locator('.att-mine').getByText('모임 장소에서 못 뵈었어요. 오셨다면 알려 주세요.').waitFor();
  await web.moveTo(evening('19:30:01'));
  await renew(web.moim, leader, member);
  await theirs.page.getByRole('button', { name: '다시 신청하기' }).click();
  await theirs.page.locator('.att-mine').getByText('늦음').waitFor();
  await web.moim.settle();

  await mine.lead(place(groupId));
  await mine.page.getByRole('link', { name: /출석 신청.*2건이 기다려요/s }).click();
  // One of two is late, so there is one press for each.
  await mine.page.getByRole('button', { name: new RegExp(`^확인 ?: ${member.nickname}`) }).click();
  await mine.page.getByText('늦은 출석').waitFor();
  await mine.page.getByRole('button', { name: new RegExp(`^고치기 ?: ${member.nickname}`) }).click();
  const sheet = mine.page.getByRole('dialog');
  await sheet.getByText('확인 기다려요 → 늦은 출석').waitFor();
  await sheet.getByRole('radio', { name: '출석', exact: true }).check();
  await sheet.getByLabel('이유').fill('처음부터 있었어요');
  expect([...(await oddities(mine.page)), ...(await barriers(mine.page))]).toEqual([]);
  await sheet.getByRole('button', { name: '고치기' }).click();
  await sheet.waitFor({ state: 'detached' });
  await web.moim.settle();
  expect((await member.get(`${path}/attendance`)).body.mine).toMatchObject({ state: 'PRESENT' });
  await theirs.lead(place(groupId));
  await theirs.page.getByText('지금까지 100% 왔어요').waitFor();
  await theirs.page.getByText('1주차').waitFor();
  // Only those who lead see more than their own.
  expect(await theirs.page.getByRole('link', { name: '멤버 출석' }).count()).toBe(0);
  await theirs.go(`${place(groupId)}/members`);
  await theirs.page.getByRole('alert').getByText('찾을 수 없어요').waitFor();
  expect(theirs.faults.splice(0).filter((fault) => !/404/.test(fault))).toEqual([]);

  await mine.lead(`${place(groupId)}/members`);
  await mine.page.getByRole('link', { name: new RegExp(third.nickname) }).click();
  await mine.titled(third.nickname);
  await mine.page.getByText('확인 기다려요').waitFor();
});

test('row 156, in two browsers: a code is shown for minutes without a question, typed, and scanned', async () => {
  const { leader, member, path, groupId } = await study('저녁 스터디');
  const third = await web.moim.person(`scanner${count}`);
  await third.post(`${path}/members`);
  await web.moim.settle();
  await web.moveTo('2026-03-10T18:40:00+09:00');
  await renew(web.moim, leader, third);
  const wall = await web.visitAs(leader, { path: `${place(groupId)}/code` });
  await wall.page.getByText(/6:45에 번호가 나와요/).waitFor();
  // It comes by itself.
  await web.moveTo('2026-03-10T18:45:10+09:00');
  const shown = wall.page.getByRole('img', { name: /^지금 번호는/ });
  await shown.waitFor();
  await wall.page.getByRole('timer', { name: '20초 뒤 새 번호' }).waitFor();
  const asked = () => web.moim.logs.filter(({ line }) => line.includes('"route":"showCodes"')).length;
  const before = asked();
  const first = await shown.getAttribute('aria-label');
  await web.moveTo('2026-03-10T18:50:05+09:00');
  await wall.page.getByRole('timer', { name: '25초 뒤 새 번호' }).waitFor();
  expect(await shown.getAttribute('aria-label')).not.toBe(first);
  // Five minutes later it knows the code without having asked.
  expect(asked()).toBe(before);
  expect((await shown.getAttribute('aria-label'))!.replace(/\D/g, '')).toBe(await codeOf(leader, path));
  await web.moveTo('2026-03-10T18:53:40+09:00');
  await until(
    async () => asked(),
    (now) => now >= before + 2,
  );

  const theirs = await web.visitAs(member, { path: place(groupId) });
  await theirs.page.getByRole('link', { name: '번호로 출석하기' }).click();
  const right = await codeOf(leader, path);
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
  await theirs.page.getByLabel('체크인 번호').fill(wrong);
  await theirs.page.getByRole('button', { name: '출석하기' }).click();
  await theirs.page.getByText('번호가 달라요. 화면에 지금 보이는 번호를 적어 주세요.').waitFor();
  await theirs.page.getByLabel('체크인 번호').fill(`${right.slice(0, 3)} ${right.slice(3)}`);
  await theirs.page.getByRole('button', { name: '출석하기' }).click();
  await theirs.titled('출석했어요!');
  // Whoever shows the code sees it at once.
  await web.moim.settle();
  await wall.page.getByText('4명 중 1명이 왔어요').waitFor();

  // The same device, another member: its link is followed, and the code leaves the address.
  await theirs.page.evaluate('localStorage.removeItem("account")');
  const other = await web.visitAs(third, { within: theirs, path: `/groups/${groupId}/check-in#${right}` });
  await other.titled('거의 다 됐어요');
  expect(new URL(other.page.url()).hash).toBe('');
  await web.moim.settle();
  await wall.page.getByRole('link', { name: '확인을 기다리는 신청 1건' }).waitFor();
  await picture(wall.page, 'check-in-here');
  await wall.lead(`${place(groupId)}/waiting`);
  await wall.page.getByText('다른 멤버가 먼저 출석한 기기예요. 함께 왔는지 확인해 주세요.').waitFor();
  await wall.page.getByRole('button', { name: new RegExp(`^확인 ?: ${third.nickname}`) }).click();
  await wall.page.getByText('1명의 출석을 확인했어요').waitFor();
});

test('rows 98-103, 156, by keyboard: a plan with a holiday, a code that is typed, and what it says of it', async () => {
  count++;
  const leader = await web.moim.person(`keys${count}`);
  const dates = { startDate: dayOf(web.moim), endDate: dayOf(web.moim, 40) };
  const { groupId, path } = await found(leader, { title: 'Early birds', ...dates });
  const { page } = await web.visitAs(leader, { locale: 'en', path: place(groupId) });
  await lands(page, /^heading "Early birds"/);
  await press(page, /^link "Plan the meetings"/);
  await lands(page, /^heading "Meetings"/);
  await press(page, /^button "Add a meeting"/);
  await lands(page, /^heading "Add a meeting"/);
  await tabTo(page, /^combobox "Day"/);
  await page.keyboard.type('Tue');
  await tabTo(page, /^textbox "Place/);
  await page.keyboard.type('Library');
  await press(page, /^button "Save"/);
  await page.getByRole('button', { name: /^Tuesday, 7:00 PM.*Library/s }).waitFor();
  await press(page, /^button "Add a holiday"/);
  await press(page, /^button "Add a holiday"/);
  await page.getByRole('button', { name: /^Meet on Tue, Mar 10 after all/ }).waitFor();
  await press(page, /^button "Meet on Tue, Mar 10/);
  await press(page, /^button "Meet"/);
  await page.getByText('No holidays planned.').waitFor();
  await lands(page, /^(button|heading)/);

  await web.moveTo('2026-03-10T19:00:00+09:00');
  await press(page, /^link "Back"/);
  await lands(page, /^heading "Early birds"/);
  await press(page, /^link "Check in with a code"/);
  await lands(page, /^heading "Check in with a code"/);
  await tabTo(page, /^textbox "Check-in code"/);
  const right = await codeOf(leader, path);
  await page.keyboard.type(String((Number(right) + 1) % 1_000_000).padStart(6, '0'));
  await page.keyboard.press('Enter');
  // What was refused has the focus, and is read out.
  await lands(page, /^textbox "Check-in code"/);
  await page.getByRole('alert').getByText('That is another code.').waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(right);
  await page.keyboard.press('Enter');
  await lands(page, /^heading "You are checked in!"/);
  await press(page, /^link "See my attendance"/);
  await lands(page, /^heading "Early birds"/);
  await page.getByRole('status').getByText('This week counts.').waitFor();
  await hears(page, /Present/);
  expect((await leader.get(`${path}/attendance`)).body).toMatchObject({ mine: { state: 'PRESENT' }, own: { rate: 1 } });
});

test('row 156: a meeting that takes codes near its place asks the device once, and says what to do from afar', async () => {
  await web.moveTo('2026-03-10T19:05:00+09:00');
  const { leader, member, path, groupId } = await study('가까운 모임');
  const here = { latitude: 37.497912, longitude: 127.027612 };
  const plans = await web.visitAs(leader, { fresh: true, path: `${place(groupId)}/plan` });
  await plans.context.grantPermissions(['geolocation']);
  await plans.context.setGeolocation(here);
  await plans.page.getByRole('button', { name: /화요일/ }).click();
  await plans.page.getByRole('switch', { name: '장소 가까이에서만 번호 받기' }).click();
  await plans.page.getByRole('switch', { checked: true }).waitFor();
  await plans.page.getByRole('button', { name: '저장하기' }).click();
  await plans.page.getByText(/가까이에서만 번호 받기/).waitFor();
  const { meetings } = (await leader.get(`${path}/attendance-plan`)).body;
  expect(meetings[0].position).toEqual({ latitude: 37.4979, longitude: 127.0276 });

  const theirs = await web.visitAs(member, { fresh: true, path: `/groups/${groupId}/check-in` });
  await theirs.context.grantPermissions(['geolocation']);
  await theirs.context.setGeolocation({ ...here, latitude: 37.52 });
  await theirs.page.getByLabel('체크인 번호').fill(await codeOf(leader, path));
  await theirs.page.getByRole('button', { name: '출석하기' }).click();
  await theirs.page.getByText(/모임 장소 가까이에서 위치를 켜고/).waitFor();
  await theirs.context.setGeolocation({ ...here, latitude: 37.4985 });
  await theirs.page.getByRole('button', { name: '출석하기' }).click();
  await theirs.titled('출석했어요!');
});

test('row 99, in both languages: the queue of a club says which home gym each had named', async () => {
  const leader = await web.moim.person('Sora');
  await administerIn(web, leader);
  const frame = { kind: 'CLUB', title: '바위타기', category: 'SPORTS', timeZone: 'Asia/Seoul' };
  const club = await made(leader.post('/v1/groups', frame));
  const path = `/v1/groups/${club.id}`;
  const [jihun, seoyeon] = await Promise.all(['지훈', '서연'].map((name) => someone(web.moim, name)));
  for (const [person, homeGym] of [
    [jihun!, '더클라임 연남'],
    [seoyeon!, '클라이밍파크 성수'],
  ] as const) {
    await made(person.post(`${path}/applications`, { profile: { level: 4, homeGym } }));
    await leader.post(`${path}/applications/${person.id}/accept`);
  }
  const today = dayOf(web.moim);
  await made(leader.post(`${path}/seasons`, { name: '봄', startDate: today, endDate: dayOf(web.moim, 69) }));
  const meetings = [{ weekday: ((new Date(today).getUTCDay() + 6) % 7) + 1, start: '23:00', place: '더클라임 연남' }];
  expect((await leader.put(`${path}/attendance-plan`, { meetings })).status).toBe(200);
  for (const person of [jihun!, seoyeon!]) await made(person.post(`${path}/attendances`));
  await web.moim.settle();

  for (const [locale, theme, viewport, words, other] of [
    ['ko', 'light', phone, '자주 가는 곳: ', '다른 장소'],
    ['en', 'dark', desk, 'Home gym: ', 'Other place'],
  ] as const) {
    const { page } = await web.again(leader, { path: `${place(club.id)}/waiting`, locale, theme, viewport });
    const of = (name: string) => page.locator('.att-asks').filter({ has: page.getByText(name, { exact: true }) });
    await of('지훈').getByText(`${words}더클라임 연남`).waitFor();
    await of('서연').getByText(`${words}클라이밍파크 성수`).waitFor();
    await of('서연').getByText(other).waitFor();
    expect(await of('지훈').getByText(other).count()).toBe(0);
    expect(await oddities(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await picture(page, `attendance-gym-${locale}`);
  }
});
