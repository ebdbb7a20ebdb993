/** A group is founded in steps, found by others, applied to and joined; people come by link and by code. */
import { until } from '../journeys/until.ts';
import { password } from '../support/moim.ts';
import { found } from '../support/scene.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { compose } from './support/looks.ts';
import { town } from './support/town.ts';

const web = useWeb();

/** What a page asks moim for beside what its frame asks: the session, the socket, the tabs. */
function listen({ page }: Visitor) {
  const frame = [
    '/v1/sessions/refresh',
    '/v1/socket-tickets',
    '/v1/push-key',
    '/v1/accounts/me/today',
    '/v1/notifications',
  ];
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/') && !frame.includes(pathname)) asked.push(`${request.method()} ${pathname}`);
  });
  return asked;
}

test('founded in steps in Korean, found by a guest, applied to in English, withdrawn, sent again, accepted', async () => {
  const leader = await web.moim.person('Jihun');
  const mina = await web.moim.person('Mina');
  const lead = await web.visitAs(leader, { locale: 'ko', path: '/new' });
  const { page } = lead;
  const next = () => page.getByRole('button', { name: '다음' }).click();

  await lead.titled('어떤 모임을 열어 볼까요?');
  await page.getByRole('radio', { name: '챌린지' }).check();
  await next();
  await lead.titled('이름과 목표를 정해요');
  // Nothing is asked before a name is there.
  await next();
  await page.getByLabel('모임 이름').click();
  for (const parts of [
    ['ㄱ', '그', '글'],
    ['ㅆ', '쓰'],
    ['ㄱ', '기'],
  ])
    await compose(page, parts);
  await page.getByLabel('분야').selectOption('독서');
  await page.getByLabel('목표와 소개').fill('하루 한 줄씩 써요.');
  await next();
  await lead.titled('언제, 얼마나 자주 할까요?');
  // What one has gone on from outlives the page.
  await page.reload();
  await lead.titled('언제, 얼마나 자주 할까요?');
  await page.getByLabel('얼마나 자주').selectOption('주 5번');
  await page.getByLabel('미션', { exact: true }).fill('쓴 글의 화면');
  await page.getByLabel('시작').fill('2026-03-20');
  await page.getByLabel('끝').fill('2026-03-10');
  await page.getByLabel('자리', { exact: true }).fill('3');
  await next();
  await lead.titled('누가 들어올 수 있나요?');
  await page.getByRole('radio', { name: '신청하고 확인' }).check();
  await page.locator('.preview').getByText('글쓰기').waitFor();
  // A refusal leads to the step of its field; the phone's own "back" to the step before.
  await page.getByRole('button', { name: '모임 열기' }).click();
  await lead.titled('언제, 얼마나 자주 할까요?');
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('끝').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('끝').fill('2026-04-19');
  await page.goBack();
  await lead.titled('누가 들어올 수 있나요?');
  await page.getByRole('button', { name: '모임 열기' }).click();
  await lead.titled('글쓰기');
  const groupId = new URL(page.url()).pathname.split('/').at(-1)!;
  const { body: made } = await leader.get(`/v1/accounts/me/groups/${groupId}`);
  expect(made.group).toMatchObject({
    ...{ kind: 'CHALLENGE', title: '글쓰기', category: 'READING', description: '하루 한 줄씩 써요.', capacity: 3 },
    ...{ frequency: { every: 'WEEK', times: 5 }, certificationRule: '쓴 글의 화면', startDate: '2026-03-20' },
    ...{ endDate: '2026-04-19', joinPolicy: 'APPLY', visibility: 'PUBLIC', timeZone: 'Asia/Seoul' },
  });
  await web.moim.settle();

  const guest = await web.visit({ locale: 'en' });
  await guest.go('/find');
  await guest.titled('Find');
  await guest.page.getByLabel('Find groups').pressSequentially('글ㅆ');
  await guest.page.waitForURL(/text=/);
  await guest.page.getByRole('link', { name: '글쓰기' }).click();
  await guest.titled('글쓰기');
  await guest.page.getByRole('link', { name: 'Sign in to join' }).click();
  await guest.page.getByLabel('E-mail').fill(mina.email);
  await guest.page.getByLabel('Password').fill(password);
  await guest.page.getByRole('button', { name: 'Sign in' }).click();
  await guest.titled('글쓰기');
  await guest.page.getByText('Jihun').waitFor();
  expect(new URL(guest.page.url()).pathname).toBe(`/recruits/${groupId}`);

  const apply = async (text: string) => {
    await guest.page.getByRole('button', { name: 'Apply' }).click();
    await guest.page.getByRole('button', { name: 'My goal' }).click();
    await guest.page.keyboard.type(text);
    await guest.page.getByRole('button', { name: 'Send' }).click();
    await guest.page.getByText('Waiting for an answer').waitFor();
  };
  await apply('a line a day');
  await guest.page.getByRole('button', { name: 'Withdraw' }).click();
  await guest.page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await guest.page.getByRole('button', { name: 'Apply' }).waitFor();
  await apply('a page a week');
  const { body: waiting } = await leader.get(`/v1/groups/${groupId}/applications`);
  expect(waiting.items.map(({ message }: { message: string }) => message)).toEqual(['My goal: a page a week']);
  await guest.go('/applications');
  await guest.page.getByText('waiting for an answer').waitFor();

  await guest.page.getByRole('link', { name: '글쓰기' }).click();
  await guest.page.getByText('Waiting for an answer').waitFor();
  // The answer is seen at once, over the socket.
  await guest.live();
  await leader.post(`/v1/groups/${groupId}/applications/${mina.id}/accept`);
  await web.moim.settle();
  await guest.page.getByRole('link', { name: 'Go to the group' }).click();
  await guest.titled('글쓰기');
});

