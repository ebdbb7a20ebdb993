import { iso } from '../../../shared/core/time.ts';
import type { Fate } from '../../../shared/data/kind.ts';
import { type EntityName, entities } from '../../../shared/data/registry.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd, lastTick, nextTick, tick } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf, put, putAll } from '../../support/table.ts';

const moim = useMoim({ lists: true });
test('row 39: a look deletes so much and no more; the next minute goes on, and nothing is due afterwards', async () => {
  const [leader] = await crowd(moim, 1);
  const { path, groupId } = await found(leader!);
  const decidedAt = '2026-03-02T03:00:00.000Z';
  const record = { scopeId: groupId, decidedAt, by: leader!.id, subject: 'member:x', before: 'a', after: 'b' } as const;
  await putAll(
    moim,
    'Decision',
    Array.from({ length: 2100 }, (_, i) => ({ ...record, decisionId: String(i).padStart(5, '0') })),
  );
  await leader!.post(`${path}/disbanding`);
  await moim.settle();
  await at(moim, '2026-04-01T03:00:00Z');

  const left = async () => [
    (await itemsOf(moim, 'Decision', { scopeId: groupId })).length,
    (await itemsOf(moim, 'Group', { groupId })).length,
  ];
  await tick(moim);
  const first = await left();
  await tick(moim);
  const second = await left();
  await tick(moim);

  expect(first).toEqual([expect.any(Number), 1]);
  expect(first[0]).toBeGreaterThan(0);
  expect(first[0]).toBeLessThan(1000);
  expect(second).toEqual([0, 0]);
  expect(lastTick(moim)).toMatchObject({ requests: 4, writeUnits: 0 });
});

test('row 39: a run that breaks off leaves nothing that the next one cannot find', async () => {
  const [leader] = await crowd(moim, 1);
  const group = await found(leader!, { startDate: undefined, endDate: '2026-12-31' });
  const { groupId, path } = group;
  await put(moim, 'Reported', { accountId: leader!.id, groupId, count: 1 });
  await leader!.post(`${path}/disbanding`);
  await moim.settle();
  await at(moim, iso(moim.clock.now() + 30 * 86_400_000 + 60_000));
  // A part of the roster that came back after the end, by a change that was followed late.
  await put(moim, 'Roster', { groupId, part: '0' });
  const before = await itemsOf(moim, 'Reported', { groupId });
  // What somebody has reported is only found by way of their membership.
  moim.table.faults.add({ kind: 'error500', times: 3, match: (body) => JSON.stringify(body).includes('REPORTED#') });

  await tick(moim);
  moim.table.faults.clear();
  const broken = await itemsOf(moim, 'Group', { groupId });
  await moim.clock.advance(60_000);
  await nextTick(moim);

  expect([before.length, broken.length]).toEqual([1, 1]);
  expect(await itemsOf(moim, 'Reported', { groupId })).toEqual([]);
  expect(await itemsOf(moim, 'Roster', { groupId })).toEqual([]);
  expect(await itemsOf(moim, 'Group', { groupId })).toEqual([]);
});

const all = Object.keys(entities) as EntityName[];
const where = (is: (fate: Fate) => boolean) =>
  all.filter((name) => {
    const { fate } = entities[name];
    return fate?.group !== undefined && is(fate.group);
  });
/** The kinds that are a group's and do not expire by themselves. */
const lasting = where((fate) => !('expires' in fate));
/** The kinds that stay: those of its people, and of everybody. */
const kept = where((fate) => 'stays' in fate);

test('rows 36, 39, 67, 69: of a group nothing is left but what its people have got by it, and no list breaks where it was', async () => {
  const [leader, ari, fan] = await crowd(moim, 3);
  const group = await found(leader!, { startDate: undefined, endDate: '2026-12-31' }, ari!);
  const { groupId, missionId, path } = group;
  const other = await found(leader!, { startDate: undefined, endDate: '2026-12-31' });
  const { body: written } = await certify(ari!, group);
  await moim.settle();
  const subject = `certification:${written.id}`;
  const replies = [
    await leader!.post(`${path}/certifications/${written.id}/approve`),
    await leader!.put(`${path}/reviews/${ari!.id}`, { score: 9, text: 'Reliable' }),
    await ari!.put(`${path}/reviews/${leader!.id}`, { score: 8, text: 'Patient' }),
    await leader!.post(`${path}/reports`, { subject, reason: 'FAKE' }),
    await leader!.post(`${path}/invite-code/renew`),
    await fan!.put(`${path}/like`),
    await fan!.put(`${other.path}/like`),
  ];
  await moim.settle();
  const holding = async (name: EntityName) =>
    (await itemsOf(moim, name)).filter((item) => JSON.stringify(item).match(`${groupId}|${missionId}`));
  // Whatever the routes above did not make is made of its keys alone.
  for (const name of lasting)
    if ((await holding(name)).length === 0) {
      const parts = [...JSON.stringify(entities[name]).matchAll(/\{(\w+)\}/g)].map(([, part]) => [
        part,
        `some-${part}`,
      ]);
      const key = {
        groupId,
        scopeId: groupId,
        subject: `certification:${missionId}`,
        missionId,
        certificationId: written.id,
        accountId: ari!.id,
        hash: 'some-hash',
      };
      await put(moim, name, { ...Object.fromEntries(parts), ...key } as never);
    }
  const before = await Promise.all(lasting.map(async (name) => [name, (await holding(name)).length > 0]));
  await leader!.post(`${path}/disbanding`);
  const ends = moim.clock.now() + 3 * 86_400_000;
  await at(moim, iso(ends));
  await tick(moim);
  await moim.settle();
  await at(moim, iso(ends + 30 * 86_400_000 + 60_000), leader!, ari!, fan!);

  await tick(moim);
  await moim.settle();
  for (let night = 1; night <= 2; night++) {
    await at(moim, iso(moim.clock.now() + 86_400_000), leader!, ari!, fan!);
    await moim.runSchedule('reconcile');
  }

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 204, 200, 204, 204]);
  expect(before.filter(([, made]) => !made)).toEqual([]);
  const left = await Promise.all(all.map(async (name) => ((await holding(name)).length > 0 ? [name] : [])));
  expect(left.flat()).toEqual(kept);
  expect(await itemsOf(moim, 'InviteCode')).toEqual([]);
  const { body: likes } = await fan!.get('/v1/accounts/me/likes');
  expect(likes.items.map((each: { group: { id: string } }) => each.group.id)).toEqual([other.groupId]);
  const lists = ['/v1/accounts/me/reviews', '/v1/accounts/me/reviews/received'];
  const reviews = await Promise.all(lists.map(async (list) => (await ari!.get(list)).body.items));
  expect(reviews).toMatchObject([[{ groupId, score: 8, text: 'Patient' }], [{ score: 9, text: 'Reliable' }]]);
  expect((await itemsOf(moim, 'Account', { accountId: ari!.id }))[0].bricks).toBe(1);
  // Who wrote a review may still take it back, also where it was.
  expect((await ari!.delete(`${path}/reviews/${leader!.id}`)).status).toBe(204);
  expect((await leader!.get(lists[1]!)).body.items).toEqual([]);
});
