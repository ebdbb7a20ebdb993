import { interrupted } from '../../support/between.ts';
import { upload, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { bricksOf, submittedIn } from './support.ts';

const moim = useMoim();

test('rows 56, 67: editing an approved one makes it wait again, takes the brick back and tells the leader', async () => {
  const { leader, member, one, body } = await submittedIn(moim);
  await leader.post(`${one}/approve`);
  const earned = await bricksOf(moim, member.id);
  const before = (await leader.get('/v1/notifications')).body.unread;

  const edited = await member.patch(one, { text: 'Chapter 4' });

  await moim.settle();
  const after = (await leader.get('/v1/notifications')).body.unread;
  expect(earned).toEqual([1, 1]);
  expect(edited.status).toBe(200);
  expect(edited.headers.get('etag')).toBe('"3"');
  expect(edited.body).toMatchObject({ status: 'WAITING', text: 'Chapter 4', version: 3, createdAt: body.createdAt });
  expect(edited.body.images).toHaveLength(1);
  expect(await bricksOf(moim, member.id)).toEqual([0, 0]);
  expect(after).toBe(before + 1);

  const again = await leader.post(`${one}/approve`);
  expect(again.body).toMatchObject({ status: 'APPROVED', version: 4 });
  expect(await bricksOf(moim, member.id)).toEqual([1, 1]);
});

test('row 56: editing a denied one drops the reason; one that waits goes on waiting and nobody is told again', async () => {
  const { leader, member, one } = await submittedIn(moim);
  await member.patch(one, { text: 'Twice' });
  await moim.settle();
  const told = (await itemsOf(moim, 'Outbox', { actorId: member.id, notice: 'CERTIFICATION_SUBMITTED' })).length;
  await leader.post(`${one}/deny`, { reason: 'Unreadable' });

  const edited = await member.patch(one, { link: 'https://example.com/a' });
  const unlinked = await member.patch(one, { link: null });

  expect(told).toBe(1);
  expect(edited.body).toMatchObject({ status: 'WAITING', reason: null, link: 'https://example.com/a', text: 'Twice' });
  expect(unlinked.body).toMatchObject({ link: null, version: 5 });
  expect((await member.get(one)).body).toMatchObject({ status: 'WAITING', reason: null, link: null });
});

test('row 54: the leader’s own stays approved and keeps its brick', async () => {
  const here = await team(moim);
  const { body } = await certify(here.leader, here);

  const edited = await here.leader.patch(`${here.path}/certifications/${body.id}`, { text: 'Better' });

  expect(edited.body).toMatchObject({ status: 'APPROVED', version: 2 });
  expect(await bricksOf(moim, here.leader.id)).toEqual([1, 1]);
});

test('new images take the place of all, also one that was used before; foreign and no images are refused', async () => {
  const { leader, member, groupId, one } = await submittedIn(moim);
  const [first, second] = [await upload(member, groupId), await upload(member, groupId)];
  const foreign = await upload(leader, groupId);

  const edited = await member.patch(one, { uploadIds: [first, second] });
  const again = await member.patch(one, { uploadIds: [first] });
  const others = await member.patch(one, { uploadIds: [foreign] });
  const none = await member.patch(one, { uploadIds: [] });

  expect(edited.body.images).toHaveLength(2);
  expect([again, others].map(outcome)).toEqual([200, 'UPLOAD_INVALID']);
  expect(again.body.images[0].split('?')[0]).toBe(edited.body.images[0].split('?')[0]);
  expect(none).toMatchObject({ status: 422, body: { errors: [{ pointer: '/uploadIds' }] } });
  expect((await member.get(one)).body).toMatchObject({ version: 3 });
});

test('If-Match: an older version is refused and nothing changes; so are all but one of five edits at once', async () => {
  const { member, one } = await submittedIn(moim);
  const edit = (text: string, version?: string) =>
    member.send<Record<string, unknown>>('PATCH', one, {
      body: { text },
      headers: version === undefined ? {} : { 'if-match': version },
    });

  const right = await edit('Second', '"1"');
  const stale = await edit('Third', '"1"');
  const after = (await member.get(one)).body;
  const race = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => edit(text, '"2"')));

  expect([right, stale].map(outcome)).toEqual([200, 'PRECONDITION_FAILED']);
  expect(after).toMatchObject({ text: 'Second', version: 2 });
  expect(tally(race)).toEqual({ 200: 1, PRECONDITION_FAILED: 4 });
  expect((await member.get(one)).body.version).toBe(3);
});

