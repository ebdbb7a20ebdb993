import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { jpeg, upload, useMoim } from '../../support/moim.ts';
import { at, crowd } from '../../support/people.ts';
import { outcome, tally } from '../../support/replies.ts';
import { certify, found, leave, team } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

test('rows 53-55: a member’s certification waits, the leader is told, and nobody else sees it', async () => {
  const here = await team(moim);
  const { leader, member, path } = here;
  const [other] = await crowd(moim, 1);
  await other!.post(`${path}/members`);
  await moim.clock.advance(1);

  const { status, body, headers } = await certify(member, here, { link: 'https://example.com/notes' });

  await moim.settle();
  const one = `${path}/certifications/${body.id}`;
  const [inbox, own, seen] = await Promise.all([
    leader.get('/v1/notifications'),
    member.get('/v1/notifications'),
    Promise.all([member, leader, other!].map(async (who) => outcome(await who.get(one)))),
  ]);
  expect(status).toBe(201);
  expect(headers.get('location')).toBe(one);
  expect(headers.get('etag')).toBe('"1"');
  expect(body).toMatchObject({
    status: 'WAITING',
    author: { id: member.id, nickname: member.nickname },
    text: 'Chapter 3',
    link: 'https://example.com/notes',
    reason: null,
    day: '2026-03-02',
    version: 1,
  });
  expect(inbox.body.items[0]).toMatchObject({
    type: 'CERTIFICATION_SUBMITTED',
    text: `${member.nickname} submitted a certification in Algorithms every day. Please review it.`,
    link: { screen: 'certification', certificationId: body.id },
  });
  expect(own.body.items).toEqual([]);
  expect(seen).toEqual([200, 200, 'NOT_FOUND']);
  expect((await member.get('/v1/accounts/me')).body.bricks).toBe(0);
});

test('rows 54, 125: a leader’s certification waits for nobody, unless they hand the group over at that moment', async () => {
  const here = await team(moim);
  const { leader, member, path, groupId } = here;
  const handOver = () => leader.put(`${path}/leader`, { accountId: member.id });

  const uploadIds = [await upload(leader, groupId)];
  const submit = () => leader.post(`${path}/missions/${here.missionId}/certifications`, { uploadIds });
  const submitted = await interrupted(moim, handOver, submit);

  expect(submitted).toMatchObject({ status: 201, body: { status: 'WAITING' } });
  expect(await itemsOf(moim, 'Brick', { accountId: leader.id })).toEqual([]);
});

test('rows 54, 67: the leader’s own is approved at once, worth a brick, and nobody is told', async () => {
  const here = await team(moim);

  const { body } = await certify(here.leader, here);

  await moim.settle();
  expect(body.status).toBe('APPROVED');
  expect((await here.leader.get('/v1/accounts/me')).body.bricks).toBe(1);
  expect(await itemsOf(moim, 'Outbox', { actorId: here.leader.id })).toEqual([]);
  expect((await here.member.get(`${here.path}/certifications/${body.id}`)).status).toBe(200);
});

test('row 53: one a day: neither a second nor ten at once, with or without a key', async () => {
  const here = await team(moim);
  const path = `${here.path}/missions/${here.missionId}/certifications`;
  const uploads = await Promise.all(Array.from({ length: 10 }, () => upload(here.member, here.groupId)));

  const race = await Promise.all(uploads.map((uploadId) => here.member.post(path, { uploadIds: [uploadId] }, key())));
  await moim.clock.advance(5000);
  const second = await certify(here.member, here);

  expect(tally(race)).toEqual({ 201: 1, CERTIFICATION_LIMIT: 9 });
  expect(outcome(second)).toBe('CERTIFICATION_LIMIT');
  expect(await itemsOf(moim, 'Certification', { groupId: here.groupId })).toHaveLength(1);
  expect(await itemsOf(moim, 'MissionWeek', { accountId: here.member.id })).toMatchObject([
    { missionId: here.missionId, week: '2026-W10', '2026-03-02': 1, total: 1, waitTotal: 1, n: 1, until: '2026-03-08' },
  ]);
});

test('row 53: not twice within five seconds, also in another group; in the sixth it is taken', async () => {
  const here = await team(moim);
  const there = await found(here.leader, {}, here.member);

  const first = await certify(here.member, here);
  await moim.clock.advance(4999);
  const tooSoon = await certify(here.member, there);
  await moim.clock.advance(1);
  const then = await certify(here.member, there);

  expect([first, tooSoon, then].map(outcome)).toEqual([201, 'TOO_MANY_REQUESTS', 201]);
  expect(tooSoon.headers.get('retry-after')).toBe('5');
});

