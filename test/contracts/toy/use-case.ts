/** The test of the toy's use case. In the copy it is `test/activity/kudos/give-kudos.test.ts`. */
import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { type Actor, key } from '../../support/actor.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

test('members thank each other: once by a key, not themselves, as often as is fair; the other hears of it', async () => {
  const { leader, member, path, groupId } = await team(moim, { title: 'Book club' });
  const socket = await member.socket();
  await moim.settle();
  const thanks = { to: member.id, text: 'For your notes' };
  const sameKey = key();

  const given = await leader.post(`${path}/kudos`, thanks, sameKey);
  await moim.settle();
  await moim.clock.advance(1);
  const again = await leader.post(`${path}/kudos`, thanks, sameKey);
  const toOneself = await leader.post(`${path}/kudos`, { ...thanks, to: leader.id });
  const inKorean = await leader.post(
    `${path}/kudos`,
    { ...thanks, to: leader.id },
    { ...key(), 'accept-language': 'ko' },
  );
  const more = [];
  for (let i = 1; i <= fairUse.kudos.times; i++) more.push(await leader.post(`${path}/kudos`, thanks));
  await moim.settle();

  expect(outcome(given)).toBe(201);
  expect(again.body).toEqual(given.body);
  expect(toOneself.body).toMatchObject({ code: 'KUDOS_TO_ONESELF', title: 'You cannot thank yourself.' });
  expect(inKorean.body).toMatchObject({ code: 'KUDOS_TO_ONESELF', title: '나에게는 고마움을 전할 수 없어요.' });
  expect(more.map(outcome)).toEqual([...Array(fairUse.kudos.times - 1).fill(201), 'TOO_MANY_REQUESTS']);
  const { body: list } = await member.get(`${path}/kudos?limit=2`);
  expect(list).toMatchObject({ items: [given.body, {}], total: fairUse.kudos.times });
  expect(list.nextCursor).not.toBeNull();
  expect(await itemsOf(moim, 'KudosBoard', { groupId })).toHaveLength(1);

  expect(socket.events.find(({ event }) => event === 'kudos.given')?.data).toEqual({ groupId, from: leader.id });
  socket.close();
  const inbox = async (locale: string) => (await member.get('/v1/notifications', { 'accept-language': locale })).body;
  const [english, korean] = [await inbox('en'), await inbox('ko')];
  expect(english.items.at(-1)).toMatchObject({
    type: 'KUDOS_GIVEN',
    text: `${leader.nickname} thanked you in Book club.`,
    link: { screen: 'group', groupId },
  });
  expect(korean.items.at(-1).text).toBe(`${leader.nickname}님이 Book club에서 고마움을 전했어요.`);
});

test('a kind of what members write: it is shown by name, reported, hidden, restored, and left out after a block', async () => {
  const { leader, member, path } = await team(moim);
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  const { body: kudos } = await member.post(`${path}/kudos`, { to: leader.id, text: 'For your notes' });
  await moim.settle();
  const subject = `kudos:${kudos.id}`;
  const listFor = async (who: Actor) => (await who.get(`${path}/kudos`)).body.items;

  const first = await listFor(other!);
  const reported = await other!.post(`${path}/reports`, { subject, reason: 'SPAM' });
  const afterReport = [await listFor(other!), await listFor(leader)].map(({ length }) => length);
  await leader.post(`${path}/reports/decisions`, { subject, decision: 'HIDE' });
  const hidden = await listFor(member);
  await leader.post(`${path}/reports/decisions`, { subject, decision: 'KEEP' });
  await leader.put(`/v1/accounts/me/blocks/${member.id}`);

  expect(first).toEqual([{ ...kudos, from: { id: member.id, nickname: member.nickname } }]);
  expect(outcome(reported)).toBe(204);
  expect(afterReport).toEqual([0, 1]);
  // Its writer still sees it.
  expect(hidden).toHaveLength(1);
  expect(await listFor(leader)).toEqual([]);
});

test('each week is counted anew', async () => {
  const { leader, member, path } = await team(moim);
  await leader.post(`${path}/kudos`, { to: member.id, text: 'For your notes' });
  const counts = async () => {
    const { total, thisWeek } = (await member.get(`${path}/kudos`)).body;
    return { total, thisWeek };
  };
  const before = await counts();

  await moim.runSchedule('moim-dev-kudos-beginWeek');
  await moim.runSchedule('moim-dev-kudos-beginWeek');

  expect([before, await counts()]).toEqual([
    { total: 1, thisWeek: 1 },
    { total: 1, thisWeek: 0 },
  ]);
});
