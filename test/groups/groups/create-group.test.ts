import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { challenge, useMoim } from '../../support/moim.ts';
import { at, crowd, someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

test('rows 20, 51: the founder leads the challenge, has the first seat and its repeat mission', async () => {
  const ari = await someone(moim, 'ari');

  const { status, body, headers } = await ari.post(
    '/v1/groups',
    challenge({ title: ' 알고리즘 ', promise: 'Nobody skips' }),
  );

  const [members, missions, own] = await Promise.all([
    ari.get(`/v1/groups/${body.id}/members`),
    ari.get(`/v1/groups/${body.id}/missions`),
    ari.get('/v1/accounts/me/groups'),
  ]);
  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`/v1/groups/${body.id}`);
  expect(body).toMatchObject({
    title: '알고리즘',
    promise: 'Nobody skips',
    description: '',
    memberCount: 1,
    status: 'IN_PROGRESS',
    joinPolicy: 'INSTANT',
    timeZone: 'Asia/Seoul',
  });
  expect(body).not.toHaveProperty('leaderId');
  expect(members.body.items).toMatchObject([{ accountId: ari.id, nickname: 'ari', role: 'LEADER' }]);
  expect(missions.body.items).toMatchObject([{ kind: 'REPEAT', way: 'PHOTO', timesPerWeek: 7, title: '알고리즘' }]);
  expect(own.body.items.map((each: { group: { id: string } }) => each.group.id)).toEqual([body.id]);
});

test('row 21, #14, #15: a title that cannot be seen or turns what is around it is refused, whatever is counted', async () => {
  const ari = await someone(moim);
  const found = (title: string) => ari.post('/v1/groups', challenge({ title }));

  const refused = [];
  for (const title of ['\u3164', '\u200b\u200b', 'plan\u202egnp.exe', 'a\u2066b', 'a\ud800b', 'a\nb', ` \u3000 `])
    refused.push(await found(title));
  const kept = [];
  for (const title of ['❤️'.repeat(25), ' 매일 \u3000 운동 '.normalize('NFD')])
    kept.push((await found(title)).body.title);

  expect(refused.map(outcome)).toEqual(Array(7).fill('INVALID_REQUEST'));
  expect(kept).toEqual(['❤️'.repeat(25), '매일 운동']);
});

test('row 23: the first day is today or later in the group’s zone; it may be the last as well', async () => {
  const [ari] = await crowd(moim, 1);
  const found = (startDate: string, endDate: string, timeZone: string) =>
    ari!.post('/v1/groups', challenge({ startDate, endDate, timeZone }));

  const answers = await Promise.all([
    found('2026-03-02', '2026-03-02', 'Asia/Seoul'),
    found('2026-03-01', '2026-03-02', 'Asia/Seoul'),
    // Noon of the 2nd in Seoul is the evening of the 1st in Los Angeles and already the 3rd nowhere.
    found('2026-03-01', '2026-03-01', 'America/Los_Angeles'),
    found('2026-02-28', '2026-03-01', 'America/Los_Angeles'),
    found('2026-03-05', '2026-03-04', 'Asia/Seoul'),
  ]);
  const inKorean = await ari!.send<Record<string, unknown>>('POST', '/v1/groups', {
    body: challenge({ startDate: '2026-03-01', endDate: '2026-02-28' }),
    headers: { 'accept-language': 'ko' },
  });

  expect(answers.map(outcome)).toEqual([201, 'INVALID_PERIOD', 201, 'INVALID_PERIOD', 'INVALID_PERIOD']);
  expect(answers[4]!.body.errors).toEqual([
    { pointer: '/endDate', reason: 'The last day cannot be before the first day.' },
  ]);
  expect((inKorean.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
    '/startDate',
    '/endDate',
  ]);
});

test('rows 21, 22, 25: what breaks a limit is named, and nothing is founded', async () => {
  const [ari] = await crowd(moim, 1);
  const before = (await itemsOf(moim, 'Group')).length;
  const wrong: readonly [object, string][] = [
    [{ title: '' }, '/title'],
    [{ title: 'x'.repeat(51) }, '/title'],
    [{ title: 'two\nlines' }, '/title'],
    [{ description: 'x'.repeat(1001) }, '/description'],
    [{ promise: 'x'.repeat(101) }, '/promise'],
    [{ certificationRule: 'x'.repeat(101) }, '/certificationRule'],
    [{ category: 'COOKING' }, '/category'],
    [{ category: 'IT', customCategory: 'Cooking' }, '/customCategory'],
    [{ category: 'ETC', customCategory: 'x'.repeat(11) }, '/customCategory'],
    [{ tags: ['PYTHON', 'JAVA', 'GAME', 'BOOKS'] }, '/tags'],
    [{ tags: ['PYTHON', 'PYTHON'] }, '/tags'],
    [{ tags: ['COOKING'] }, '/tags/0'],
    [{ kind: 'BAND' }, '/kind'],
    // A frequency is a challenge's, and a challenge has one.
    [{ kind: 'STUDY' }, '/frequency'],
    [{ frequency: undefined }, '/frequency'],
    [{ capacity: 1 }, '/capacity'],
    [{ capacity: 51 }, '/capacity'],
    [{ capacity: 501 }, '/capacity'],
    [{ capacity: 2.5 }, '/capacity'],
    [{ capacity: '10' }, '/capacity'],
    [{ startDate: '2026-02-30' }, '/startDate'],
    [{ endDate: '15.3.2026' }, '/endDate'],
    [{ timeZone: '+09:00' }, '/timeZone'],
    [{ frequency: { every: 'WEEK', times: 7 } }, '/frequency/times'],
    [{ frequency: { every: 'DAY', times: 1 } }, '/frequency/times'],
    [{ memberCount: 50 }, '/memberCount'],
    [{ leaderId: ari!.id }, '/leaderId'],
  ];

  const answers = await Promise.all(wrong.map(([fields]) => ari!.post('/v1/groups', challenge(fields))));

  expect(answers.map(({ status, body }) => [status, body.code, body.errors[0].pointer])).toEqual(
    wrong.map(([, pointer]) => [422, 'INVALID_REQUEST', pointer]),
  );
  expect(await itemsOf(moim, 'Group')).toHaveLength(before);
});

