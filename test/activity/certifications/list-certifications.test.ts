import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { idsOf, outcome, pagesOf } from '../../support/replies.ts';
import { certify, found, team } from '../../support/scene.ts';
import { put } from '../../support/table.ts';

const moim = useMoim();
const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

test('row 55: in lists too, what is not approved is for its author and the leader alone', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const [denied, other] = await crowd(moim, 2);
  for (const each of [denied!, other!]) await each.post(`${path}/members`);
  const waits = (await certify(member, here)).body.id;
  const refusedId = (await certify(denied!, here)).body.id;
  const approved = (await certify(other!, here)).body.id;
  await moim.settle();
  await leader.post(`${path}/certifications/${refusedId}/deny`, { reason: 'no' });
  await leader.post(`${path}/certifications/${approved}/approve`);
  const list = async (who: typeof leader | typeof denied, query = '') =>
    ids((await who!.get(`${path}/certifications${query}`)).body);

  expect(await list(member)).toEqual([approved]);
  expect(await list(leader)).toEqual([approved]);
  expect(await list(member, '?status=WAITING')).toEqual([]);
  expect(await list(member, '?status=DENIED')).toEqual([]);
  expect(await list(leader, '?status=WAITING')).toEqual([waits]);
  expect(await list(leader, '?status=DENIED')).toEqual([refusedId]);
  expect(await list(member, '?author=me')).toEqual([waits]);
  expect(await list(denied, '?author=me&status=DENIED')).toEqual([refusedId]);
  expect(await list(denied, '?author=me&status=APPROVED')).toEqual([]);
  const { body } = await denied!.get(`${path}/certifications?author=me`);
  expect(body.items).toMatchObject([{ status: 'DENIED', reason: 'no' }]);
});

test('a list that lags shows one that waits again as it was when it was approved, and nothing of what waits', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  const one = `${path}/certifications/${(await certify(member, here)).body.id}`;
  await moim.settle();
  await leader.post(`${one}/approve`);
  // The index as it stands now, also for what is asked after the edit.
  const off = moim.table.faults.add({ kind: 'stale', operation: 'Query', times: 10 });
  await member.patch(one, { text: 'Secret again' });

  const { body } = await other!.get(`${path}/certifications`);

  off();
  expect(body.items).toMatchObject([{ status: 'APPROVED', text: 'Chapter 3' }]);
  expect((await other!.get(`${path}/certifications`)).body.items).toEqual([]);
});

test('a list that lags still shows what was just hidden or deleted, as the contract says; opening it does not', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  const hidden = (await certify(member, here)).body.id;
  const gone = (await certify(other!, here)).body.id;
  await moim.settle();
  for (const id of [hidden, gone]) await leader.post(`${path}/certifications/${id}/approve`);
  const [reader] = await crowd(moim, 1);
  await reader!.post(`${path}/members`);
  const subject = `certification:${hidden}`;
  await other!.post(`${path}/reports`, { subject, reason: 'SPAM' });
  const off = moim.table.faults.add({ kind: 'stale', operation: 'Query', times: 20 });
  await leader.post(`${path}/reports/decisions`, { subject, decision: 'HIDE' });
  await other!.delete(`${path}/certifications/${gone}`);

  const listed = ids((await reader!.get(`${path}/certifications`)).body);
  const opened = await Promise.all([hidden, gone].map((id) => reader!.get(`${path}/certifications/${id}`)));
  off();

  expect(listed.toSorted()).toEqual([hidden, gone].toSorted());
  expect(opened.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(ids((await reader!.get(`${path}/certifications`)).body)).toEqual([]);
});

test('forty-eight that wait are paged, who waits longest first, none twice and none skipped', async () => {
  const [leader] = await crowd(moim, 1);
  const group = await found(leader!);
  const submitted: string[] = [];
  const { groupId, missionId } = group;
  const rest = {
    groupId,
    missionId,
    status: 'WAITING',
    approval: 'LEADER',
    way: 'PHOTO',
    text: '',
    photos: [],
  } as const;
  for (let i = 0; i < 48; i++) {
    // Several were changed in the same millisecond.
    const at = iso(moim.clock.now() + Math.floor(i / 4));
    const certificationId = newId(moim.clock.now());
    const when = { day: '2026-03-02', version: 1, createdAt: at, modifiedAt: at };
    await put(moim, 'Certification', { ...rest, certificationId, accountId: leader!.id, ...when });
    submitted.push(certificationId);
  }
  const list = `${group.path}/certifications?status=WAITING`;

  const pages = await pagesOf(leader!, list, 20);
  const { body: first } = await leader!.get(`${list}&limit=20`);
  const foreign = [
    await leader!.get(`${group.path}/certifications?status=DENIED&cursor=${first.nextCursor}`),
    await leader!.get(`${group.path}/certifications?author=me&cursor=${first.nextCursor}`),
  ];

  expect(pages.map(({ length }) => length)).toEqual([20, 20, 8]);
  expect(new Set(idsOf(pages))).toEqual(new Set(submitted));
  expect(idsOf(pages)).toHaveLength(48);
  const times = pages.flat().map(({ modifiedAt }) => modifiedAt);
  expect(times).toEqual(times.toSorted());
  expect(foreign.map(outcome)).toEqual(['INVALID_CURSOR', 'INVALID_CURSOR']);
});

test('strangers and guests see nothing, and wrong filters are refused', async () => {
  const [leader, stranger] = await crowd(moim, 2);
  const { path } = await found(leader!);

  const refused = [
    await stranger!.get(`${path}/certifications`),
    await stranger!.get(`${path}/certifications/01900000-0000-7000-8000-000000000000`),
    await leader!.get(`${path}/certifications/01900000-0000-7000-8000-000000000000`),
    await leader!.get(`${path}/certifications?status=HIDDEN`),
    await leader!.get(`${path}/certifications?author=${stranger!.id}`),
  ];
  const guest = await moim.guest.get(`${path}/certifications`);

  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(guest.status).toBe(401);
});
