/** Leading a group in the browser: an application is accepted, and another declined with a reason that the applicant reads. */
import { someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { desk, useWeb } from './support/browser.ts';
import { picture } from './support/looks.ts';

const web = useWeb();

test('row 28, in Korean: accepts one application, declines another with words, and both see what became of it', async () => {
  const leader = await web.moim.person('Jihun');
  const [hayun, tao] = await Promise.all(['하윤', 'Tao'].map((name) => someone(web.moim, name)));
  const group = await found(leader, { title: '매일 알고리즘 한 문제', joinPolicy: 'APPLY' });
  await hayun!.post(`${group.path}/applications`, { message: '평일 밤 10시에 풀어요' });
  await web.moveTo(new Date(web.moim.clock.now() + 60_000).toISOString());
  await tao!.post(`${group.path}/applications`, { message: 'Hello' });
  await web.moim.settle();
  const { page, titled } = await web.visitAs(leader, { path: `/groups/${group.groupId}` });
  await titled('매일 알고리즘 한 문제');
  await page.getByRole('link', { name: '전체' }).click();
  await titled('운영');
  await page.getByRole('link', { name: '가입 신청 2건' }).click();
  await titled('가입 신청');

  await page.getByText('평일 밤 10시에 풀어요').waitFor();
  await page.getByRole('button', { name: '함께하기' }).click();
  await page.getByText('하윤님과 함께하게 됐어요').waitFor();
  await page.getByText('Hello').waitFor();
  await page.getByRole('button', { name: '다음에' }).click();
  await page.getByLabel('전할 말').fill('이번에는 자리가 모자라요. 다음 달에 꼭 다시 와 주세요!');
  await page.getByRole('button', { name: '정중히 거절하기' }).click();
  await page.getByText('기다리는 신청이 없어요').waitFor();

  await web.moim.settle();
  const accepted = await hayun!.get(`/v1/accounts/me/groups/${group.groupId}`);
  expect(accepted.body.role).toBe('MEMBER');
  const { body: own } = await tao!.get('/v1/accounts/me/applications');
  expect(own.items).toEqual([
    expect.objectContaining({
      state: 'REJECTED',
      reason: '이번에는 자리가 모자라요. 다음 달에 꼭 다시 와 주세요!',
    }),
  ]);
});

test('rows 30, 31, in English: a manager is named, warned with a reason, removed, and let back in', async () => {
  const leader = await web.moim.person('Hana');
  const tao = await someone(web.moim, 'Taro');
  const group = await found(leader, { title: 'A page a day' }, tao);
  await web.moim.settle();
  const visitor = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/people` });
  const { page } = visitor;
  await visitor.titled('Manage members');

  await page.getByRole('button', { name: 'Manage Taro' }).click();
  await page.getByRole('radio', { name: 'Manager' }).check();
  await page.getByText('Taro is a manager now').waitFor();
  await page.getByRole('button', { name: /^Warn/ }).click();
  await page.getByLabel('Reason').fill('Please use your own photos.');
  await page.getByRole('button', { name: 'Warn', exact: true }).click();
  await page.getByText('Taro has been warned').waitFor();
  await page.getByText(/1 warning$/).waitFor();

  await page.getByRole('button', { name: 'Manage Taro' }).click();
  await page.getByRole('button', { name: /^Remove/ }).click();
  await page.getByLabel('Reason').fill('Again the photos of others.');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Taro was removed').waitFor();
  expect((await tao.get(`/v1/accounts/me/groups/${group.groupId}`)).status).toBe(404);

  await web.moim.settle();
  await page.getByRole('link', { name: /^Removed people/ }).click();
  await page.getByText('Again the photos of others.').waitFor();
  await page.getByRole('button', { name: 'Let back in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Let back in' }).click();
  await page.getByText('Nobody has been removed').waitFor();
  expect((await tao.post(`${group.path}/members`)).status).toBe(201);
});

test('each screen of the account and of managing asks two questions at most before it is there', async () => {
  const leader = await web.moim.person('Sora');
  const group = await found(leader);
  const { page, go, whole } = await web.visitAs(leader);
  await whole();
  const own = ['', '/edit', '/notifications', '/devices', '/sign-ins', '/safety', '/password', '/address', '/app'];
  const led = ['manage', 'applications', 'people', 'barred', 'invites', 'edit', 'reports', 'decisions', 'end'];
  const paths = [
    ...[...own, '/passkey', '/social', '/blocks', '/data'].map((path) => `/me${path}`),
    ...led.map((path) => `/groups/${group.groupId}/${path}`),
  ];
  const asked: string[] = [];
  // What is around every screen: the rail with its groups, the session and its socket, and the key of push messages and the
  // number at the messages, which are asked when the screen stands (`first-paint.test.ts` holds it).
  const around = /\/v1\/(accounts\/me\/today|push-key|messages\/unread|sessions\/refresh|socket)/;
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/') && !around.test(pathname)) asked.push(pathname);
  });
  const most: Record<string, readonly string[]> = {};
  for (const path of paths) {
    asked.length = 0;
    await go(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.skeletons').waitFor({ state: 'detached' });
    most[path] = [...asked];
    // What this one asks later is none of the next.
    await whole();
  }
  expect(Object.entries(most).filter(([, each]) => each.length > 2)).toEqual([]);
  expect(Math.max(...Object.values(most).map(({ length }) => length))).toBe(2);
});

test('row 124, in both languages: the history says whose it was that was decided on, and in words', async () => {
  const leader = await web.moim.person('Doyun');
  const [harin, gone] = await Promise.all(['하린', 'Gabriel'].map((name) => someone(web.moim, name)));
  const here = await found(leader, { title: '아침 독서', excusesNeedApproval: true }, harin!, gone!);
  const { body: certification } = await certify(harin!, here);
  await web.moim.settle();
  await leader.post(`${here.path}/certifications/${certification.id}/approve`);
  const { body: excuse } = await harin!.post(`${here.path}/excuses`, {
    ...{ from: '2026-03-10', until: '2026-03-11', reason: 'Travelling' },
  });
  await leader.post(`${here.path}/excuses/${excuse.id}/refuse`, { reason: 'The exam is on that day' });
  const { body: post } = await gone!.post(`${here.path}/posts`, { kind: 'POST', title: 'Hello', body: 'Buy this' });
  const subject = `post:${post.id}`;
  await harin!.post(`${here.path}/reports`, { subject, reason: 'SPAM' });
  await web.moim.settle();
  await leader.post(`${here.path}/reports/decisions`, { subject, decision: 'HIDE', reason: 'An advertisement' });
  await leader.post(`${here.path}/members/${gone!.id}/warnings`, { reason: 'No advertisements, please' });
  await leader.post(`${here.path}/disbanding`);
  await leader.delete(`${here.path}/disbanding`);
  await web.moim.settle();

  const path = `/groups/${here.groupId}/decisions`;
  const visitor = await web.again(leader, { path, locale: 'ko' });
  const lines = [
    '하린님의 인증 · 승인',
    '하린님의 쉬어 가기 요청 · 이번에는 어려워요',
    'Gabriel님의 글 · 가림',
    '모임 · 계속하기로 함',
  ];
  for (const line of lines) await visitor.page.getByText(line, { exact: true }).waitFor();
  await picture(visitor.page, 'decisions-ko');
  await web.again(leader, { path, locale: 'en', theme: 'dark', viewport: desk });
  for (const line of [
    '하린’s certification · approved',
    '하린’s request for days off · declined',
    'Gabriel’s post · hidden',
    'Group · goes on',
  ])
    await visitor.page.getByText(line, { exact: true }).waitFor();
  expect(await visitor.page.getByText(/[A-Z]{4,}/).count()).toBe(0);
  await picture(visitor.page, 'decisions-en');
});
