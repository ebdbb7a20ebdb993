/** Row 111: what is done once is reminded of on the eve at 06:00 and on its day at 12:00, whoever has not done it. */
import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, renew, someone, tick } from '../../support/people.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { firstLines, long, mission, nextLook, remindersOf, runAt, seoul } from './scene.ts';

const moim = useMoim();
/** A group that has no mission but those that a test makes. */
const study = (more: object = {}) => ({
  ...long(moim),
  kind: 'STUDY',
  joinPolicy: 'INSTANT',
  frequency: undefined,
  ...more,
});
async function studying(leader: Person, more: object, ...members: Person[]) {
  const { body, status } = await leader.post('/v1/groups', {
    ...{ title: 'Readers', category: 'IT', capacity: 10, certificationRule: 'Notes', ...study(more) },
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const path = `/v1/groups/${body.id}`;
  for (const member of members) await member.post(`${path}/members`);
  await moim.settle();
  return { path, groupId: body.id as string };
}
const done = async (who: Person, { path }: { path: string }, missionId: string) => {
  await renew(moim, who);
  const { status } = await who.post(`${path}/missions/${missionId}/certifications`, { uploadIds: [], text: 'Read it' });
  expect(status).toBe(201);
};
const dueAt = (text: string) => new Date(seoul(text)).toISOString();

test('5.6.6: on the eve and on the day, once each though the minute runs again, and only to who has not done it', async () => {
  const leader = await someone(moim, 'once leader');
  const [never, between, first] = (await crowd(moim, 3)) as [Person, Person, Person];
  const here = await studying(leader, { title: 'Readers' }, never, between, first);
  // Three days before the group ends.
  expect(await nextLook(moim, never)).toEqual(['2026-12-28T11:00:00.000Z']);
  const id = await mission(moim, leader, here, { title: 'Chapter 1', dueAt: dueAt('03-05 23:00') });
  expect(await nextLook(moim, never)).toEqual(['2026-03-03T21:00:00.000Z']);
  await done(first, here, id);
  for (const time of ['03-03 20:00', '03-04 05:59', '03-04 06:00', '03-04 06:01', '03-04 20:00'])
    await runAt(moim, time);
  await done(between, here, id);
  for (const time of ['03-05 06:00', '03-05 12:00', '03-05 12:01', '03-05 20:00', '03-06 12:00'])
    await runAt(moim, time);

  expect((await remindersOf(moim, never)).map(({ type, text }) => [type, text])).toMatchObject([
    ['REMIND_D1', 'Due tomorrow: Chapter 1 (Readers).'],
    ['REMIND_DDAY', 'Due today: Chapter 1 (Readers).'],
  ]);
  expect(await firstLines(moim, between)).toEqual(['Due tomorrow: Chapter 1 (Readers).']);
  expect(await firstLines(moim, first)).toEqual([]);
  expect(await nextLook(moim, never)).toEqual(['2026-12-28T11:00:00.000Z']);
});

test('one that is made this morning for tonight has its 12:00, also in the place of a look that was to come later', async () => {
  const leader = await someone(moim, 'short leader');
  const member = await someone(moim, 'short');
  const here = await studying(leader, { title: 'Short' }, member);
  await at(moim, seoul('03-09 10:00'), leader, member);
  await mission(moim, leader, here, { title: 'Later', dueAt: dueAt('03-20 23:00') });
  expect(await nextLook(moim, member)).toEqual(['2026-03-18T21:00:00.000Z']);
  await mission(moim, leader, here, { title: 'Soon', dueAt: dueAt('03-09 23:00') });
  expect(await nextLook(moim, member)).toEqual(['2026-03-09T03:00:00.000Z']);
  await runAt(moim, '03-09 12:00');

  expect(await firstLines(moim, member)).toEqual(['Due today: Soon (Short).']);
  expect(await nextLook(moim, member)).toEqual(['2026-03-18T21:00:00.000Z']);
});

test('a date that moves is followed, and a mission that is ended or deleted is not spoken of', async () => {
  const leader = await someone(moim, 'moving leader');
  const member = await someone(moim, 'moving');
  const here = await studying(leader, { title: 'Moving' }, member);
  const [moved, ended, deleted] = [
    await mission(moim, leader, here, { title: 'Moved', dueAt: dueAt('03-20 23:00') }),
    await mission(moim, leader, here, { title: 'Ended', dueAt: dueAt('03-12 23:00') }),
    await mission(moim, leader, here, { title: 'Deleted', dueAt: dueAt('03-12 23:00') }),
  ];
  await leader.patch(`${here.path}/missions/${moved}`, { dueAt: dueAt('03-12 23:00') }, { 'if-match': 'W/"1"' });
  await moim.settle();
  await at(moim, seoul('03-11 05:59'), leader);
  // Right before the run, which does not rest on the lists that lag.
  expect((await leader.post(`${here.path}/missions/${ended}/end`)).status).toBeLessThan(300);
  expect((await leader.delete(`${here.path}/missions/${deleted}`)).status).toBe(204);
  await at(moim, seoul('03-11 06:00'));
  await tick(moim);

  expect(await firstLines(moim, member)).toEqual(['Due tomorrow: Moved (Moving).']);
});

test('several of several groups are one notice, with the repeated mission of the evening apart', async () => {
  const leader = await someone(moim, 'several leader');
  const member = await someone(moim, 'several');
  const daily = await found(leader, { ...long(moim), title: 'Daily' }, member);
  await moim.clock.advance(1000);
  const here = await studying(leader, { title: 'Several' }, member);
  await mission(moim, leader, here, { title: 'One', dueAt: dueAt('03-17 23:00') });
  await mission(moim, leader, daily, { title: 'Two', dueAt: dueAt('03-16 23:00') });
  await mission(moim, leader, here, { title: 'Three', dueAt: dueAt('03-16 12:00') });
  for (const time of ['03-15 06:00', '03-16 06:00', '03-16 12:00', '03-16 20:00']) await runAt(moim, time);

  expect((await remindersOf(moim, member)).map(({ text }) => text.split('\n')[0])).toEqual([
    'Due tomorrow: Three (Several), Two (Daily).',
    'Due tomorrow: One (Several).',
    'Due today: Two (Daily).',
    'Left for today: Daily.',
  ]);
});

test('a mission of a group of fifty is a question of its members and no write, where all are looked at earlier', async () => {
  const { leader, member, ...here } = await team(moim, { ...long(moim), title: 'Cheap' });
  await moim.settle();
  const before = (await itemsOf(moim, 'Reminding', { accountId: member.id }))[0];
  await mission(moim, leader, here, { title: 'Far', dueAt: dueAt('04-20 23:00') });
  await moim.settle();

  expect((await itemsOf(moim, 'Reminding', { accountId: member.id }))[0]).toEqual(before);
});
