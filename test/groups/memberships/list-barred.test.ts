/** Row 46: who may not come back is listed for those who may lift it, for as long as it holds. */
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf, idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { found, kick } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const barred = async (who: Person, path: string) => (await who.get(`${path}/barred`)).body.items;

test('groups.md: removed by the leader or by the third warning; gone once lifted, and back once removed again', async () => {
  const [leader, one, two, manager] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const here = await found(leader, { endDate: '2026-12-31' }, one, two, manager);
  await leader.send('PUT', `${here.path}/members/${manager.id}/role`, { body: { role: 'MANAGER' } });
  await kick(leader, here, one);
  for (let n = 0; n < 3; n++) await leader.post(`${here.path}/members/${two.id}/warnings`, { reason: 'Late' });

  const both = await barred(leader, here.path);
  const cost = costOf(moim, 'listBarred');
  const pages = await pagesOf(leader, `${here.path}/barred`, 1);
  const lifted = [1, 2].map(() => leader.delete(`${here.path}/members/${one.id}/kick`));
  const outcomes = (await Promise.all(lifted)).map(outcome);
  const left = await barred(leader, here.path);
  await one.post(`${here.path}/members`);
  const back = await barred(leader, here.path);
  await kick(leader, here, one);

  expect(both.map(({ accountId }: { accountId: string }) => accountId).toSorted()).toEqual([one.id, two.id].toSorted());
  expect(both.find(({ accountId }: { accountId: string }) => accountId === one.id)).toMatchObject({
    ...{ nickname: one.nickname, reason: 'Spam', since: '2026-03-02T03:00:00.000Z' },
    picture: { avatar: null, thumbnailUrl: null },
  });
  expect([pages.length >= 2, idsOf(pages).length]).toEqual([true, 2]);
  expect(outcomes.toSorted()).toEqual([204, 'NOT_FOUND']);
  expect([left.length, back.length]).toEqual([1, 1]);
  expect(await barred(leader, here.path)).toHaveLength(2);
  expect((await itemsOf(moim, 'Barred', { groupId: here.groupId })).length).toBe(2);
  expect(cost).toMatchObject({ requests: 3, roundTrips: 2, readUnits: 5.5 });
  expect(outcome(await manager.get(`${here.path}/barred`))).toBe('NOT_FOUND');
});
