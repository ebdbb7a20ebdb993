/** The board of the largest group: 500 members with half a year of two repeated missions and five that are done once. */
import { partOf } from '../../../functions/groups/core/roster-rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { addDays, iso, isoWeek } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put, putAll } from '../../support/table.ts';

const moim = useMoim();
const size = 500;

test('row 62: the board of 500 is one answer, in few requests, whatever they have done', async () => {
  const leader: Person = await someone(moim);
  const { groupId, path, missionId } = await found(leader, { startDate: undefined, endDate: '2026-12-31' });
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const [kept] = await itemsOf(moim, 'Mission', { missionId });
  const { pk: _, sk: _sk, gsi1pk: _pk1, gsi1sk: _sk1, ...mission } = kept;
  await moim.settle();
  const now = moim.clock.now();
  const today = '2026-03-02';
  const first = addDays(today, -25 * 7);
  const long = iso(now - 25 * 7 * 86_400_000);
  await put(moim, 'Group', { ...group, createdAt: long, startDate: first });
  const repeated = [missionId, newId(now)];
  const once = Array.from({ length: 5 }, (_, i) => newId(now + i));
  for (const id of repeated) await put(moim, 'Mission', { ...mission, missionId: id, createdAt: long });
  const items = once.map((id) => ({ ...mission, missionId: id, kind: 'ONCE', createdAt: long, implied: undefined }));
  await putAll(moim, 'Mission', items as never);
  const weeks = Array.from({ length: 26 }, (_, i) => isoWeek(addDays(first, 7 * i)));
  // The n-th member has done all of every week but of n weeks of one mission.
  const rows = Array.from({ length: size }, (_, nth) => {
    const of = (id: string, m: number) =>
      weeks.map((week, w) => [`week ${id} ${week}`, m === 0 && w < nth % 20 ? '000007 ' : '000007 A1A2A3A4A5A6A7']);
    const done = once.map((id) => [`week ${id} ONCE`, `000002 A${first}`]);
    const entries = Object.fromEntries([...repeated.flatMap(of), ...done]);
    return { groupId, accountId: newId(now + nth), joinedAt: long, n: 1, ...entries };
  });
  await putAll(moim, 'Progress', rows as never);
  // Names are in the roster; without it, they are looked up.
  const unnamed = await leader.get(`${path}/progress`);
  const named = [leader.id, ...rows.map(({ accountId }) => accountId)].map((id): [string, string] => [id, 'Somebody']);
  const roster = Array.from({ length: 8 }, (_, part) => ({
    ...{ groupId, part: String(part) },
    ...Object.fromEntries(
      named.filter(([id]) => partOf(id) === String(part)).map(([id, name]) => [`person ${id}`, name]),
    ),
  }));
  await putAll(moim, 'Roster', roster as never);
  const { status, body } = await leader.get(`${path}/progress`);

  expect([unnamed.status, status]).toEqual([200, 200]);
  expect(body.members).toHaveLength(size + 1);
  const ranks = body.members.map(({ rank }: { rank: number | null }) => rank);
  // 25 of each: who missed no week shares the first place, and so on.
  expect(ranks.slice(0, 26)).toEqual([...Array(25).fill(1), 26]);
  expect(ranks.slice(475, 501)).toEqual([...Array(25).fill(476), null]);
  const { requests, roundTrips, readUnits } = costOf(moim, 'getProgress');
  // Two pages of rows, of 4 KB each: with fifty missions done by all it would be four, and 441 units.
  expect({ requests, roundTrips, readUnits }).toEqual({ requests: 5, roundTrips: 2, readUnits: 261 });
});