test('a guest, broken JSON, another type and too much text are refused before anything is read', async () => {
  const [ari] = await crowd(moim, 1);
  const raw = (body: string, type = 'application/json') =>
    ari!.send<{ code: string }>('POST', '/v1/groups', { raw: body, headers: { 'content-type': type } });

  const refused = [
    await raw('{"title":'),
    await raw(JSON.stringify(challenge()), 'text/plain'),
    await raw(JSON.stringify(challenge({ description: 'x'.repeat(33_000) }))),
    await raw('[]'),
  ];
  const guest = await moim.guest.post('/v1/groups', challenge());

  expect(refused.map(outcome)).toEqual([
    'MALFORMED_BODY',
    'UNSUPPORTED_MEDIA_TYPE',
    'BODY_TOO_LARGE',
    'INVALID_REQUEST',
  ]);
  expect(guest.status).toBe(401);
});

test('row 122: without a key the same request founds two groups, with one key, also twice at once, one', async () => {
  const [ari] = await crowd(moim, 1);
  const headers = key();

  const without = await Promise.all([1, 2].map(() => ari!.post('/v1/groups', challenge())));
  const keyed = await Promise.all(Array.from({ length: 5 }, () => ari!.post('/v1/groups', challenge(), headers)));
  const later = await ari!.post('/v1/groups', challenge(), headers);
  const other = await ari!.post('/v1/groups', challenge({ title: 'Another' }), headers);

  const ids = [...keyed, later].map(({ body }) => body.id);
  expect(new Set(without.map(({ body }) => body.id)).size).toBe(2);
  expect(new Set(ids).size).toBe(1);
  expect(later.headers.get('location')).toBe(`/v1/groups/${later.body.id}`);
  expect(outcome(other)).toBe('IDEMPOTENCY_KEY_REUSED');
  const leads = await itemsOf(moim, 'Membership', { accountId: ari!.id });
  expect(leads).toHaveLength(3);
});

test('whatever the table does at whichever request, one group stands with its leader and mission', async () => {
  await atEachRequest(
    moim,
    1,
    async () => {
      const [ari] = await crowd(moim, 1);
      return { ari: ari!, groupId: ari!.id, headers: key() };
    },
    ({ ari, headers }) => ari.post('/v1/groups', challenge(), headers),
    async ({ ari }, again, fault) => {
      const leads = await itemsOf(moim, 'Membership', { accountId: ari.id });
      const missions = await itemsOf(moim, 'Mission', { groupId: again.body.id });
      expect([fault, outcome(again), leads.length, missions.length]).toEqual([fault, 201, 1, 1]);
    },
  );
});

test('row 122: a key is kept for a day; then it is a new one', async () => {
  const ari = await someone(moim, 'bora');
  const more = challenge({ startDate: '2026-03-10' });
  const headers = key();
  const first = await ari.post('/v1/groups', more, headers);

  await at(moim, '2026-03-03T02:59:59.000Z', ari);
  const within = await ari.post('/v1/groups', more, headers);
  await at(moim, '2026-03-03T03:00:01.000Z', ari);
  const after = await ari.post('/v1/groups', more, headers);

  expect([within, after].map(({ body }) => body.id === first.body.id)).toEqual([true, false]);
});

test('report 9: a zone is given back as it was written', async () => {
  const [ari] = await crowd(moim, 1);
  const zones = ['Asia/Kathmandu', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'Asia/Ho_Chi_Minh'];

  const founded = await Promise.all(
    zones.map((timeZone) =>
      ari!.post('/v1/groups', challenge({ timeZone, startDate: undefined, endDate: '2026-12-01' })),
    ),
  );
  const profile = await ari!.patch('/v1/accounts/me', { timeZone: 'Asia/Kolkata' });

  expect(founded.map(({ body }) => body.timeZone)).toEqual(zones);
  expect(profile.body.timeZone).toBe('Asia/Kolkata');
});
