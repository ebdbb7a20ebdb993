/** What is due of a group stands in the list at the instant that the group itself keeps, whatever happens at the same time. */
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { at, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { randomOf } from '../memberships/support.ts';

const moim = useMoim();
const wholeMinute = (instant: string) => iso(Math.ceil(Date.parse(instant) / 60_000) * 60_000);

test('whoever moves dates, at once and while the minute runs, leaves the entry of the date that stands, and no other', async () => {
  const random = randomOf(7);
  const pick = <T>(...of: T[]): T => of[Math.floor(random() * of.length)]!;
  const [leader, member] = [await someone(moim), await someone(moim)];
  const groups = await Promise.all(
    Array.from({ length: 4 }, (_, i) =>
      found(leader, { startDate: `2026-03-0${5 + i}`, endDate: `2026-03-${10 + i}` }, member),
    ),
  );
  const act = async ({ path }: { path: string }) =>
    pick(
      () => leader.patch(path, { endDate: `2026-04-${10 + Math.floor(random() * 20)}` }),
      () => leader.patch(path, { title: `Title ${random()}` }),
      () => leader.post(`${path}/disbanding`),
      () => leader.delete(`${path}/disbanding`),
      () => leader.put(`${path}/status`, { status: pick('RECRUITING', 'IN_PROGRESS', 'COMPLETED') }),
      () => member.delete(`${path}/members/me`),
      () => member.post(`${path}/members`),
    )();
  const seen = new Set<unknown>();

  for (let round = 0; round < runs(8); round++) {
    await at(moim, iso(moim.clock.now() + 11 * 3_600_000 + Math.floor(random() * 100_000)), leader, member);
    const acts = groups.flatMap((group) => [act(group), act(group)]);
    for (const reply of await Promise.all([...acts, tick(moim).then(() => undefined)]))
      if (reply) seen.add(outcome(reply));
    await moim.settle();

    for (const { groupId } of groups) {
      const [group] = await itemsOf(moim, 'Group', { groupId });
      const all = await itemsOf(moim, 'Due', { subject: groupId });
      const entries = all.filter(({ tries, kind }) => tries === undefined && kind !== 'emptyRooms');
      const next = group.deletedAt ? 'purgeGroup' : 'groupDates';
      const expected = group.dueAt === undefined ? [] : [[next, wholeMinute(group.dueAt)]];
      expect(entries.map((each) => [each.kind, each.at])).toEqual(expected);
    }
  }

  expect([...seen]).toContain(200);
  expect([...seen].filter((each) => Number(each) >= 500)).toEqual([]);
});
