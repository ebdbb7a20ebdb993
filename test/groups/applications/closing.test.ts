/** Row 28: applications that nobody decided on before the group ended. */
import { useMoim } from '../../support/moim.ts';
import { at, crowd, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';
import { group, inboxOf } from '../memberships/support.ts';

const moim = useMoim();
const period = { startDate: '2026-03-10', endDate: '2026-03-20', recruitUntil: '2026-03-05' };
const study = (leader: Parameters<typeof group>[0]) => group(leader, 'STUDY', period);
const closed = 'APPLICATION_CLOSED Quiet hours has ended, and your application with it.';

test('row 28: they wait on when it begins; when it is completed they are closed, the applicants told, and nobody asked', async () => {
  const [leader, early, other] = await crowd(moim, 3);
  const { groupId, path } = await study(leader!);
  for (const each of [early!, other!]) await each.post(`${path}/applications`);
  await leader!.post(`${path}/applications/${other!.id}/reject`);
  await at(moim, '2026-03-10T03:00:00Z', leader!, early!, other!);
  await tick(moim);
  const begun = (await early!.get('/v1/accounts/me/applications')).body.items;

  await leader!.send('PUT', `${path}/status`, { body: { status: 'COMPLETED' } });
  await moim.settle();

  const own = (await early!.get('/v1/accounts/me/applications')).body.items;
  const asked = (await leader!.get('/v1/notifications')).body.items.filter(
    ({ type }: { type: string }) => type === 'APPLICATION_RECEIVED',
  );
  expect(begun).toMatchObject([{ state: 'PENDING' }]);
  expect(own).toMatchObject([{ state: 'REJECTED', reason: null }]);
  expect(await inboxOf(early!)).toEqual([closed]);
  expect((await inboxOf(other!)).filter((line) => line === closed)).toEqual([]);
  expect(asked.map(({ resolved }: { resolved: boolean }) => resolved)).toEqual([true, true]);
  expect(outcome(await leader!.post(`${path}/applications/${early!.id}/accept`))).toBe('ALREADY_DECIDED');
  // Reopened, it takes a new application after the same person.
  expect((await itemsOf(moim, 'Application', { groupId, accountId: early!.id }))[0].askedBy).toBeUndefined();
});

test('rows 28, 41: the last day and the end of a disbanded group close them too', async () => {
  const [leader, early, other] = await crowd(moim, 3);
  const dates = { startDate: '2026-04-10', endDate: '2026-04-20', recruitUntil: '2026-04-05' };
  const byDate = await group(leader!, 'STUDY', dates);
  const ended = await group(leader!, 'STUDY', dates);
  await early!.post(`${byDate.path}/applications`);
  await other!.post(`${ended.path}/applications`);
  await leader!.post(`${ended.path}/disbanding`);
  await moim.settle();

  const atOnce = await inboxOf(other!);
  await at(moim, '2026-04-20T15:00:00Z', leader!, early!, other!);
  await tick(moim);
  await moim.settle();

  expect(atOnce).toEqual([closed]);
  expect((await inboxOf(early!))[0]).toBe(closed);
  expect((await early!.get('/v1/accounts/me/applications')).body.items[0].state).toBe('REJECTED');
});
