import { fairUse } from '../../../shared/product/fair-use-limits.ts';
import { key } from '../../support/actor.ts';
import { interrupted } from '../../support/between.ts';
import { atEachRequest } from '../../support/faults.ts';
import { useMoim } from '../../support/moim.ts';
import { at, crowd, renew, someone } from '../../support/people.ts';
import { costOf, outcome, tally } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { administrator, group, groupOf, inboxOf } from '../memberships/support.ts';

const moim = useMoim();
type Who = { post: typeof moim.guest.post; get: typeof moim.guest.get };
const secret = (leader: Parameters<typeof group>[0], more = {}) => group(leader, 'PRIVATE_GROUP', more);
const renewCode = async (leader: Who, path: string): Promise<string> =>
  (await leader.post(`${path}/invite-code/renew`)).body.code;
const linkOf = async (leader: Who, path: string, body = {}) => (await leader.post(`${path}/invite-links`, body)).body;
const accept = (who: Who, body: object, headers = {}) => who.post('/v1/invitations/accept', body, headers);
const look = (who: Who, body: object) => who.post('/v1/invitations/look', body);
const wrongCode = 'AAAAAAAAAAAAAAAAAAAAAAAAAA';

test('row 30: a link leads to the site on which the leader is; of any other site, and of an app, to the first one', async () => {
  const leader = await someone(moim);
  const { path } = await secret(leader);
  const from = async (origin?: string) => {
    const { body } = await leader.post(`${path}/invite-links`, {}, origin === undefined ? {} : { origin });
    return new URL(body.url).origin;
  };

  expect([await from('http://localhost:5173'), await from('https://evil.example'), await from()]).toEqual([
    'http://localhost:5173',
    'https://dev.moim.example',
    'https://dev.moim.example',
  ]);
});

test('row 29: only the leader sees and renews the code, and whoever has it joins a group that shows itself to nobody', async () => {
  const [leader, member, stranger] = [await someone(moim), await someone(moim, 'bora29'), await someone(moim)];
  const { groupId, path } = await secret(leader);

  const none = await leader.get(`${path}/invite-code`);
  const code = await renewCode(leader, path);
  const shown = await leader.get(`${path}/invite-code`);
  const seen = await look(member, { code });
  const joined = await accept(member, { code: ` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)} ` });
  const cost = costOf(moim, 'acceptInvitation');
  const refused = [
    await member.get(`${path}/invite-code`),
    await member.post(`${path}/invite-code/renew`),
    await member.post(`${path}/invite-links`),
    await stranger.get(`${path}/invite-code`),
    await stranger.post(`${path}/members`),
    await accept(member, { code }),
  ];
  await moim.settle();

  expect(none.body).toEqual({ code: null, inviteCode: null, renewedAt: null });
  expect(code).toMatch(/^[A-Z2-7]{26}$/);
  // The name that takes it, and the one that clients of before know.
  expect(shown.body).toEqual({ code, inviteCode: code, renewedAt: '2026-03-02T03:00:00.000Z' });
  expect(seen.body).toEqual({
    id: groupId,
    kind: 'PRIVATE_GROUP',
    title: 'Quiet hours',
    description: '',
    promise: '',
    category: 'READING',
    capacity: 10,
    memberCount: 1,
    endDate: null,
  });
  expect(joined).toMatchObject({ status: 201, body: { groupId, role: 'MEMBER' } });
  // Where the code leads; who stands there; the transaction.
  expect(cost).toMatchObject({ requests: 3, roundTrips: 3 });
  expect(refused.map(outcome)).toEqual([...Array(5).fill('NOT_FOUND'), 'ALREADY_MEMBER']);
  expect(await inboxOf(leader)).toContain('GROUP_JOINED bora29 joined Quiet hours.');
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
});

test('row 29: a code that is renewed between the read and the write lets nobody in', async () => {
  const [leader, member] = [await someone(moim), await someone(moim)];
  const { groupId, path } = await secret(leader);
  const renewing = () => renewCode(leader, path);

  const code = await renewCode(leader, path);
  const byCode = await interrupted(moim, renewing, () => accept(member, { code }));
  const { token } = await linkOf(leader, path);
  const byLink = await interrupted(moim, renewing, () => accept(member, { token }));

  expect([byCode, byLink].map(outcome)).toEqual(['CODE_WRONG', 'CODE_WRONG']);
  expect(await groupOf(moim, groupId)).toEqual({ counted: 1, members: 1, leaders: 1 });
});

