/**
 * What is held about people, kind by kind, and what becomes of it: what the rows of `items.ts` say is tried. That they say
 * it of every kind, `tsc` and `test/kernel/fates.test.ts` see to.
 */
import { unzipSync } from 'fflate';
import type { Fate, InArchive } from '../../../shared/data/kind.ts';
import { type EntityName, entities } from '../../../shared/data/registry.ts';
import { useMoim } from '../../support/moim.ts';
import { someone, tick } from '../../support/people.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';
import { linked, registered } from '../../sweeps/world.ts';

const names = Object.keys(entities) as EntityName[];
const partsOf = (name: EntityName) => [
  ...new Set([...JSON.stringify(entities[name]).matchAll(/\{(\w+)\}/g)].map(([, part]) => part!)),
];
const where = (is: (fate: Fate, archive: InArchive | undefined) => boolean) =>
  names.filter((name) => {
    const { fate, archive } = entities[name];
    return fate?.account !== undefined && is(fate.account, archive);
  });
const erased = where((fate) => 'dropped' in fate || 'goes' in fate);
const kept = where((fate) => 'stays' in fate);
const exported = where((_, archive) => archive !== undefined && 'as' in archive);
/** Kinds that hold nothing of anybody. */
/** Items of a group that name many accounts; `followAccount` takes an account out of them. */
const shared: readonly EntityName[] = ['Roster'];
const nobodys = names.filter((name) => entities[name].of?.account === undefined && !shared.includes(name));
/** The kinds of which anything is claimed that can be tried. */
const tried = [...new Set([...erased, ...exported])];

const moim = useMoim();
const whatIsDue = async () => {
  await moim.settle();
  await tick(moim);
  await moim.settle();
};

test('rows 17, 121: what is said to be exported is in the archive, and of what is said to be erased nothing is left', async () => {
  const leader = await someone(moim);
  const ari = await moim.person('ari');
  const group = await found(leader, {}, ari);
  const [one, other] = [`${group.path}/reviews/${ari.id}`, `${group.path}/reviews/${leader.id}`];
  const { body: written } = await certify(ari, group);
  await moim.settle();
  await linked(moim, ari);
  await registered(ari, 'the-phone');
  const replies = [
    await leader.post(`${group.path}/certifications/${written.id}/approve`),
    await leader.put(one, { score: 9, text: 'held in Review' }),
    await ari.put(other, { score: 8, text: 'held in WrittenReview' }),
    await ari.put(`/v1/accounts/me/blocks/${leader.id}`),
    await ari.post('/v1/accounts/me/exports'),
    await ari.post(`${group.path}/progress-links`, { of: 'ME' }),
  ];
  const { body: poll } = await ari.post(`${group.path}/polls`, { question: 'Where?', choices: ['Here', 'There'] });
  const { status: voted } = await ari.put(`${group.path}/polls/${poll.id}/ballot`, { choiceIds: [poll.choices[0].id] });
  expect(voted).toBe(204);
  const socket = await ari.socket();
  await moim.settle();
  const holding = async (name: EntityName) =>
    (await itemsOf(moim, name)).filter((item) => JSON.stringify(item).includes(ari.id));
  // Items of others that only point at the account, as a block of it or a decision on something of it, are theirs.
  const own = (name: EntityName) => itemsOf(moim, name, { [entities[name].of!.account!]: ari.id });
  // Whatever the routes above did not make is made of its keys alone.
  for (const name of tried)
    if ((await own(name)).length === 0) {
      const parts = Object.fromEntries(partsOf(name).map((part) => [part, `some-${part}`]));
      const linkedTo = { groupId: group.groupId, [entities[name].of!.account!]: ari.id };
      await put(moim, name, { ...parts, ...linkedTo } as never);
    }
  for (const name of exported.filter((each) => !/Review/.test(each))) {
    const [item] = await own(name);
    await put(moim, name, { ...item, text: `held in ${name}` });
  }
  const before = new Map(await Promise.all(names.map(async (name) => [name, (await holding(name)).length] as const)));

  await whatIsDue();
  const [ready] = (await ari.get('/v1/accounts/me/exports')).body.items;
  const files = unzipSync(new Uint8Array(await (await fetch(ready.url)).arrayBuffer()));
  const archive = new TextDecoder().decode(files['data.json']);
  const { status } = await ari.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  await whatIsDue();
  await socket.closed;
  // The account is erased once more, after every request that began before.
  await moim.clock.advance(20 * 60_000);
  await whatIsDue();
  await moim.settle();

  expect([...replies.map((reply) => reply.status), status]).toEqual([200, 200, 200, 204, 202, 200, 204]);
  expect(tried.filter((name) => before.get(name) === 0)).toEqual([]);
  expect(nobodys.filter((name) => before.get(name) !== 0)).toEqual([]);
  expect(exported.filter((name) => !archive.includes(`held in ${name}`))).toEqual([]);
  expect((await Promise.all(erased.map(own))).flat()).toEqual([]);
  expect(await Promise.all(shared.map(async (name) => [before.get(name)! > 0, await holding(name)]))).toEqual([
    [true, []],
  ]);
  const after = await Promise.all(kept.map(async (name) => [name, (await holding(name)).length] as const));
  expect(after).toEqual(kept.map((name) => [name, before.get(name)]));
});