test('row 122: the same request again is the first one’s answer, also ten at once', async () => {
  const here = await team(moim);
  const path = `${here.path}/missions/${here.missionId}/certifications`;
  const uploadIds = [await upload(here.member, here.groupId)];
  const headers = key();

  const race = await Promise.all(Array.from({ length: 10 }, () => here.member.post(path, { uploadIds }, headers)));
  const again = await here.member.post(path, { uploadIds }, headers);
  const without = await here.member.post(path, { uploadIds });

  expect(new Set([...race, again].map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  expect(again.headers.get('etag')).toBe('"1"');
  expect(outcome(without)).toBe('CERTIFICATION_LIMIT');
  await moim.settle();
  expect((await here.leader.get('/v1/notifications')).body.unread).toBe(2);
});

test('one upload in two certifications of a day at once is in one of them, and in none of another group', async () => {
  const here = await team(moim);
  const there = await found(here.leader, {}, here.member);
  const uploadIds = [await upload(here.member, here.groupId)];
  const submit = (missionId: string) =>
    here.member.post(`${here.path}/missions/${missionId}/certifications`, { uploadIds });

  const race = await Promise.all([submit(here.missionId), submit(here.missionId)]);
  const elsewhere = await submit(there.missionId);

  expect(race.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(outcome(elsewhere)).toBe('NOT_FOUND');
  expect(await itemsOf(moim, 'Certification', { groupId: here.groupId })).toHaveLength(1);
});

test('row 51: without a photo it is refused, and what breaks a limit is named', async () => {
  const here = await team(moim);
  const submit = (body: object) => here.member.post(`${here.path}/missions/${here.missionId}/certifications`, body);
  const unknown = '01900000-0000-7000-8000-000000000000';

  const answers = await Promise.all([
    submit({ text: 'Believe me' }),
    submit({ uploadIds: ['no-id'] }),
    submit({ uploadIds: [unknown], text: 'x'.repeat(1001) }),
    submit({ uploadIds: [unknown], link: 'javascript:alert(1)' }),
    submit({ uploadIds: [unknown], link: 'https://google.com@evil.example/' }),
    submit({ uploadIds: [unknown], link: `https://example.com/${'x'.repeat(500)}` }),
    submit({ uploadIds: [unknown], status: 'APPROVED' }),
  ]);

  expect(answers.map(({ body }) => [body.code, body.errors[0].pointer])).toEqual(
    ['/uploadIds', '/uploadIds/0', '/text', '/link', '/link', '/link', '/status'].map((pointer) => [
      'INVALID_REQUEST',
      pointer,
    ]),
  );
  expect(answers[0]!.body.errors[0].reason).toBe('Add what this mission asks for as evidence.');
});

test('strangers, guests, those who left and missions of other groups are refused', async () => {
  const here = await team(moim);
  const there = await found(here.leader);
  const [stranger] = await crowd(moim, 1);
  const submit = (who: typeof stranger, path: string, missionId: string) =>
    who!.post(`${path}/missions/${missionId}/certifications`, { text: 'x' });

  const refused = [
    await submit(stranger, here.path, here.missionId),
    await submit(here.member, here.path, there.missionId),
    await submit(here.member, there.path, there.missionId),
  ];
  const guest = await moim.guest.post(`${here.path}/missions/${here.missionId}/certifications`);
  const uploadIds = [await upload(here.member, here.groupId)];
  await leave(here.member, here);
  const left = await here.member.post(`${here.path}/missions/${here.missionId}/certifications`, { uploadIds });

  expect([...refused, left].map(outcome)).toEqual(Array(4).fill('NOT_FOUND'));
  expect(guest.status).toBe(401);
});

test('whatever the table does at whichever request, a repetition with the key ends in one certification', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader] = await crowd(moim, 1);
      const group = await found(leader!);
      return { leader: leader!, ...group, uploadIds: [await upload(leader!, group.groupId, jpeg)], headers: key() };
    },
    ({ leader, path, missionId, uploadIds, headers }) =>
      leader.post(`${path}/missions/${missionId}/certifications`, { uploadIds }, headers),
    async ({ leader, groupId }, again, fault) => {
      const certifications = await itemsOf(moim, 'Certification', { groupId });
      const [week] = await itemsOf(moim, 'MissionWeek', { accountId: leader.id });
      const bricks = await itemsOf(moim, 'Brick', { accountId: leader.id });
      expect([fault, outcome(again), certifications.length, week?.total, bricks.length]).toEqual([fault, 201, 1, 1, 1]);
    },
  );
});

