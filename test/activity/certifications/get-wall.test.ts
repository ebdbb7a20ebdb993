/** G4: the wall of a group counts every approved certification, by member and day. */
import { useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { costOf, outcome } from '../../support/replies.ts';
import { certify, found, leave, team } from '../../support/scene.ts';
import { itemsOf, putAll } from '../../support/table.ts';

const moim = useMoim();
const year = { endDate: '2026-12-31' };

test('G4: a brick is laid on its day by the approval, taken by a later denial of an edit, and counts once', async () => {
  const { leader, member, path, ...rest } = await team(moim, year);
  const here = { path, ...rest };
  const { body: one } = await certify(member, here);
  const waiting = await member.get(`${path}/wall?month=2026-03`);
  await moim.settle();
  await leader.post(`${path}/certifications/${one.id}/approve`);
  await leader.post(`${path}/certifications/${one.id}/approve`);
  await certify(leader, here);
  const laid = await member.get(`${path}/wall?month=2026-03`);
  await member.patch(`${path}/certifications/${one.id}`, { text: 'Better' });
  const edited = await leader.get(`${path}/wall`);

  expect(waiting.body).toEqual({ items: [] });
  const day = { day: '2026-03-02', bricks: 1 };
  const columns = [leader, member].map(({ id }) => ({ accountId: id, bricks: 1, days: [day] }));
  expect(laid.body.items).toEqual(expect.arrayContaining(columns));
  expect(laid.body.items).toHaveLength(2);
  expect(edited.body.items).toEqual([columns[0]]);
});

test('G4: approvals that come twice and all at once lay one brick each; the cost is bounded', async () => {
  const [leader, ...members] = await crowd(moim, 9);
  const here = await found(leader!, year, ...members);
  const sent = await Promise.all(members.map((each) => certify(each, here)));
  await moim.settle();
  const replies = await Promise.all(
    sent.flatMap(({ body }) => [1, 2].map(() => leader!.post(`${here.path}/certifications/${body.id}/approve`))),
  );
  const { body } = await leader!.get(`${here.path}/wall?month=2026-03`);

  expect(replies.filter(({ status }) => status === 200)).toHaveLength(8);
  expect(body.items.map(({ bricks }: { bricks: number }) => bricks)).toEqual(Array(8).fill(1));

  // A hundred members who certified every day of a month.
  const weeks = ['2027-W26', '2027-W27', '2027-W28', '2027-W29', '2027-W30'];
  const days = [28, 5, 12, 19, 26].map((first, nth) =>
    Array.from({ length: 7 }, (_, i) =>
      new Date(Date.UTC(2027, nth === 0 ? 5 : 6, first + i)).toISOString().slice(0, 10),
    ),
  );
  const rows = Array.from({ length: 100 }, (_, i) => i).flatMap((i) =>
    weeks.map((week, nth) => ({
      groupId: here.groupId,
      accountId: leader!.id.slice(0, -3) + String(i).padStart(3, '0'),
      week,
      ...Object.fromEntries(days[nth]!.map((day) => [day, 1])),
    })),
  );
  await putAll(moim, 'WallWeek', rows as never);
  const { body: full } = await leader!.get(`${here.path}/wall?month=2027-07`);

  expect(full.items).toHaveLength(100);
  expect(full.items.every(({ bricks }: { bricks: number }) => bricks === 31)).toBe(true);
  const cost = costOf(moim, 'getWall');
  expect(cost).toMatchObject({ requests: 2, roundTrips: 2, writeUnits: 0 });
  expect(cost.readUnits).toBeLessThan(25);
});

test('G8: a certification names its mission and shows the picture of its author', async () => {
  const { leader, member, path, ...rest } = await team(moim, { title: 'Algorithms' });
  await member.put('/v1/accounts/me/picture', { avatar: 3 });
  const { body } = await certify(member, { path, ...rest });
  await moim.settle();
  const { body: list } = await leader.get(`${path}/certifications?status=WAITING`);
  const { body: one } = await leader.get(`${path}/certifications/${body.id}`);

  const named = {
    missionTitle: 'Algorithms',
    author: { id: member.id, nickname: member.nickname, picture: { avatar: 3, thumbnailUrl: null } },
  };
  expect(body).toMatchObject(named);
  expect([list.items[0], one]).toMatchObject([named, named]);
  expect((await itemsOf(moim, 'Certification', { certificationId: body.id }))[0].missionTitle).toBe('Algorithms');
});

test('G4: a month begins and ends with its own days, in weeks that it shares, and former members keep theirs', async () => {
  const { leader, member, path, ...rest } = await team(moim, { ...year, approval: 'AUTO' });
  const here = { path, ...rest };
  for (const day of ['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01']) {
    await at(moim, `${day}T03:00:00Z`, leader, member);
    await certify(member, here);
  }
  await leave(member, here);
  const months = await Promise.all(
    ['2026-03', '2026-04', '2026-05', '2026-06'].map(
      async (month) => (await leader.get(`${path}/wall?month=${month}`)).body,
    ),
  );
  const now = (await leader.get(`${path}/wall`)).body;

  const days = months.map(({ items }) =>
    items.flatMap((each: { days: { day: string }[] }) => each.days.map(({ day }) => day)),
  );
  expect(days).toEqual([['2026-03-31'], ['2026-04-01', '2026-04-30'], ['2026-05-01'], []]);
  expect(months[1].items[0]).toMatchObject({ accountId: member.id, bricks: 2 });
  expect(now).toEqual(months[2]);
  expect(outcome(await member.get(`${path}/wall`))).toBe('NOT_FOUND');
  const wrong = await leader.get(`${path}/wall?month=2026-13`);
  expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: 'query/month' }]]);
});