test('an invite link outlives a sign-up and leaves the address; a code does the same; a link that is over says so', async () => {
  const leader = await web.moim.person('Hana');
  const group = await found(leader, { title: 'Quiet pages', joinPolicy: 'LINK', visibility: 'PRIVATE' });
  const { body: link } = await leader.post(`${group.path}/invite-links`, {});
  const { pathname, hash } = new URL(link.url);
  const email = 'tao29@example.com';
  const { page, go, titled } = await web.visit({ locale: 'en' });

  await go(pathname + hash);
  await titled('You are invited to a group');
  expect(page.url().endsWith(pathname)).toBe(true);
  await page.getByRole('link', { name: 'Sign up and see' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = page.getByLabel('Code');
  await code.waitFor();
  await code.pressSequentially(await web.moim.codeFor(email));
  await page.getByLabel('Nickname').fill('Tao');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Quiet pages' }).waitFor();
  await page.getByRole('button', { name: 'Join' }).click();
  await titled('Quiet pages');
  expect(new URL(page.url()).pathname).toBe(`/groups/${group.groupId}`);
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');

  // Without a link there is nothing to write a code into: a guest reads what to do.
  const guest = await web.visit({ locale: 'ko' });
  await guest.go('/invitations');
  await guest.titled('모임에 초대받았나요?');
  await guest.go('/find');
  await guest.page.getByRole('link', { name: '시작하기' }).click();
  await guest.titled('오늘의 인증이 벽돌 한 장이 돼요');

  const bora = await web.moim.person('Bora');
  const { body: invite } = await leader.get(`${group.path}/invite-code`);
  const other = await web.visitAs(bora, { locale: 'ko', path: '/invitations' });
  await other.titled('초대 코드를 적어 주세요');
  await other.page.getByLabel('초대 코드').fill('AAAAAAAAAAAAAAAAAAAAAAAAAA');
  await other.page.getByRole('button', { name: '다음' }).click();
  await other.page.getByRole('alert').waitFor();
  await other.page.getByLabel('초대 코드').fill(` ${invite.code.slice(0, 6).toLowerCase()} ${invite.code.slice(6)}`);
  await other.page.getByRole('button', { name: '다음' }).click();
  await other.page.getByRole('heading', { name: 'Quiet pages' }).waitFor();
  await other.page.getByRole('button', { name: '함께하기' }).click();
  await other.titled('Quiet pages');

  await leader.post(`${group.path}/invite-code/renew`);
  const late = await web.visitAs(await web.moim.person('Sora'), { locale: 'ko', path: pathname + hash });
  await late.page.getByText('쓸 수 없는 초대예요').waitFor();
  await late.page.getByRole('button', { name: '코드로 들어가기' }).click();
  await late.titled('초대 코드를 적어 주세요');
  // The refusals were meant, and a browser logs them.
  other.faults.length = 0;
  late.faults.length = 0;
});

test('two answers draw a screen; a heart stays; what stands in the way is said; a plan becomes a group; a file has an address', async () => {
  const mina = await web.moim.person('Nari');
  const { openId, fullId, planId } = await town(web.moim, mina);
  const visitor = await web.visitAs(mina, { locale: 'en', path: '/new' });
  const { page, go, titled } = visitor;
  await titled(/What kind/);
  await visitor.whole();
  const asked = listen(visitor);
  const drawn = async (path: string, title: string | RegExp) => {
    asked.length = 0;
    await go(path);
    await titled(title);
    await visitor.whole();
    return asked.toSorted();
  };

  expect(await drawn('/find', 'Find')).toEqual(['GET /v1/accounts/me/group-relations', 'GET /v1/groups']);
  const heart = page.getByRole('button', { name: /Save 아침 여섯 시/ });
  await heart.click();
  await until(
    async () => (await mina.get('/v1/accounts/me/likes')).body.items.length,
    (count) => count === 2,
  );
  await web.moim.settle();
  expect(await heart.getAttribute('aria-pressed')).toBe('true');
  expect(await drawn('/likes', 'Saved groups')).toEqual(['GET /v1/accounts/me/likes']);
  expect(await page.locator('.find-card').count()).toBe(2);

  expect(await drawn(`/recruits/${fullId}`, /Sunrise/)).toEqual([
    `GET /v1/groups/${fullId}`,
    `GET /v1/groups/${fullId}/viewer`,
  ]);
  await page.getByText('All seats are taken').waitFor();
  await go(`/groups/${openId}`);
  await titled('퇴근 후 30분 영어 낭독');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download 낭독 계획.pdf' }).click();
  expect((await download).suggestedFilename()).toBe('낭독 계획.pdf');

  expect(await drawn('/plans', 'Plans')).toEqual(['GET /v1/plans']);
  expect(await drawn(`/plans/${planId}`, /30일/)).toEqual([`GET /v1/plans/${planId}`]);
  // Only administrators found clubs.
  expect(await drawn('/new', /What kind/)).toEqual(['GET /v1/accounts/me']);
  await go(`/plans/${planId}`);
  await page.getByRole('button', { name: 'Start with this plan' }).click();
  await page.getByLabel('Name of the group').fill('Our thirty days');
  await page.getByRole('dialog').getByRole('button', { name: 'Start with this plan' }).click();
  await titled('Our thirty days');
  // A group that is not the person's own was asked for as such first.
  visitor.faults.length = 0;
});
