import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { runs } from '../../support/runs.ts';
import { found, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

test('rows 21, 22, 48, 49: the leader edits what a group says of itself, and takes it back', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const news = {
    title: '아침 알고리즘',
    description: 'Before breakfast',
    promise: 'Nobody skips',
    certificationRule: 'A photo',
    category: 'ETC',
    customCategory: 'Morning',
    audience: 'HIGH',
    tags: ['ALGORITHM', 'EARLY_BIRD'],
    recruit: { target: 'Early risers', process: 'Apply', info: 'Every day' },
    capacity: 12,
    allowRejoin: false,
  };

  const edited = await leader.patch(path, { ...news, notice: 'Bring coffee' });
  const own = await member.get(`/v1/accounts/me/groups/${groupId}`);
  const taken = await leader.patch(path, { audience: null, category: 'IT', notice: null });
  const without = await member.get(`/v1/accounts/me/groups/${groupId}`);

  expect(edited.body).toMatchObject(news);
  expect(own.body).toMatchObject({ notice: 'Bring coffee', group: news, leaderId: leader.id, role: 'MEMBER' });
  expect(taken.body).toMatchObject({ audience: null, category: 'IT', customCategory: null, title: news.title });
  expect(without.body.notice).toBeNull();
});

test('row 25: seats that somebody takes between the read and the write are not edited away', async () => {
  const { leader, path, groupId } = await team(moim);
  const third = await someone(moim);

  const refused = await interrupted(
    moim,
    () => third.post(`${path}/members`),
    () => leader.patch(path, { capacity: 2 }),
  );
  const enough = await leader.patch(path, { capacity: 3 });

  expect([refused, enough].map(outcome)).toEqual(['CAPACITY_BELOW_MEMBERS', 200]);
  expect((await itemsOf(moim, 'Group', { groupId }))[0]).toMatchObject({ capacity: 3, memberCount: 3 });
});

test('rows 21, 22, 48: what breaks a limit is named, and nothing is changed', async () => {
  const { leader, path } = await team(moim);
  const before = (await leader.get(path)).body;
  const wrong: readonly [object, string][] = [
    [{}, ''],
    [{ title: 'x'.repeat(51) }, '/title'],
    [{ title: null }, '/title'],
    [{ description: 'x'.repeat(1001) }, '/description'],
    [{ promise: 'x'.repeat(101) }, '/promise'],
    [{ certificationRule: 'x'.repeat(101) }, '/certificationRule'],
    [{ notice: 'x'.repeat(1001) }, '/notice'],
    [{ tags: ['PYTHON', 'JAVA', 'GAME', 'BOOKS'] }, '/tags'],
    [{ capacity: 51 }, '/capacity'],
    [{ capacity: 1 }, '/capacity'],
    [{ kind: 'STUDY' }, '/kind'],
    [{ memberCount: 1 }, '/memberCount'],
    [{ leaderId: leader.id }, '/leaderId'],
    [{ status: 'COMPLETED' }, '/status'],
  ];

  const answers = await Promise.all(wrong.map(([fields]) => leader.patch(path, fields)));
  const word = await leader.patch(path, { customCategory: 'Cooking' });

  expect(answers.map(({ body }) => [body.code, body.errors[0].pointer])).toEqual(
    wrong.map(([, pointer]) => ['INVALID_REQUEST', pointer]),
  );
  expect(outcome(word)).toBe('NOT_APPLICABLE');
  expect((await leader.get(path)).body).toEqual(before);
});

test('row 49: members and strangers edit nothing; of two edits of one version one counts', async () => {
  const { leader, member, path } = await team(moim);
  const [stranger] = await crowd(moim, 1);
  const { headers } = await moim.guest.get(path);
  const ifMatch = { 'if-match': headers.get('etag')! };
  const edit = (title: string) => leader.send('PATCH', path, { body: { title }, headers: ifMatch });

  const both = await Promise.all([edit('One'), edit('Other')]);
  const stale = await edit('Late');
  const others = [await member.patch(path, { title: 'Mine' }), await stranger!.patch(path, { title: 'Mine' })];

  expect(tally(both)).toEqual({ 200: 1, PRECONDITION_FAILED: 1 });
  expect(outcome(stale)).toBe('PRECONDITION_FAILED');
  expect(others.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect((await moim.guest.get(path)).headers.get('etag')).not.toBe(headers.get('etag'));
});

test('row 24: edits at once that name no version are all applied', async () => {
  const [leader] = await crowd(moim, 1);
  const { path } = await found(leader!);

  const titles = ['One', 'Two', 'Three', 'Four', 'Five'];
  const answers = await Promise.all(titles.map((title) => leader!.patch(path, { title })));

  expect(answers.map(outcome)).toEqual([200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body.version)).size).toBe(5);
  expect(titles).toContain((await leader!.get(path)).body.title);
});

