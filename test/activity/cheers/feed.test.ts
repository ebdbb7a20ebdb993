/** Row 63: what cheers cost a feed, and that it shows those of each certification however far apart they lie. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { costOf } from '../../support/replies.ts';
import { itemsOf, putAll } from '../../support/table.ts';
import { cheering } from './scene.ts';

const moim = useMoim();
const minute = 60_000;

/** A group with as many certifications more, a minute apart, oldest first. */
async function feedOf(size: number) {
  const scene = await cheering(moim);
  const [{ pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, ...first }] = (await itemsOf(moim, 'Certification', {
    certificationId: scene.id,
  })) as [Record<string, unknown>];
  const now = moim.clock.now();
  const items = Array.from({ length: size }, (_, nth) => {
    const at = now + (nth + 1) * minute;
    return { ...first, certificationId: newId(at), createdAt: iso(at), modifiedAt: iso(at) };
  });
  await putAll(moim, 'Certification', items as never);
  return { ...scene, ids: items.map(({ certificationId }) => certificationId), items };
}

test('0.10: a feed of 20, with two kinds of cheers each and one’s own among them: 11 read units', async () => {
  const { here, leader, member, author, ids } = await feedOf(20);
  const list = async () => (await member.get(`${here.path}/certifications?limit=20`)).body.items;
  const cost = () => costOf(moim, 'listCertifications');
  await list();
  const plain = cost();
  for (const id of ids)
    for (const [person, kind] of [
      [member, 'HEART'],
      [leader, 'HEART'],
      [leader, 'STAR'],
    ] as const)
      expect((await person.put(`${here.path}/certifications/${id}/cheers/me`, { kind })).status).toBe(204);
  const shown = await list();
  const cheered = cost();

  expect(shown).toHaveLength(20);
  for (const each of shown)
    expect(each.cheers).toEqual([
      { kind: 'HEART', count: 2, mine: true },
      { kind: 'STAR', count: 1, mine: false },
    ]);
  expect(plain).toMatchObject({ requests: 7, roundTrips: 2 });
  expect(cheered).toMatchObject({ requests: 7, roundTrips: 2, writeUnits: 0 });
  // Both ranges are a page of 4 KB or two; the counts of comments are one more.
  expect([plain.readUnits, cheered.readUnits]).toEqual([10, 11]);
  expect((await author.get(`${here.path}/certifications?limit=20`)).body.items[0].cheers[0].mine).toBe(false);
});

test('an old certification that is approved late is shown with its cheers: a request more, and no walk through all between', async () => {
  const { here, leader, member, ids, items } = await feedOf(140);
  const old = ids[0]!;
  await putAll(moim, 'Certification', [{ ...items[0]!, modifiedAt: iso(moim.clock.now() + 200 * minute) }] as never);
  const { groupId } = here;
  await putAll(
    moim,
    'CheerCount',
    ids.slice(1).map((certificationId) => ({ groupId, certificationId, HEART: 1, moves: 1 })) as never,
  );
  await member.put(`${here.path}/certifications/${old}/cheers/me`, { kind: 'CLAP' });
  await leader.put(`${here.path}/certifications/${old}/cheers/me`, { kind: 'CLAP' });
  const { body } = await member.get(`${here.path}/certifications?limit=20`);
  const cost = costOf(moim, 'listCertifications');

  expect(body.items[0]).toMatchObject({ id: old, cheers: [{ kind: 'CLAP', count: 2, mine: true }] });
  for (const each of body.items.slice(1)) expect(each.cheers).toEqual([{ kind: 'HEART', count: 1, mine: false }]);
  expect([cost.requests, cost.roundTrips]).toEqual([8, 3]);
  expect(cost.readUnits).toBeLessThanOrEqual(17);
});