test('rows 29, 30: a renewed code kills the old one and its links, and leaves one code', async () => {
  const [leader, first, second] = await crowd(moim, 3);
  const { groupId, path } = await secret(leader!);
  const code = await renewCode(leader!, path);
  const { token } = await linkOf(leader!, path);

  const renewals = await Promise.all(Array.from({ length: 4 }, () => leader!.post(`${path}/invite-code/renew`)));
  const { code: now } = (await leader!.get(`${path}/invite-code`)).body;
  const answers = [
    await accept(first!, { code }),
    await accept(first!, { token }),
    await accept(first!, { code: now }),
    await accept(second!, { token: (await linkOf(leader!, path)).token }),
  ];

  expect(answers.map(outcome)).toEqual(['CODE_WRONG', 'CODE_WRONG', 201, 201]);
  expect(renewals.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(renewals.every(({ status }) => [200, 503].includes(status))).toBe(true);
  expect(await itemsOf(moim, 'InviteCode', { groupId })).toHaveLength(1);
});

test('row 30: a link holds for a week or as long as was said, and nobody makes one up', async () => {
  const [leader, stranger] = await crowd(moim, 2);
  const { groupId, path } = await group(leader!, 'TEAM');
  const { url, token, expiresAt } = await linkOf(leader!, path);
  const long = await linkOf(leader!, path, { days: 30 });
  const tooLong = await leader!.post(`${path}/invite-links`, { days: 31 });
  const [id, generation, end, ...seal] = token.split('.');
  const bent = [
    [id, '2', end, ...seal].join('.'),
    [id, generation, String(Number(end) + 86_400), ...seal].join('.'),
    ['01900000-0000-7000-8000-000000000000', generation, end, ...seal].join('.'),
    token.slice(0, -1),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
  ];

  const refused = await Promise.all(bent.map((each) => accept(stranger!, { token: each })));
  await at(moim, '2026-03-09T02:59:59.000Z', stranger!, leader!);
  const inTime = await look(stranger!, { token });
  await at(moim, '2026-03-09T03:00:00.000Z', stranger!, leader!);
  const late = await look(stranger!, { token });
  const stillGood = await accept(stranger!, { token: long.token });

  expect(url).toBe(`${url.split('/invitations#')[0]}/invitations#${token}`);
  expect(expiresAt).toBe('2026-03-09T03:00:00.000Z');
  expect(outcome(tooLong)).toBe('INVALID_REQUEST');
  expect(refused.map(outcome)).toEqual(Array(5).fill('CODE_WRONG'));
  expect([inTime, late, stillGood].map(outcome)).toEqual([200, 'CODE_WRONG', 201]);
  expect(await groupOf(moim, groupId)).toEqual({ counted: 2, members: 2, leaders: 1 });
});

test('rows 29, 130: ten wrong codes an hour, however many at once; right ones are not counted, then nothing is told', async () => {
  const [leader, guesser, other] = await crowd(moim, 3);
  const { path } = await secret(leader!, { capacity: 3 });
  const code = await renewCode(leader!, path);
  const { token } = await linkOf(leader!, path);

  const right = [await look(guesser!, { code }), await look(guesser!, { token }), await look(guesser!, { code })];
  const wrong = await Promise.all(
    Array.from({ length: 30 }, (_, n) => (n % 2 ? accept : look)(guesser!, { code: wrongCode })),
  );
  const after = [await accept(guesser!, { code }), await look(guesser!, { code }), await accept(guesser!, { token })];
  const others = await accept(other!, { code });
  await moim.clock.advance(fairUse.inviteCode.seconds * 1000);
  await renew(moim, guesser!);
  const later = await accept(guesser!, { code });

  expect(right.map(outcome)).toEqual([200, 200, 200]);
  expect(tally(wrong)).toEqual({ CODE_WRONG: 10, TOO_MANY_REQUESTS: 20 });
  expect(after.map(outcome)).toEqual(Array(3).fill('TOO_MANY_REQUESTS'));
  expect([others, later].map(outcome)).toEqual([201, 201]);
});

test('row 29: a wrong, a renewed and an expired one get the same answer', async () => {
  const [leader, stranger] = await crowd(moim, 2);
  const { path } = await secret(leader!);
  const old = await renewCode(leader!, path);
  const { token } = await linkOf(leader!, path, { days: 1 });
  await renewCode(leader!, path);

  const answers = [
    await accept(stranger!, { code: wrongCode }),
    await accept(stranger!, { code: old }),
    await accept(stranger!, { code: '' }),
    await accept(stranger!, { token }),
    await accept(stranger!, { token: 'not-a-token' }),
    await look(stranger!, { token: 'not-a-token' }),
  ];

  const told = answers.map(({ status, body: { requestId: _, ...rest } }) => JSON.stringify([status, rest]));
  expect(new Set(told).size).toBe(1);
  expect(outcome(answers[0]!)).toBe('CODE_WRONG');
  expect(outcome(await accept(stranger!, {}))).toBe('INVALID_REQUEST');
  expect(outcome(await accept(stranger!, { code: old, token }))).toBe('INVALID_REQUEST');
});

test('rows 29, 31: a code opens any way of joining but that of administrators, and no way back for who was removed', async () => {
  const [leader, applicant, kicked] = await crowd(moim, 3);
  const admin = await administrator(moim);
  const study = await group(leader!, 'STUDY', { endDate: '2026-09-01' });
  const byAdmin = await found(leader!, { joinPolicy: 'ADMIN', startDate: '2026-04-01', endDate: '2026-05-01' });
  await applicant!.post(`${study.path}/applications`);
  const code = await renewCode(leader!, study.path);

  const overtaken = await accept(applicant!, { code });
  const refused = [
    await leader!.post(`${byAdmin.path}/invite-code/renew`),
    await leader!.post(`${byAdmin.path}/invite-links`),
  ];
  await accept(kicked!, { code });
  await leader!.post(`${study.path}/members/${kicked!.id}/kick`, { reason: 'Spam' });
  const back = await accept(kicked!, { code });

  expect([overtaken, ...refused, back].map(outcome)).toEqual([201, 'NOT_APPLICABLE', 'NOT_APPLICABLE', 'KICKED']);
  expect(await itemsOf(moim, 'Application', { groupId: study.groupId })).toMatchObject([{ state: 'ACCEPTED' }]);
  expect(outcome(await admin.post(`${study.path}/members/${kicked!.id}`))).toBe('KICKED');
});

test('row 29: while a code is renewed people join by it or find it wrong, and seats and members agree', async () => {
  const rounds = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const [leader, ...comers] = await crowd(moim, 8);
      const { groupId, path } = await secret(leader!);
      const code = await renewCode(leader!, path);
      const [, ...answers] = await Promise.all([
        leader!.post(`${path}/invite-code/renew`),
        ...comers.map((each) => accept(each, { code })),
      ]);
      const late = await accept((await crowd(moim, 1))[0]!, { code });
      return { answers, late, group: await groupOf(moim, groupId) };
    }),
  );

  for (const { answers, late, group } of rounds) {
    const joined = answers.filter(({ status }) => status === 201).length;
    expect(joined + answers.filter((answer) => outcome(answer) === 'CODE_WRONG').length).toBe(7);
    expect(group).toEqual({ counted: 1 + joined, members: 1 + joined, leaders: 1 });
    expect(outcome(late)).toBe('CODE_WRONG');
  }
});

test('whatever the table does at whichever request, an invitation that is accepted again ends in one membership', async () => {
  await atEachRequest(
    moim,
    2,
    async () => {
      const [leader, member] = await crowd(moim, 2);
      const { groupId, path } = await secret(leader!);
      return { member: member!, groupId, token: (await linkOf(leader!, path)).token, headers: key() };
    },
    ({ member, token, headers }) => accept(member, { token }, headers),
    async ({ groupId }, again, fault) => {
      expect([fault, outcome(again), await groupOf(moim, groupId)]).toEqual([
        fault,
        201,
        { counted: 2, members: 2, leaders: 1 },
      ]);
    },
  );
});

test('row 29, report 10: two taps on "renew" are two renewals, and one code is good', async () => {
  const leader = await someone(moim);
  const { groupId, path } = await secret(leader);

  const taps = await Promise.all([1, 2].map(() => leader.post(`${path}/invite-code/renew`)));

  const codes = taps.map(({ body }) => body.inviteCode);
  const { body: shown } = await leader.get(`${path}/invite-code`);
  expect(tally(taps)).toEqual({ 200: 2 });
  expect(codes).toContain(shown.inviteCode);
  expect(await itemsOf(moim, 'InviteCode', { groupId })).toHaveLength(1);
});
