/** Rows 5, 15: what a club asks its applicants for. */
import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { group } from '../memberships/support.ts';
import { accept, apply, clubOf, everything, profile, reject, storedOf } from './support.ts';

const moim = useMoim();
const pointers = ({ body }: { body: { errors?: { pointer: string }[] } }) => body.errors?.map(({ pointer }) => pointer);

test('row 15: a club says at its founding and later what it asks for; everybody who may apply reads it', async () => {
  const club = await clubOf(moim, { asks: ['LEVEL', 'REAL_NAME'] });

  const { body: founded } = await moim.guest.get(club.path);
  const edited = await club.leader.patch(club.path, { asks: [] });
  const twice = await club.leader.patch(club.path, { asks: ['LEVEL', 'LEVEL'] });
  const unknown = await club.leader.patch(club.path, { asks: ['SHOE_SIZE'] });

  expect(founded.asks).toEqual(['LEVEL', 'REAL_NAME']);
  expect(edited.body.asks).toEqual([]);
  expect([twice, unknown].map(outcome)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  expect((await clubOf(moim).then(({ path }) => moim.guest.get(path))).body.asks).toEqual([]);
});

test('row 15: groups of other kinds ask for nothing, at founding and later', async () => {
  const leader = await someone(moim);
  const study = { kind: 'STUDY', title: 'Quiet hours', category: 'READING', endDate: '2026-06-01' };
  const { path } = await group(leader, 'STUDY', { endDate: '2026-06-01' });

  const answers = [
    await leader.post('/v1/groups', { ...study, asks: ['LEVEL'] }),
    await leader.patch(path, { asks: ['LEVEL'] }),
  ];

  expect(answers.map(outcome)).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
  expect(answers.map(pointers)).toEqual([['/asks'], ['/asks']]);
});

test('row 15: an applicant gives what is asked for; what lacks is told at its pointer, in the own language', async () => {
  const club = await clubOf(moim, { asks: everything });
  const who = await someone(moim);

  const nothing = await who.post(`${club.path}/applications`, {}, { 'accept-language': 'ko' });
  const parts = await apply(who, club, { profile: { level: 2 } });
  const whole = await apply(who, club, { profile });

  expect(nothing).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST' } });
  expect(nothing.body.errors[0].reason).toMatch(/[가-힣]/);
  expect(pointers(nothing)).toEqual(['/profile/realName', '/profile/level', '/profile/homeGym']);
  expect(pointers(parts)).toEqual(['/profile/realName', '/profile/homeGym']);
  expect(outcome(whole)).toBe(201);
});

test('row 15: other kinds take no profile', async () => {
  const [leader, who] = [await someone(moim), await someone(moim)];
  const { path } = await group(leader, 'STUDY', { endDate: '2026-06-01' });

  const answer = await who.post(`${path}/applications`, { profile });

  expect(outcome(answer)).toBe('INVALID_REQUEST');
  expect(pointers(answer)).toEqual(['/profile']);
});

test('row 15: those who decide see the profile with the application, and nobody else does', async () => {
  const club = await clubOf(moim, { asks: ['REAL_NAME'] });
  const [who, member] = [await someone(moim), await someone(moim)];
  await apply(member, club, { profile: { realName: '박하늘' } });
  await accept(club, member);
  await apply(who, club, { profile });

  const { body: seen } = await club.leader.get(`${club.path}/applications`);
  const hidden = await member.get(`${club.path}/applications`);
  const { body: own } = await who.get('/v1/accounts/me/applications');
  const { body: members } = await member.get(`${club.path}/club-profiles`);

  expect(seen.items).toMatchObject([{ accountId: who.id, profile }]);
  expect(outcome(hidden)).toBe('NOT_FOUND');
  expect(own.items[0]).not.toHaveProperty('profile');
  // An applicant is not in the club.
  expect(JSON.stringify(members)).not.toContain(profile.realName);
});

test('row 15: the profile of an applicant who is rejected or takes the application back goes; a later one stays', async () => {
  const club = await clubOf(moim, { asks: ['LEVEL'] });
  const who = await someone(moim);
  await apply(who, club, { profile });
  const waits = await storedOf(moim, club, who);

  await reject(club, who);
  await moim.settle();
  const rejected = await storedOf(moim, club, who);
  await apply(who, club, { profile });
  await who.delete(`/v1/accounts/me/applications/${club.groupId}`);
  await moim.settle();
  const takenBack = await storedOf(moim, club, who);
  // What followed of the withdrawal is not done when the next application comes.
  await apply(who, club, { profile });
  await who.delete(`/v1/accounts/me/applications/${club.groupId}`);
  await apply(who, club, { profile: { level: 7 } });
  await moim.settle();

  expect(waits).toMatchObject({ state: 'PENDING', profile });
  expect([rejected, takenBack]).toEqual(Array(2).fill({ state: undefined, member: undefined, profile: undefined }));
  expect(await storedOf(moim, club, who)).toMatchObject({ state: 'PENDING', profile: { level: 7 } });
});

test('row 15: a club that asks for more at the moment of an application gets it', async () => {
  const club = await clubOf(moim);
  const who = await someone(moim);

  const answer = await interrupted(
    moim,
    () => club.leader.patch(club.path, { asks: ['LEVEL'] }),
    () => apply(who, club),
  );

  expect(pointers(answer)).toEqual(['/profile/level']);
  expect(await storedOf(moim, club, who)).toEqual({ state: undefined, member: undefined, profile: undefined });
});
