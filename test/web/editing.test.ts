/** A leader edits the group in the browser: all that moim lets them change, files, and what somebody else changed meanwhile. */
import { someone } from '../support/people.ts';
import { found } from '../support/scene.ts';
import { useWeb } from './support/browser.ts';
import { barriers, oddities, picture } from './support/looks.ts';

const web = useWeb();
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a plan') });
const ahead = { startDate: '2026-03-09', endDate: '2026-04-05' };

test('rows 22-25, 49: before it begins a leader changes texts, tags, days, frequency, approval and the way in', async () => {
  const leader = await web.moim.person('Jihun');
  const group = await found(leader, { ...ahead, title: '매일 알고리즘' });
  const own = await web.visitAs(leader, { path: `/groups/${group.groupId}/edit` });
  const { page } = own;
  await own.titled('모임 고치기');
  await page.getByLabel('분야', { exact: true }).selectOption({ label: '그 밖에' });
  await page.getByLabel('어떤 분야인가요?').fill('보드게임');
  await page.getByLabel('누구와').selectOption({ label: '대학생' });
  for (const tag of ['게임', '온라인', '직접 만나요']) await page.getByRole('checkbox', { name: tag }).check();
  expect(await page.getByRole('checkbox', { name: '책' }).isDisabled()).toBe(true);
  await page.getByLabel('제목').fill('저녁에 한 판, 같이 하실 분');
  await page.getByLabel('이런 분을 기다려요').fill('한 시간을 낼 수 있는 분');
  await page.getByLabel('첫날').fill('2026-03-10');
  await page.getByLabel('마지막 날').fill('2026-04-30');
  await page.getByLabel('얼마나 자주').selectOption({ label: '주 3번' });
  await page.getByRole('radio', { name: '바로 인정' }).check();
  await page.getByRole('radio', { name: '신청' }).check();
  await page.getByLabel('모집 마감').fill('2026-03-08');
  await page.getByRole('button', { name: '저장하기' }).click();
  await own.titled('운영');

  const { body } = await leader.get(`/v1/accounts/me/groups/${group.groupId}`);
  expect(body.group).toMatchObject({
    ...{ category: 'ETC', customCategory: '보드게임', audience: 'UNIVERSITY', tags: ['GAME', 'REMOTE', 'OFFLINE'] },
    recruit: { title: '저녁에 한 판, 같이 하실 분', target: '한 시간을 낼 수 있는 분', process: '', info: '' },
    ...{ startDate: '2026-03-10', endDate: '2026-04-30', recruitUntil: '2026-03-08' },
    ...{ frequency: { every: 'WEEK', times: 3 }, approval: 'AUTO', joinPolicy: 'APPLY', title: '매일 알고리즘' },
  });

  await page.getByRole('button', { name: '모임 상태 모집 중' }).click();
  await page.getByRole('radio', { name: /진행 중/ }).check();
  await page.getByRole('button', { name: '바꾸기' }).click();
  await page.getByText('이제 진행 중이에요').waitFor();
  await page.getByRole('button', { name: '모임 상태 진행 중' }).waitFor();
});

test('rows 32, 108: files of the recruit post are added, ordered by keyboard, taken out; what moim does not take is said', async () => {
  const leader = await web.moim.person('Hana');
  const group = await found(leader, { ...ahead, title: 'A page a day' });
  const own = await web.visitAs(leader, { locale: 'en', path: `/groups/${group.groupId}/edit` });
  const { page } = own;
  await own.titled('Edit the group');
  const chooser = page.getByLabel('Add a file');
  await chooser.setInputFiles([pdf('One.pdf'), pdf('Two.pdf'), pdf('Three.pdf')]);
  await page.getByRole('button', { name: 'Remove Three.pdf' }).waitFor();
  await page.getByRole('button', { name: 'Move Three.pdf up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Three.pdf is number 2 now' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Three.pdf is number 1 now' }).waitFor();
  // It can go no further up: the focus is on the way back.
  expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Move Three.pdf down');
  await page.getByRole('button', { name: 'Remove One.pdf' }).click();
  await chooser.setInputFiles([{ name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }]);
  await page.getByRole('alert').filter({ hasText: 'run.exe cannot be added' }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await own.titled('Manage');

  const { body } = await web.moim.guest.get(group.path);
  expect(body.files.map(({ name }: { name: string }) => name)).toEqual(['Three.pdf', 'Two.pdf']);
});

test('row 49: what another device changed meanwhile is shown beside the own words, and the rest goes together', async () => {
  const leader = await web.moim.person('Mina');
  const friend = await someone(web.moim, 'Tao');
  const group = await found(leader, { ...ahead, title: '함께 읽기', promise: '천천히' });
  const own = await web.visitAs(leader, { path: `/groups/${group.groupId}/edit` });
  const { page } = own;
  await own.titled('모임 고치기');

  // A friend comes in: the group has another version, but nothing that the leader edits has changed.
  await friend.post(`${group.path}/members`);
  await page.getByLabel('우리의 약속').fill('서두르지 않아요');
  await page.getByRole('button', { name: '저장하기' }).click();
  await own.titled('운영');

  await own.go(`/groups/${group.groupId}/edit`);
  await own.titled('모임 고치기');
  await leader.patch(group.path, { title: '밤에 함께 읽기', notice: '토요일에 만나요', promise: '늦어도 괜찮아요' });
  await page.getByLabel('공지').fill('일요일에 만나요');
  await page.getByLabel('우리의 약속').fill('한 쪽이면 돼요');
  await page.getByLabel('소개').fill('자기 전에 읽어요');
  await page.getByRole('button', { name: '저장하기' }).click();
  const sheet = page.getByRole('dialog', { name: '그사이 모임이 바뀌었어요' });
  await sheet.getByText('토요일에 만나요').waitFor();
  await sheet.getByText('일요일에 만나요').waitFor();
  await picture(page, 'edit-conflict-phone-light-ko');
  expect(await oddities(page)).toEqual([]);
  expect(await barriers(page)).toEqual([]);
  await sheet.getByRole('group', { name: '공지' }).getByRole('radio', { name: '바뀐 것' }).check();
  await sheet.getByRole('button', { name: '이대로 저장하기' }).click();
  await own.titled('운영');

  const { body } = await leader.get(`/v1/accounts/me/groups/${group.groupId}`);
  expect([body.group.title, body.notice, body.group.promise, body.group.description]).toEqual([
    '밤에 함께 읽기',
    '토요일에 만나요',
    '한 쪽이면 돼요',
    '자기 전에 읽어요',
  ]);
});
