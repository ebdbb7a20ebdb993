/** Missions in the browser: made, certified by each way, skipped, changed at the same time by two, ended, deleted. */
import { until } from '../journeys/until.ts';
import { challenge } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { study } from '../talking/chat/support.ts';
import { useWeb } from './support/browser.ts';
import { hears, lands, press, tabTo, write } from './support/keyboard.ts';
import { doing, made } from './support/missions.ts';
import { done, own, photo } from './support/outbox.ts';

const web = useWeb();

test('row 51, in Korean: the leader makes a checklist, reads that no more may repeat, and a member ticks it off with a photo', async () => {
  const leader = await web.moim.person('Jieun');
  const member = await web.moim.person('Jihun');
  const group = await found(leader, { title: '여섯 주 실기' }, member);
  await web.moim.settle();
  const { page, titled } = await web.visitAs(leader, { path: `/groups/${group.groupId}` });
  await page.getByRole('link', { name: '미션 모두 보기' }).click();
  await titled('미션');
  await page.getByRole('link', { name: '미션 만들기' }).click();
  await titled('미션 만들기');
  await page.getByLabel('무엇을 하나요?').fill('이번 단원 혼자 풀기');
  await page.getByRole('radio', { name: /^되풀이/ }).check();
  await page.getByRole('radio', { name: /^체크리스트/ }).check();
  await page.getByLabel('할 일 1', { exact: true }).fill('기출 다섯 문제');
  await page.getByRole('checkbox', { name: '할 일 1에 사진 받기' }).press('Space');
  await page.getByRole('button', { name: '할 일 더하기' }).click();
  await page.getByLabel('할 일 2', { exact: true }).fill('틀린 문제 다시 보기');
  await page.getByRole('checkbox', { name: '일', exact: true }).press('Space');
  await page.getByLabel('그중 일주일에 몇 번 하나요?').selectOption('3');
  await page.getByText('더 정하기').click();
  await page.getByRole('radio', { name: /^바로 인정/ }).check();
  await page.getByRole('button', { name: '미션 만들기' }).click();
  await titled('이번 단원 혼자 풀기');

  const { body: listed } = await leader.get(`${group.path}/missions`);
  const checklist = listed.items.find(({ id }: { id: string }) => id !== group.missionId);
  expect(checklist).toMatchObject({
    ...{ kind: 'REPEAT', way: 'CHECKLIST', approval: 'AUTO', timesPerWeek: 3, weekdays: [1, 2, 3, 4, 5, 6] },
    checklist: [
      { text: '기출 다섯 문제', photo: true },
      { text: '틀린 문제 다시 보기', photo: false },
    ],
  });
  await page.goto(`${web.moim.apiUrl}/groups/${group.groupId}/missions/new`);
  await page.getByText('되풀이하는 미션은 2개까지').waitFor();
  expect(await page.getByRole('radio', { name: /^되풀이/ }).count()).toBe(0);

  await web.moim.settle();
  const visitor = await web.visitAs(member, { path: `/groups/${group.groupId}/certify` });
  await visitor.page.getByRole('link', { name: /이번 단원 혼자 풀기/ }).click();
  await visitor.page.getByText('2개 중 0개').waitFor();
  const send = visitor.page.getByRole('button', { name: '한 장 쌓기' });
  expect(await send.isDisabled()).toBe(true);
  await visitor.page.getByRole('checkbox', { name: '틀린 문제 다시 보기' }).press('Space');
  await visitor.page.getByText('2개 중 1개').waitFor();
  await visitor.page.getByLabel('기출 다섯 문제: 사진 고르기').setInputFiles(photo);
  await visitor.page.getByText('2개 중 2개').waitFor();
  await send.click();
  await done(visitor.page);

  expect(await own(member, group)).toMatchObject([{ status: 'APPROVED', missionTitle: '이번 단원 혼자 풀기' }]);
  await visitor.go(`/groups/${group.groupId}/missions/${checklist.id}`);
  await visitor.page.getByText('2명 중 1명').waitFor();
});

