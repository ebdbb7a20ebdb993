import { type Person, useMoim } from '../../support/moim.ts';
import { at, crowd, tick } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { certify, found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const set = (who: Person, path: string, status: string, headers = {}) =>
  // biome-ignore lint/suspicious/noExplicitAny: a test names the fields it expects
  who.send<any>('PUT', `${path}/status`, { body: { status }, headers });
const newsOf = async (who: Person, language = 'en') =>
  (await who.get('/v1/notifications', { 'accept-language': language })).body.items
    .filter(({ type }: { type: string }) => type === 'GROUP_STATUS')
    .map(({ text }: { text: string }) => text);

test('row 41: the leader sets it, members are told in their language and the leader is not, and it is kept in the history', async () => {
  const { leader, member, path, groupId } = await team(moim);

  const completed = await set(leader, path, 'COMPLETED');
  const again = await set(leader, path, 'COMPLETED');
  await moim.settle();

  expect([completed.body.status, again.body.status]).toEqual(['COMPLETED', 'COMPLETED']);
  expect(again.headers.get('etag')).toBe(completed.headers.get('etag'));
  expect(await newsOf(member)).toEqual(['Algorithms every day is now completed.']);
  expect(await newsOf(member, 'ko')).toEqual(['Algorithms every day의 상태가 완료로 바뀌었어요.']);
  expect(await newsOf(leader)).toEqual([]);
  expect(await itemsOf(moim, 'Decision', { scopeId: groupId })).toMatchObject([
    { by: leader.id, before: 'IN_PROGRESS', after: 'COMPLETED', subject: `group:${groupId}` },
  ]);
});

test('row 41: only the leader; FINISHED is nobody’s to set; a stale version is refused, and of two at once one counts', async () => {
  const { leader, member, path } = await team(moim);
  const [stranger] = await crowd(moim, 1);
  const etag = { 'if-match': (await moim.guest.get(path)).headers.get('etag')! };

  const refused = [
    await set(member, path, 'COMPLETED'),
    await set(stranger!, path, 'COMPLETED'),
    await set(leader, path, 'FINISHED'),
    await set(leader, path, 'DISBANDED'),
  ];
  const both = await Promise.all([set(leader, path, 'COMPLETED', etag), set(leader, path, 'RECRUITING', etag)]);

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(tally(both)).toEqual({ 200: 1, PRECONDITION_FAILED: 1 });
});

test('rows 27, 42: a completed group takes neither people nor certifications, and may be taken up again', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const [late, later] = await crowd(moim, 2);

  await set(leader, path, 'COMPLETED');
  const closed = [await late!.post(`${path}/members`), await certify(member, here)];
  await set(leader, path, 'IN_PROGRESS');
  await moim.clock.advance(6_000);
  const open = [await later!.post(`${path}/members`), await certify(member, here)];

  expect(closed.map(outcome)).toEqual(['GROUP_CLOSED', 'NOT_IN_PERIOD']);
  expect(open.map(outcome)).toEqual([201, 201]);
});

test('what a status costs: one look, one transaction', async () => {
  const { leader, path } = await team(moim);

  await set(leader, path, 'COMPLETED');

  expect(costOf(moim, 'setStatus')).toMatchObject({ requests: 2, roundTrips: 2 });
});

test('row 41: what was set stands on the first day, and ends with the last', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path } = await found(leader!, { startDate: '2026-03-10', endDate: '2026-03-12' }, member!);
  const status = async () => (await moim.guest.get(path)).body.status;

  await set(leader!, path, 'RECRUITING');
  await at(moim, '2026-03-10T00:00:00Z', leader!);
  await tick(moim);
  const started = await status();
  await at(moim, '2026-03-12T15:00:00Z', leader!, member!);
  await tick(moim);
  await moim.settle();
  const ended = await status();
  await moim.clock.advance(1_000);
  const reopened = await set(leader!, path, 'IN_PROGRESS');
  const completed = await set(leader!, path, 'COMPLETED');

  expect([started, ended]).toEqual(['RECRUITING', 'FINISHED']);
  expect([reopened, completed].map(outcome)).toEqual(['NOT_APPLICABLE', 200]);
  await moim.settle();
  expect(await newsOf(member!)).toEqual([
    'Algorithms every day is now completed.',
    'Algorithms every day is now finished.',
  ]);
});

test('row 41, report 10: a status that is set twice at once, or while the group is edited, is set', async () => {
  const { leader, path } = await team(moim, { startDate: undefined, endDate: '2026-12-01' });

  const answers = await Promise.all([
    set(leader, path, 'COMPLETED'),
    set(leader, path, 'COMPLETED'),
    leader.patch(path, { title: 'Graphs' }),
    leader.patch(path, { notice: 'Hello' }),
  ]);

  expect(tally(answers)).toEqual({ 200: 4 });
  expect((await leader.get(path)).body).toMatchObject({ status: 'COMPLETED', title: 'Graphs' });
});