test('rows 51, 53: twice a week are two, whichever days, and Monday begins another week', async () => {
  const here = await team(moim, { frequency: { every: 'WEEK', times: 2 } });
  const days = ['2026-03-04', '2026-03-07', '2026-03-08', '2026-03-09'];
  const outcomes: unknown[] = [];

  for (const day of days) {
    await at(moim, `${day}T03:00:00Z`, here.member);
    outcomes.push(outcome(await certify(here.member, here)));
  }

  expect(outcomes).toEqual([201, 201, 'CERTIFICATION_LIMIT', 201]);
});

test('row 51, report 14: on a Saturday nothing is asked of a weekday mission, and on a Friday nothing of a weekend one', async () => {
  await moim.clock.advanceTo(Date.parse('2026-03-13T03:00:00Z'));
  const period = { startDate: '2026-03-13', endDate: '2026-03-31' };
  const weekday = await team(moim, { ...period, frequency: { every: 'WEEKDAY' } });
  const weekend = await found(weekday.leader, { ...period, frequency: { every: 'WEEKEND' } }, weekday.member);
  const both = async () => {
    const first = outcome(await certify(weekday.member, weekday));
    await moim.clock.advance(5000);
    return [first, outcome(await certify(weekday.member, weekend))];
  };

  const friday = await both();
  await at(moim, '2026-03-14T03:00:00Z', weekday.member);
  const saturday = await both();

  expect([friday, saturday]).toEqual([
    [201, 'NOT_ON_WEEKDAY'],
    ['NOT_ON_WEEKDAY', 201],
  ]);
});

test('row 42: taken from the first day to one day after the last, by the wall clock of the group’s zone', async () => {
  await moim.clock.advanceTo(Date.parse('2026-10-25T00:00:00Z'));
  const period = { startDate: '2026-10-31', endDate: '2026-11-01' };
  // Clocks go back in Los Angeles on the 1st of November: the day has 25 hours.
  const west = await team(moim, { ...period, timeZone: 'America/Los_Angeles' });
  const seoul = await found(west.leader, { ...period, timeZone: 'Asia/Seoul' }, west.member);
  const instants = [
    '2026-10-30T14:59:59Z', // before midnight in Seoul
    '2026-10-30T15:00:05Z', // the 31st in Seoul, still the 30th in Los Angeles
    '2026-10-31T06:59:59Z', // before midnight in Los Angeles
    '2026-10-31T07:00:04Z', // the 31st in both
    '2026-11-01T07:00:00Z', // the 1st in Los Angeles
    '2026-11-02T07:59:59Z', // its 25th hour: still the 1st
    '2026-11-02T08:00:09Z', // the 2nd: a day after the last
    '2026-11-03T08:00:00Z', // over
  ];
  const outcomes: unknown[][] = [];

  for (const instant of instants) {
    await at(moim, instant, west.member);
    const inWest = outcome(await certify(west.member, west));
    await moim.clock.advance(5000);
    outcomes.push([inWest, outcome(await certify(west.member, seoul))]);
  }

  const days = async (groupId: string) =>
    (await itemsOf(moim, 'Certification', { groupId })).map(({ day }) => day).sort();
  expect(outcomes).toEqual([
    ['NOT_IN_PERIOD', 201],
    ['NOT_IN_PERIOD', 'CERTIFICATION_LIMIT'],
    ['NOT_IN_PERIOD', 'CERTIFICATION_LIMIT'],
    [201, 'CERTIFICATION_LIMIT'],
    [201, 201],
    ['CERTIFICATION_LIMIT', 201],
    [201, 'CERTIFICATION_LIMIT'],
    ['NOT_IN_PERIOD', 'NOT_IN_PERIOD'],
  ]);
  expect(await days(west.groupId)).toEqual(['2026-10-31', '2026-11-01', '2026-11-02']);
  expect(await days(seoul.groupId)).toEqual(['2026-10-31', '2026-11-01', '2026-11-02']);
});