test('row 51, in Korean: a study begins without a mission; its leader is led to the first one, and a member to all that the group has', async () => {
  const leader = await web.moim.person('Sumin');
  const member = await web.moim.person('Jaeha');
  const { body } = await leader.post('/v1/groups', challenge({ ...study, title: '여섯 주 완주반' }));
  const path = `/v1/groups/${body.id}`;
  await made(member.post(`${path}/members`));
  await made(leader.patch(path, { membersMayCreate: false, promise: '늦어도 괜찮아요' }));
  await web.moim.settle();

  const theirs = await web.visitAs(member, { path: `/groups/${body.id}` });
  await theirs.page.getByText('모임장이 미션을 정하면 여기에서 인증할 수 있어요.').waitFor();
  expect(await theirs.page.getByRole('link', { name: '미션 만들기' }).count()).toBe(0);
  await theirs.page.getByRole('link', { name: '전체', exact: true }).click();
  await theirs.titled('모임 더 보기');
  await theirs.page.getByRole('link', { name: /^모임 소개/ }).click();
  await theirs.page.getByText('늦어도 괜찮아요').waitFor();
  await theirs.page.getByRole('link', { name: '뒤로' }).click();
  await theirs.titled('여섯 주 완주반');

  const { page, titled } = await web.visitAs(leader);
  await page.getByRole('link', { name: '미션 만들기' }).waitFor();
  await page.getByRole('link', { name: /^여섯 주 완주반/ }).click();
  await titled('여섯 주 완주반');
  await page.getByRole('link', { name: '멤버', exact: true }).click();
  await page.getByRole('link', { name: '친구 초대하기' }).waitFor();
  await page.getByRole('link', { name: '벽', exact: true }).click();
  await page.getByRole('link', { name: '미션 만들기' }).click();
  await page.getByLabel('무엇을 하나요?').fill('1단원 읽기');
  await page.getByRole('button', { name: '미션 만들기' }).click();
  await page.getByText('새 미션을 만들었어요').waitFor();
  await web.moim.settle();
  const { body: missions } = await member.get(`${path}/missions`);
  expect(missions.items).toMatchObject([{ title: '1단원 읽기' }]);
});

test('row 52: a member reads what members may make before writing, makes one with a due time, and is told where they may not', async () => {
  const leader = await web.moim.person('Nari');
  const member = await web.moim.person('Taro');
  const group = await found(leader, { title: 'A page a day', timeZone: 'Asia/Seoul' }, member);
  await web.moim.settle();
  const { page, titled, go } = await web.visitAs(member, {
    locale: 'en',
    path: `/groups/${group.groupId}/missions/new`,
  });
  await page.getByText('You can make missions that are done once').waitFor();
  await page.getByLabel('What should everybody do?').fill('A good lecture');
  await page.getByRole('radio', { name: /^Link/ }).check();
  await page.getByLabel('Last day').fill('2026-03-05');
  await page.getByLabel('Time', { exact: true }).fill('21:30');
  await page.getByRole('button', { name: 'Make the mission' }).click();
  await titled('A good lecture');
  await page.getByText(/Until Mar 5, 9:30/).waitFor();
  const { body } = await leader.get(`${group.path}/missions`);
  const lecture = body.items.find(({ id }: { id: string }) => id !== group.missionId);
  expect(lecture).toMatchObject({ kind: 'ONCE', way: 'LINK', dueAt: '2026-03-05T12:30:00.000Z' });

  await page.getByRole('link', { name: 'Certify' }).click();
  await page.getByLabel('Link').fill('https://example.com/lecture');
  await page.getByRole('button', { name: 'Lay my brick' }).click();
  await page.getByRole('heading', { name: 'Your brick is on its way!' }).waitFor();

  await leader.patch(group.path, { membersMayCreate: false });
  await go(`/groups/${group.groupId}/missions/new`);
  await page.getByText('In this group, the leader makes the missions.').waitFor();
});