test('row 24: the end moves only later, and the members are told in their language; the leader knows', async () => {
  const { leader, member, path, groupId } = await team(moim);
  const to = async (endDate: string) => outcome(await leader.patch(path, { endDate }));

  const tried = [await to('2026-03-14'), await to('2026-03-02'), await to('2026-03-31')];
  await moim.settle();
  const { body: inbox } = await member.get('/v1/notifications');
  const inKorean = await member.get('/v1/notifications', { 'accept-language': 'ko' });
  const { body: own } = await leader.get('/v1/notifications');

  expect(tried).toEqual(['INVALID_PERIOD', 'INVALID_PERIOD', 200]);
  expect(inbox.items).toMatchObject([
    {
      type: 'GROUP_EXTENDED',
      text: 'Algorithms every day now ends on March 31.',
      link: { screen: 'group', groupId },
    },
  ]);
  expect(inKorean.body.items[0].text).toContain('3월 31일까지');
  expect(own.items.filter(({ type }: { type: string }) => type === 'GROUP_EXTENDED')).toEqual([]);
  const [group] = await itemsOf(moim, 'Group', { groupId });
  expect(group.dueAt).toBe('2026-03-31T15:00:00.000Z');
});

test('row 25: seats are never fewer than the members, also when somebody joins at that moment', async () => {
  for (let round = 0; round < runs(3); round++) {
    const [leader, first, second] = await crowd(moim, 3);
    const { path, groupId } = await found(
      leader!,
      { capacity: 5, startDate: undefined, endDate: '2026-04-30' },
      first!,
    );

    const [edit, join] = await Promise.all([leader!.patch(path, { capacity: 2 }), second!.post(`${path}/members`)]);

    const [group] = await itemsOf(moim, 'Group', { groupId });
    const members = await itemsOf(moim, 'Membership', { groupId, state: 'ACTIVE' });
    expect(group.memberCount).toBe(members.length);
    expect(group.capacity).toBeGreaterThanOrEqual(members.length);
    expect([200, 'CAPACITY_BELOW_MEMBERS', 'PRECONDITION_FAILED']).toContain(outcome(edit));
    expect([201, 'GROUP_FULL', 'TRY_AGAIN']).toContain(outcome(join));
  }
  const { leader, path } = await team(moim);
  expect(outcome(await leader.patch(path, { capacity: 2 }))).toBe(200);
  const [third] = await crowd(moim, 1);
  expect(outcome(await third!.post(`${path}/members`))).toBe('GROUP_FULL');
});

test('what an edit costs: one look at the group and the own part, one transaction', async () => {
  const { leader, path } = await team(moim);
  await leader.patch(path, { title: 'Cheap' });

  expect(costOf(moim, 'editGroup')).toMatchObject({ requests: 2, roundTrips: 2 });
  await moim.guest.get(path);
  expect(costOf(moim, 'getGroup')).toMatchObject({ requests: 1, roundTrips: 1 });
  await leader.get(path.replace('/v1/', '/v1/accounts/me/'));
  expect(costOf(moim, 'getOwnGroup')).toMatchObject({ requests: 1, roundTrips: 1 });
});

test('row 24: a group without an end may get one; what is over is not extended, and the deadline stays before the start', async () => {
  const leader = await someone(moim, 'gaon');
  const { body: room } = await leader.post('/v1/groups', { kind: 'OPEN_ROOM', title: 'Room', category: 'TEST' });
  const { path } = await found(leader, { startDate: '2026-03-03', endDate: '2026-03-04' });
  const edit = async (where: string, body: object) => outcome(await leader.patch(where, body));

  const roomEnds = [
    await edit(`/v1/groups/${room.id}`, { endDate: '2026-03-02' }),
    await edit(`/v1/groups/${room.id}`, { endDate: '2026-03-08' }),
    await edit(`/v1/groups/${room.id}`, { endDate: '2026-03-07' }),
  ];
  const deadlines = [
    await edit(path, { recruitUntil: '2026-03-04' }),
    await edit(path, { recruitUntil: '2026-03-01' }),
    await edit(path, { recruitUntil: '2026-03-02' }),
    await edit(path, { recruitUntil: null }),
  ];
  await at(moim, '2026-03-04T15:00:00Z', leader);
  const late = await edit(path, { endDate: '2026-03-10' });

  expect(roomEnds).toEqual(['INVALID_PERIOD', 200, 'INVALID_PERIOD']);
  expect(deadlines).toEqual(['INVALID_PERIOD', 'INVALID_PERIOD', 200, 200]);
  expect(late).toBe('NOT_APPLICABLE');
});

test('row 32, report 6: a partial recruit post keeps what it does not say', async () => {
  const { leader, path } = await team(moim, { startDate: undefined, endDate: '2026-12-01' });
  await leader.patch(path, { recruit: { title: 'T', target: 'Beginners' } });

  const { body } = await leader.patch(path, { recruit: { info: 'Bring a book', target: '' } });
  const unknown = await leader.patch(path, { recruit: { place: 'Here' } });

  expect(body.recruit).toEqual({ title: 'T', target: '', process: '', info: 'Bring a book' });
  expect(outcome(unknown)).toBe('INVALID_REQUEST');
});
