/** Administering in the browser: what waits, one account, one group, plans; and nothing of it for anybody else. */
import { TOTP } from 'otpauth';
import { until } from '../journeys/until.ts';
import { type Person, password } from '../support/moim.ts';
import { appoint, someone } from '../support/people.ts';
import { certify, found } from '../support/scene.ts';
import { itemsOf, put } from '../support/table.ts';
import { useWeb, type Visitor } from './support/browser.ts';
import { keptOn } from './support/kept.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const later = (minutes: number) => new Date(web.moim.clock.now() + minutes * 60_000).toISOString();

/** An administrator who shows an authenticator app for the first time, as the screens ask for it. */
async function administrator(nickname: string, locale: 'ko' | 'en' = 'ko', worker = false) {
  const person = await web.moim.person(nickname);
  await appoint(web.moim, person);
  const visitor = await web.visitAs(person, { path: '/me', locale, worker });
  const { page, titled } = visitor;
  const [title, none, link, start, digits, confirm, kept] =
    locale === 'ko'
      ? ['관리', '먼저 한 겹 더 쌓아 주세요', '인증 앱 연결하기', '시작하기', '숫자 6자리', '연결하기', '적어 두었어요']
      : [
          'Administration',
          'One more step first',
          'Link an authenticator app',
          'Start',
          '6 digits',
          'Link',
          'I have kept them',
        ];
  await page.getByRole('link', { name: title }).click();
  await page.getByText(none!).waitFor();
  await picture(page, `admin-factor-${locale}`);
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('link', { name: link! }).click();
  await page.getByRole('button', { name: start!, exact: true }).click();
  const secret = (await page.locator('.copied code').textContent())!.replace(/\s/g, '');
  const code = () => new TOTP({ secret }).generate({ timestamp: web.moim.clock.now() });
  await page.getByLabel(digits!).fill(code());
  await page.getByRole('button', { name: confirm!, exact: true }).click();
  await page.getByRole('button', { name: kept! }).click();
  await visitor.go('/admin');
  await titled(title!);
  return { person, visitor, code };
}

async function waits(accountId: string) {
  const [[account], [authority]] = [
    await itemsOf(web.moim, 'Account', { accountId }),
    await itemsOf(web.moim, 'Authority', { accountId }),
  ];
  await put(web.moim, 'Account', { ...account, status: 'PENDING', waitingFor: 'APPROVAL' });
  await put(web.moim, 'Authority', { ...authority, status: 'PENDING' });
}
async function waitingGroup(leader: Person, title: string) {
  const { groupId } = await found(leader, { title, description: '하루 한 문제를 풀어요' });
  const [item] = await itemsOf(web.moim, 'Group', { groupId });
  await put(web.moim, 'Group', { ...item, approvalStatus: 'PENDING', waitingFor: 'APPROVAL' });
  return groupId;
}

async function looked({ page }: Visitor, name: string) {
  await picture(page, name);
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
}