test('a change of somebody else meanwhile is shown and nothing is overwritten unseen; then the mission ends, and another is deleted', async () => {
  const leader = await web.moim.person('Hana');
  const member = await someone(web.moim, 'Taro');
  const group = await found(leader, {}, member);
  const first = await made(member.post(`${group.path}/missions`, { kind: 'ONCE', way: 'TEXT', title: 'Chapter one' }));
  const second = await made(leader.post(`${group.path}/missions`, { kind: 'ONCE', way: 'TEXT', title: 'A mistake' }));
  await web.moim.settle();
  const { page, titled, go } = await web.visitAs(leader, {
    locale: 'en',
    path: `/groups/${group.groupId}/missions/${first.id}/edit`,
  });
  await page.getByLabel('Rule').fill('One line is enough');
  const changed = await member.patch(`${group.path}/missions/${first.id}`, { title: 'Chapters one and two' });
  expect(changed.status).toBe(200);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Somebody else changed the mission' }).waitFor();
  await page.getByRole('dialog').getByText('Chapters one and two').waitFor();
  await page.getByRole('button', { name: 'Save my changes' }).click();
  await titled('Chapters one and two');
  const { body: both } = await leader.get(`${group.path}/missions/${first.id}`);
  expect(both).toMatchObject({ title: 'Chapters one and two', rule: 'One line is enough' });

  await made(member.post(`${group.path}/missions/${first.id}/certifications`, { text: 'Read' }));
  await go(`/groups/${group.groupId}/missions/${first.id}/edit`);
  await page.getByText('Somebody has already certified it, so how').waitFor();
  expect(await page.getByRole('button', { name: 'Delete the mission' }).count()).toBe(0);
  await page.getByRole('button', { name: 'End the mission' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the mission' }).click();
  await titled('Missions');
  await page.getByRole('heading', { name: 'Ended' }).waitFor();

  await go(`/groups/${group.groupId}/missions/${second.id}/edit`);
  await page.getByRole('button', { name: 'Delete the mission' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the mission' }).click();
  await titled('Missions');
  expect((await leader.get(`${group.path}/missions/${second.id}`)).status).toBe(404);
});

test('row 58, by keyboard: a mission is skipped with a reason, said on home and in the group, and taken back', async () => {
  const leader = await someone(web.moim);
  const member = await web.moim.person('Mina');
  const group = await found(leader, { title: 'Six problems' }, member);
  await web.moim.settle();
  const { page, go } = await web.visitAs(member, {
    locale: 'en',
    path: `/groups/${group.groupId}/missions/${group.missionId}`,
  });
  await lands(page, /^heading/);
  await press(page, /^button "Skip it today"/);
  await lands(page, /^heading "Skip it with a reason/);
  await write(page, /^textbox "Reason"/, 'A long journey');
  await press(page, /^button "Skip it"/);
  await hears(page, 'Skipped');
  await tabTo(page, /^button "I will do it after all"/);
  expect(await own(member, group)).toMatchObject([{ status: 'SKIPPED', text: 'A long journey' }]);

  await web.moim.settle();
  await go('/');
  await page.getByText('Skipped today').waitFor();
  await go(`/groups/${group.groupId}`);
  await page.getByText('Skipped today').filter({ visible: true }).first().waitFor();

  await go(`/groups/${group.groupId}/missions/${group.missionId}`);
  await lands(page, /^heading "Six problems/);
  await press(page, /^button "I will do it after all"/);
  await hears(page, 'You can do it again');
  await page.getByRole('button', { name: 'Skip it today' }).waitFor();
  expect(await own(member, group)).toEqual([]);
});

test('row 119, in Korean: days off wait for a word, one is granted and one refused, and each screen says so', async () => {
  const leader = await web.moim.person('Sora');
  const [hayun, tao] = [await web.moim.person('Hayun'), await someone(web.moim, '타오')];
  const group = await found(leader, { title: '여섯 주 실기', excusesNeedApproval: true }, hayun, tao);
  await web.moim.settle();
  const { page, titled, go } = await web.visitAs(hayun, { path: `/groups/${group.groupId}/excuses` });
  await page.getByText('정한 쉬는 날이 없어요').waitFor();
  await page.getByRole('button', { name: '쉬는 날 정하기' }).click();
  await page.getByText('모임장이나 운영진이 확인한 뒤').waitFor();
  await page.getByLabel('이유').fill('가족 여행을 다녀와요');
  await page.getByRole('dialog').getByRole('button', { name: '쉬어 가기' }).click();
  await page.getByText('모임장에게 물어볼게요').waitFor();
  await page.getByText('확인을 기다려요').waitFor();
  await web.moveTo(new Date(web.moim.clock.now() + 60_000).toISOString());
  const today = new Date(web.moim.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  await made(tao.post(`${group.path}/excuses`, { from: today, until: today, reason: '그냥 쉬고 싶어요' }));
  await web.moim.settle();

  const judge = await web.visitAs(leader, { path: `/groups/${group.groupId}/manage` });
  await judge.page.getByRole('link', { name: '쉬어 가기 요청' }).click();
  await judge.titled('쉬어 가기 요청');
  await judge.page.getByText('가족 여행을 다녀와요').waitFor();
  await judge.page.getByRole('button', { name: '편히 쉬세요' }).click();
  await judge.page.getByText('Hayun님이 쉬어 가요').waitFor();
  await judge.page.getByText('그냥 쉬고 싶어요').waitFor();
  await judge.page.getByRole('button', { name: '이번에는 어려워요' }).click();
  await judge.page.getByRole('textbox', { name: '이유' }).fill('오늘은 다 같이 하는 날이에요');
  await judge.page.getByRole('button', { name: '이유 보내기' }).click();
  await judge.page.getByText('기다리는 요청이 없어요').waitFor();
  const { body: refused } = await tao.get(`${group.path}/excuses`);
  expect(refused.items).toMatchObject([{ state: 'REFUSED', refusal: '오늘은 다 같이 하는 날이에요' }]);

  await web.moim.settle();
  await go('/');
  await page.getByText('쉬어 가는 날이에요').waitFor();
  await go(`/groups/${group.groupId}`);
  await page.getByText(/까지 쉬어 가는 중이에요/).waitFor();
  await go(`/groups/${group.groupId}/certify`);
  await page.getByText('오늘은 쉬어 가는 날이에요').waitFor();
  await go(`/groups/${group.groupId}/missions`);
  await page.getByText('오늘은 쉬어 가는 날이에요').waitFor();
  await titled('미션');
});

test('row 137: a missed day is made up for, and whoever decides reads so', async () => {
  const leader = await web.moim.person('Bora');
  const member = await web.moim.person('Minjun');
  const startDate = new Date(web.moim.clock.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const group = await found(leader, { title: '매일 달리기', makeUps: 2, startDate }, member);
  await web.moim.settle();
  await web.moveTo(new Date(web.moim.clock.now() + 86_400_000).toISOString());
  Object.assign(member.tokens, (await web.moim.signIn(member.email)).tokens);
  await made(certify(member, group));
  await web.moim.settle();
  const visitor = await web.visitAs(member, { path: `/groups/${group.groupId}/certify` });
  await visitor.page.getByRole('heading', { name: '놓친 날 채우기' }).waitFor();
  await web.moveTo(new Date(web.moim.clock.now() + 60_000).toISOString());
  await visitor.page
    .getByRole('link', { name: /매일 달리기/ })
    .first()
    .click();
  await visitor.titled('놓친 날 채우기');
  await visitor.page.locator('input[type=file]').last().setInputFiles(photo);
  await visitor.page.getByRole('button', { name: '한 장 쌓기' }).click();
  await done(visitor.page);
  expect(await own(member, group)).toEqual(
    expect.arrayContaining([expect.objectContaining({ madeUp: true, day: startDate, status: 'WAITING' })]),
  );

  await web.moim.settle();
  const judge = await web.visitAs(leader, { path: `/groups/${group.groupId}/review` });
  await judge.page.getByRole('button', { name: '여러 건 고르기' }).click();
  await judge.page.getByText(/몫을 채웠어요/).waitFor();
});

test('rows 54 and 63: several are approved at once and each is told; cheers are given by keyboard, counted, and taken back', async () => {
  const leader = await web.moim.person('Yuna');
  const group = await doing(web.moim, leader);
  const { page, go } = await web.visitAs(leader, { path: `/groups/${group.groupId}/review` });
  await page.getByRole('button', { name: '여러 건 고르기' }).click();
  await page.getByRole('button', { name: '모두 고르기' }).click();
  // One is gone by then.
  const { body: waits } = await leader.get(`${group.path}/certifications?status=WAITING`);
  const gone = waits.items.find(({ author }: { author: { id: string } }) => author.id === group.jihun.id);
  await group.jihun.delete(`${group.path}/certifications/${gone.id}`);
  await page.getByRole('button', { name: '2건 승인하기' }).click();
  await page.getByText('1건은 승인하지 못했어요').waitFor();
  expect(await page.locator('.review-pick .tag.good').count()).toBe(1);
  expect(await page.locator('.review-pick .tag.bad').count()).toBe(1);
  const { body: approved } = await leader.get(`${group.path}/certifications?status=APPROVED`);
  expect(approved.items).toHaveLength(2);

  await web.moim.settle();
  await go(`/groups/${group.groupId}`);
  await page.locator('.proof').nth(1).waitFor();
  await lands(page, /^heading "정보처리기사/);
  await press(page, /^button "응원하기"/);
  // What opens stands before the button that opens it.
  await tabTo(page, /^button "별"/, 'Shift+Tab');
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '별 1', pressed: true }).waitFor();
  const cheered = async (): Promise<{ kind: string; count: number; mine: boolean }[]> => {
    await web.moim.settle();
    const { body } = await leader.get(`${group.path}/certifications?status=APPROVED`);
    return body.items.flatMap(({ cheers }: { cheers: unknown[] }) => cheers);
  };
  const stars = (count: number) => until(cheered, (all) => all.filter(({ kind }) => kind === 'STAR').length === count);
  expect(await stars(1)).toContainEqual({ kind: 'STAR', count: 1, mine: true });
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: '별', exact: true, pressed: false }).waitFor();
  expect(await stars(0)).not.toContainEqual(expect.objectContaining({ kind: 'STAR' }));

  await page.getByRole('button', { name: '응원한 사람' }).first().click();
  await page.getByRole('dialog').getByText('서연').waitFor();
});
