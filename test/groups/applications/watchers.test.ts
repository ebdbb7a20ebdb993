/** G9: open pages are told that an application has changed: those of the applicant, and of those who may decide. */
import { contract } from '../../../functions/groups/applications/contract.ts';
import { hearing, liveWork } from '../../support/hearing.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

const moim = useMoim();
const { applicationChanged } = contract.events;
const byApplication = { endDate: '2026-12-31', capacity: 20, joinPolicy: 'APPLY' };
const appoint = (leader: Person, path: string, { id }: Person, role: string) =>
  leader.send('PUT', `${path}/members/${id}/role`, { body: { role } });

/** A group with a manager, a member, and an applicant-to-be. */
async function scene() {
  const [leader, manager, member, applicant, other] = (await crowd(moim, 5)) as [
    Person,
    Person,
    Person,
    Person,
    Person,
  ];
  const { path, groupId } = await found(leader, { endDate: '2026-12-31', capacity: 20 }, manager, member);
  await appoint(leader, path, manager, 'MANAGER');
  await leader.patch(path, { joinPolicy: byApplication.joinPolicy });
  await moim.settle();
  const sockets = await Promise.all([leader, manager, member, applicant, other].map((each) => each.socket()));
  const all = hearing(moim, sockets, applicationChanged);
  const news = async () =>
    (await all()).map((events) =>
      events.map((event) => {
        expect(event).toMatchObject({ groupId, accountId: applicant.id });
        return event.state;
      }),
    );
  const close = () => {
    for (const socket of sockets) socket.close();
  };
  return { ...{ leader, manager, member, applicant, path, groupId }, news, close };
}

test('G9, row 125: applicant, leader and manager follow every state; members and other people hear nothing', async () => {
  const { leader, manager, applicant, path, groupId, news, close } = await scene();
  await applicant.post(`${path}/applications`, { message: 'Let me in' });
  const applied = await news();
  await manager.post(`${path}/applications/${applicant.id}/reject`, { reason: 'Full soon' });
  const rejected = await news();
  await applicant.post(`${path}/applications`);
  const again = await news();
  await applicant.delete(`/v1/accounts/me/applications/${groupId}`);
  const withdrawn = await news();
  await applicant.post(`${path}/applications`);
  await news();
  await leader.post(`${path}/applications/${applicant.id}/accept`);
  const accepted = await news();

  const to = (state: string) => [[state], [state], [], [state], []];
  expect(applied).toEqual(to('PENDING'));
  expect(rejected).toEqual(to('REJECTED'));
  expect(again).toEqual(to('PENDING'));
  expect(withdrawn).toEqual(to('WITHDRAWN'));
  expect(accepted).toEqual(to('ACCEPTED'));
  close();
});

test('G9, row 84: a manager who was demoted, and a leader who has blocked the applicant, hear nothing', async () => {
  const { leader, manager, applicant, path, news, close } = await scene();
  await appoint(leader, path, manager, 'MEMBER');
  const { status } = await leader.send('PUT', `/v1/accounts/me/blocks/${applicant.id}`);
  await applicant.post(`${path}/applications`);

  expect(status).toBe(204);
  expect(await news()).toEqual([[], [], [], ['PENDING'], []]);
  close();
});

test('G9: an application that ends with its group is told to the applicant alone', async () => {
  const [leader, applicant] = (await crowd(moim, 2)) as [Person, Person];
  const { path, groupId } = await found(leader, byApplication);
  await applicant.post(`${path}/applications`);
  await moim.settle();
  const sockets = await Promise.all([leader, applicant].map((each) => each.socket()));
  const news = hearing(moim, sockets, applicationChanged);
  // A group without other members ends at once.
  await leader.post(`${path}/disbanding`);

  expect(await news()).toEqual([[], [{ groupId, accountId: applicant.id, state: 'REJECTED' }]]);
  for (const socket of sockets) socket.close();
});

test('G9: a change of an application is three requests and one for each open page that it concerns', async () => {
  const { applicant, groupId, path, news, close } = await scene();
  await applicant.post(`${path}/applications`);
  await news();
  const since = moim.logs.length;
  // A withdrawal notifies nobody. The lane only resolves what leader and manager were asked, in two requests for each.
  await applicant.delete(`/v1/accounts/me/applications/${groupId}`);
  const told = await news();
  const resolving = 4;

  expect(told).toEqual([['WITHDRAWN'], ['WITHDRAWN'], [], ['WITHDRAWN'], []]);
  // The application with its group, the memberships of leader and manager, who is online, and three people's sockets.
  expect(liveWork(moim, since).requests - resolving).toBe(6);
  close();
});