test('rows 13, 38, 83: sign-ups, groups together, and a report about a leader are decided one after the other', async () => {
  const { person: admin, visitor } = await administrator('Jihun', 'ko', true);
  const { page, titled } = visitor;
  const [leader, member, hayun, tao] = await Promise.all(
    ['서연', 'Hana', '하윤', 'Tao'].map((name) => someone(web.moim, name)),
  );
  const ids = [await waitingGroup(leader!, '매일 알고리즘'), await waitingGroup(leader!, '아침 글쓰기')];
  const own = await waitingGroup(admin, '관리자의 모임');
  await waits(hayun!.id);
  await waits(tao!.id);
  const team = await found(leader!, { title: '책 세 권' }, member!);
  const long = `${'하루에 한 장씩 읽고 느낀 점을 적었어요. '.repeat(16)}마지막 줄이에요.`;
  const { body: certified } = await certify(leader!, team, { text: long });
  const said = { subject: `certification:${certified.id}`, reason: 'FAKE', text: '다른 곳에서 본 사진이에요.' };
  await member!.post(`${team.path}/reports`, said);
  await web.moim.settle();

  await visitor.go('/admin');
  await page.getByRole('link', { name: '모임 승인 3건' }).waitFor();
  await looked(visitor, 'admin');
  await page.getByRole('link', { name: '모임 승인 3건' }).click();
  await titled('모임 승인');
  await page.getByRole('button', { name: '모두 고르기' }).click();
  await looked(visitor, 'admin-groups');
  await page.getByRole('button', { name: '3개 승인하기' }).click();
  await page.getByText('모임 2개를 승인했어요. 내가 연 모임은 다른 관리자가 정해요.').waitFor();
  const approved = await Promise.all([...ids, own].map((groupId) => itemsOf(web.moim, 'Group', { groupId })));
  expect(approved.map(([item]) => item.approvalStatus)).toEqual(['APPROVED', 'APPROVED', 'PENDING']);

  await visitor.go('/admin/accounts');
  await page.getByRole('article', { name: '하윤' }).getByRole('button', { name: '승인하기' }).click();
  await page.getByText('하윤님을 맞이했어요').waitFor();
  await looked(visitor, 'admin-accounts');
  await page.getByRole('article', { name: 'Tao' }).getByRole('button', { name: '거절하기' }).click();
  await page.getByLabel('이유').fill('동호회 회원이 아니에요');
  await page.getByRole('dialog').getByRole('button', { name: '거절하기' }).click();
  await page.getByText('기다리는 가입이 없어요').waitFor();
  const accounts = await Promise.all([hayun!, tao!].map(({ id }) => itemsOf(web.moim, 'Account', { accountId: id })));
  expect(accounts.map(([item]) => item.status)).toEqual(['ACTIVE', 'REJECTED']);

  await visitor.go('/admin/reports');
  await page.getByText('다른 곳에서 본 사진이에요.').waitFor();
  await looked(visitor, 'admin-reports');
  // Nobody decides unseen: the photo and the words come when they are asked for, also by keyboard.
  await page.getByRole('button', { name: '신고된 내용 보기' }).press('Enter');
  const thing = page.getByRole('figure', { name: '신고된 내용' });
  await thing.getByRole('img', { name: '서연님이 올린 인증 사진' }).waitFor();
  await page.locator('figure.reported:focus').waitFor();
  expect(await thing.getByText('마지막 줄이에요.').isVisible()).toBe(false);
  await looked(visitor, 'admin-reported');
  // A photo of a group that is not theirs stays on no device.
  const photosKept = `navigator.serviceWorker.controller && caches.open('photos').then((all) => all.keys()).then((keys) => keys.length)`;
  expect(await page.evaluate(photosKept)).toBe(0);
  await thing.getByText('이어서 보기').press('Enter');
  await thing.getByText('마지막 줄이에요.').waitFor();
  // What is deleted in the meantime can still be put away.
  await leader!.delete(`${team.path}/certifications/${certified.id}`);
  await visitor.go('/admin/reports');
  await page.getByRole('button', { name: '신고된 내용 보기' }).click();
  await thing.getByText('그사이 지워져서 남은 내용이 없어요.', { exact: false }).waitFor();
  await looked(visitor, 'admin-reported-gone');
  await page.getByRole('button', { name: '가리기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '가리기' }).click();
  await page.getByText('기다리는 신고가 없어요').waitFor();
  // Nothing of other people's addresses stays on the device.
  const kept = await until(
    () => keptOn(page),
    (text) => text.includes('관리자의 모임'),
  );
  expect(kept).toContain('관리자의 모임');
  expect(kept).not.toContain(hayun!.email);
  expect(kept).not.toContain('느낀 점을 적었어요');
});

test('row 162: an account is found, suspended after a proof, let back in, and its history says so', async () => {
  const { person: admin, visitor, code } = await administrator('Sora');
  const { page, titled } = visitor;
  const ari = await web.moim.person('Ari');
  const noisy = await web.visitAs(ari, { locale: 'en' });
  await page.getByLabel('닉네임').fill('Nobody');
  await page.getByRole('button', { name: '계정 찾기' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('닉네임').fill('aRI');
  await page.getByRole('button', { name: '계정 찾기' }).click();
  await titled('계정');
  await page.getByText(ari.email).waitFor();
  await looked(visitor, 'admin-account');

  await web.moveTo(later(6));
  await page.getByRole('button', { name: /^계정 멈추기/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Ari님의 계정을 멈출까요?' });
  await sheet.getByLabel('이유').fill('광고를 계속 올렸어요');
  await looked(visitor, 'admin-suspend');
  await sheet.getByRole('button', { name: '계정 멈추기' }).click();
  const proof = page.getByRole('dialog', { name: '한 번 더 확인할게요' });
  await proof.getByRole('button', { name: '인증 앱' }).click();
  await proof.getByLabel('인증 앱의 숫자 6자리').fill(code());
  await proof.getByRole('button', { name: '확인하기' }).click();
  await page.getByText('Ari님의 계정을 멈췄어요').waitFor();
  await page.getByText('이유: 광고를 계속 올렸어요').waitFor();
  await web.moim.settle();
  await noisy.go('/me');
  await noisy.titled('Good to see you again');
  await noisy.page.getByLabel('E-mail').fill(ari.email);
  await noisy.page.getByLabel('Password', { exact: true }).fill(password);
  await noisy.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await noisy.page.getByRole('alert').waitFor();

  await page.getByRole('button', { name: /^다시 쓰게 하기/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '다시 쓰게 하기' }).click();
  await page.getByText('Ari님이 다시 쓸 수 있어요').waitFor();
  await page.getByText('쓸 수 있게 함').waitFor();
  await noisy.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await noisy.titled('Me');

  await visitor.go(`/admin/accounts/${admin.id}`);
  await page.getByText('내 계정이에요', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /^계정 멈추기/ }).count()).toBe(0);
});

test('rows 25, 26, 83: in English, a team gets its seats, somebody is brought in, a plan is hidden and shown; others find nothing', async () => {
  const { visitor } = await administrator('Dana', 'en');
  const { page, titled } = visitor;
  const leader = await someone(web.moim, 'Fay');
  await web.moim.person('Guest');
  const { body: team } = await leader.post('/v1/groups', {
    kind: 'TEAM',
    title: 'Quiet team',
    category: 'IT',
    visibility: 'PRIVATE',
    joinPolicy: 'LINK',
  });
  await page.getByLabel('Address of a group').fill(`${web.moim.apiUrl}/groups/${team.id}/members`);
  await page.getByRole('button', { name: 'Open the group' }).click();
  await page.getByRole('heading', { name: 'Quiet team' }).waitFor();
  await page.getByRole('switch', { name: 'Has paid for more seats' }).press('Space');
  await page.getByText('It can have up to 200 seats now').waitFor();
  await page.getByLabel('Nickname').fill('guest');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('guest is in the group now').waitFor();
  await looked(visitor, 'admin-group');
  expect((await leader.get(`/v1/groups/${team.id}/members`)).body.items).toHaveLength(2);

  const over = await found(leader, { title: 'Thirty days of climbing' });
  await leader.send('PUT', `${over.path}/status`, { body: { status: 'COMPLETED' } });
  const { body: plan } = await leader.post(`${over.path}/plan`, {});
  await visitor.go('/admin/plans');
  await page.getByRole('link', { name: /Thirty days/ }).click();
  await titled('Thirty days of climbing');
  await page.getByRole('button', { name: 'Hide' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hide' }).click();
  await page.getByText(/^Hidden since/).waitFor();
  await looked(visitor, 'admin-plan');
  expect((await web.moim.guest.get(`/v1/plans/${plan.id}`)).status).toBe(404);
  await page.getByRole('button', { name: 'Show again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Hide' }).waitFor();

  const stranger = await web.moim.person('Stranger');
  const other = await web.visitAs(stranger, { locale: 'en', path: '/me' });
  await other.titled('Me');
  await other.page.getByText('Stranger').first().waitFor();
  expect(await other.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  const places = ['', '/groups', '/accounts', '/reports', '/plans', `/groups/${team.id}`, `/accounts/${stranger.id}`];
  for (const place of places) {
    await other.go(`/admin${place}`);
    await other.titled('moim');
    await other.page.getByRole('alert').getByText('Nothing here').waitFor();
  }
});
