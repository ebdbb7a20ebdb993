/** Rows 62, 119: the home screen says the streak of each group, in step with what was just certified. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, renew } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();
const auto = { approval: 'AUTO', startDate: undefined, endDate: '2026-12-31' };

async function scene(more: object = {}) {
  const [leader, member] = (await crowd(moim, 2)) as [Person, Person];
  const here = await found(leader, { ...auto, ...more }, member);
  const make = async (mission: object): Promise<string> => {
    await moim.clock.advance(1);
    const { body } = await leader.post(`${here.path}/missions`, { title: 'Read', way: 'TEXT', ...mission });
    return body.id;
  };
  const certify = async (missionId: string) => {
    await moim.clock.advance(6000);
    await renew(moim, leader, member);
    const { status } = await member.post(`${here.path}/missions/${missionId}/certifications`, { text: 'Done' });
    expect(status).toBe(201);
  };
  // biome-ignore lint/suspicious/noExplicitAny: an answer is compared as a whole
  const home = async (): Promise<any> => {
    await renew(moim, member);
    return (await member.get('/v1/accounts/me/today')).body.items[0];
  };
  const on = (day: string) => at(moim, `2026-${day}T12:00:00+09:00`, leader, member);
  return { leader, member, here, make, certify, home, on };
}

test('it is the longest of the repeated missions, grows at once, and is that of the page of progress', async () => {
  const { member, here, make, certify, home, on } = await scene();
  const daily = await make({ kind: 'REPEAT', frequency: { every: 'DAY' } });
  await make({ kind: 'ONCE' });
  await moim.settle();
  const none = (await home()).streak;
  for (const day of ['03-03', '03-04', '03-05']) {
    await on(day);
    await certify(daily);
  }
  // Nothing has settled since: what was just certified counts all the same.
  const atOnce = (await home()).streak;
  await moim.settle();
  const settled = (await home()).streak;
  const { streaks } = (await member.get(`${here.path}/progress/${member.id}`)).body;
  await on('03-07');
  const broken = (await home()).streak;

  expect(none).toMatchObject({ current: 0, best: 0, former: null });
  expect(atOnce).toEqual({ missionId: daily, unit: 'DAY', current: 3, best: 3, pending: 3, former: null });
  expect(settled).toEqual(atOnce);
  expect(streaks.find(({ missionId }: { missionId: string }) => missionId === daily)).toMatchObject({
    current: 3,
    best: 3,
  });
  expect(broken).toMatchObject({ unit: 'DAY', current: 0, best: 3 });
});

test('what waits is pending; a group without repeated missions, and one that is over, has none', async () => {
  const { leader, here, home, certify, on } = await scene({ approval: 'LEADER', frequency: { every: 'DAY' } });
  await moim.settle();
  const { body } = await leader.patch(`${here.path}/missions/${here.missionId}`, { way: 'TEXT' });
  expect(body.way).toBe('TEXT');
  await on('03-12');
  await certify(here.missionId);
  await moim.settle();
  const waits = (await home()).streak;
  await leader.send('PUT', `${here.path}/status`, { body: { status: 'COMPLETED' } });
  await moim.settle();
  await renew(moim, leader);
  const [over] = (await leader.get('/v1/accounts/me/today')).body.items;

  expect(waits).toMatchObject({ current: 0, pending: 1 });
  expect([over.group.status, over.streak, over.back]).toEqual(['COMPLETED', null, null]);
});
