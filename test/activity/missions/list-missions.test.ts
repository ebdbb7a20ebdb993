import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();

test('row 51: every frequency becomes the repeat mission it implies', async () => {
  const [leader] = await crowd(moim, 1);
  const frequencies = [{ every: 'DAY' }, { every: 'WEEKDAY' }, { every: 'WEEKEND' }, { every: 'WEEK', times: 3 }];

  const missions = await Promise.all(
    frequencies.map(async (frequency) => {
      const { path } = await found(leader!, { frequency, certificationRule: 'Show it' });
      return (await leader!.get(`${path}/missions`)).body;
    }),
  );

  expect(missions.map(({ items: [mission] }) => [mission.timesPerWeek, mission.weekdays])).toEqual([
    [7, [1, 2, 3, 4, 5, 6, 7]],
    [5, [1, 2, 3, 4, 5]],
    [2, [6, 7]],
    [3, [1, 2, 3, 4, 5, 6, 7]],
  ]);
  expect(missions[0]).toMatchObject({
    nextCursor: null,
    items: [{ kind: 'REPEAT', way: 'PHOTO', approval: 'LEADER', perDayLimit: 1, rule: 'Show it' }],
  });
});

test('missions are for members alone; a stranger learns not even whether the group is there', async () => {
  const [leader, stranger] = await crowd(moim, 2);
  const { path } = await found(leader!);

  const refused = [
    await stranger!.get(`${path}/missions`),
    await stranger!.get('/v1/groups/01900000-0000-7000-8000-000000000000/missions'),
    await leader!.get(`${path}/missions?cursor=xx`),
    await leader!.get(`${path}/missions?limit=99`),
  ];
  const guest = await moim.guest.get(`${path}/missions`);

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'INVALID_CURSOR', 'INVALID_REQUEST']);
  expect(refused[0]!.body.title).toBe(refused[1]!.body.title);
  expect(guest.status).toBe(401);
});
