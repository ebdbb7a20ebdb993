import type { Person } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { administerIn } from './administrator.ts';
import type { Web } from './browser.ts';

/** What administrators look at: a club with an applicant, and something of each kind that waits. */
export async function office(web: Web, admin: Person, applicant: Person) {
  const { moim } = web;
  await web.again(admin, { path: '/' });
  await administerIn(web, admin);
  const until = new Date(moim.clock.now() + 7 * 86_400_000).toISOString();
  const { body: club } = await admin.post('/v1/groups', {
    kind: 'CLUB',
    title: '바위타기',
    category: 'SPORTS',
    asks: ['REAL_NAME', 'LEVEL', 'HOME_GYM'],
  });
  const profile = { realName: '김미나', level: 4, homeGym: '더클라임' };
  await applicant.post(`/v1/groups/${club.id}/applications`, { message: '주말마다 올라요', profile });
  await admin.put(`/v1/groups/${club.id}/club-profile`, { ...profile, realName: '이소라' });
  const [fay, noisy, newcomer] = await Promise.all(['Fay', '광고왕', '다온'].map((name) => someone(moim, name)));
  const { body: team } = await fay!.post('/v1/groups', { kind: 'TEAM', title: '조용한 팀', category: 'IT' });
  await found(fay!, { title: '아침 글쓰기', description: '여섯 시에 한 쪽씩 써요.' });
  await admin.put(`/v1/admin/accounts/${noisy!.id}/suspension`, { reason: '광고를 계속 올렸어요', until });
  const [account] = await itemsOf(moim, 'Account', { accountId: newcomer!.id });
  await put(moim, 'Account', { ...account, status: 'PENDING', waitingFor: 'APPROVAL' });
  for (const group of await itemsOf(moim, 'Group', { leaderId: fay!.id }))
    if (group.kind === 'CHALLENGE')
      await put(moim, 'Group', { ...group, approvalStatus: 'PENDING', waitingFor: 'APPROVAL' });
  return { clubId: club.id as string, teamId: team.id as string, noisyId: noisy!.id };
}