test('an edit after an approval waits again, an approval after an edit holds', async () => {
  const [first, second] = [await submittedIn(moim), await submittedIn(moim)];

  await first.leader.post(`${first.one}/approve`);
  await first.member.patch(first.one, { text: 'New' });
  await second.member.patch(second.one, { text: 'New' });
  await second.leader.post(`${second.one}/approve`);

  expect((await first.member.get(first.one)).body).toMatchObject({ status: 'WAITING', text: 'New', version: 3 });
  expect((await second.member.get(second.one)).body).toMatchObject({ status: 'APPROVED', text: 'New', version: 3 });
  expect([await bricksOf(moim, first.member.id), await bricksOf(moim, second.member.id)]).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('an edit and an approval at once leave a state that one of the two orders explains, or that of one alone', async () => {
  const { leader, member, one } = await submittedIn(moim);

  const [edit, approval] = await Promise.all([member.patch(one, { text: 'New' }), leader.post(`${one}/approve`)]);

  const { body } = await member.get(one);
  const won = [edit, approval].filter(({ status }) => status === 200).length;
  expect(won).toBeGreaterThanOrEqual(1);
  expect(body.version).toBe(1 + won);
  const versionOf = ({ status, body: after }: typeof edit) => (status === 200 ? after.version : 0);
  expect(body.status).toBe(versionOf(edit) > versionOf(approval) ? 'WAITING' : 'APPROVED');
  expect(await bricksOf(moim, member.id)).toEqual(body.status === 'APPROVED' ? [1, 1] : [0, 0]);
});

test('an edit whose answer was lost is done once', async () => {
  const { member, leader, one } = await submittedIn(moim);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'UpdateItem' });
  const alone = await member.patch(one, { text: 'Alone' });
  await leader.post(`${one}/approve`);
  moim.table.faults.add({ kind: 'timeoutAfter', operation: 'TransactWriteItems' });
  const together = await member.patch(one, { text: 'With its brick' });

  expect([alone.body.version, together.body.version]).toEqual([2, 4]);
  expect((await member.get(one)).body).toMatchObject({ text: 'With its brick', version: 4, status: 'WAITING' });
  expect(await bricksOf(moim, member.id)).toEqual([0, 0]);
});

test('nobody else edits, neither the leader; empty and unknown fields are refused', async () => {
  const { leader, member, one, path } = await submittedIn(moim);
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  await leader.post(`${one}/approve`);

  const refused = [
    await leader.patch(one, { text: 'x' }),
    await other!.patch(one, { text: 'x' }),
    await member.patch(one, {}),
    await member.patch(one, { status: 'APPROVED' }),
    await member.patch(one, { day: '2026-03-01' }),
    await member.patch(`${path}/certifications/nonsense`, { text: 'x' }),
  ];
  const guest = await moim.guest.patch(one, { text: 'x' });

  expect(refused.map(outcome)).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    'NOT_FOUND',
  ]);
  expect(guest.status).toBe(401);
  expect(await bricksOf(moim, member.id)).toEqual([1, 1]);
});

test('row 125: a leader who hands the group over while they edit approves nothing by it', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const { body } = await certify(leader, here);
  const one = `${path}/certifications/${body.id}`;
  const handOver = () => leader.put(`${path}/leader`, { accountId: member.id });

  const edited = await interrupted(moim, handOver, () => leader.patch(one, { text: 'Chapter 5' }));

  expect(body.status).toBe('APPROVED');
  expect(edited.body).toMatchObject({ status: 'WAITING', text: 'Chapter 5' });
  expect(await bricksOf(moim, leader.id)).toEqual([0, 0]);
});
