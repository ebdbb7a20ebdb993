/** Row 15: the profile of a member in a club. */

import { interrupted } from '../../support/between.ts';
import { useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { costOf, outcome, pagesOf } from '../../support/replies.ts';
import { found, kick, leave } from '../../support/scene.ts';
import { climber, clubOf, everything, profile, storedOf } from './support.ts';

const moim = useMoim();
const none = { level: null, homeGym: null, realName: null };

test('row 15: a member fills in a profile, replaces it as a whole, and reads it', async () => {
  const club = await clubOf(moim);
  const own = `${club.path}/club-profile`;

  const first = await club.leader.get(own);
  const put = await club.leader.put(own, profile);
  const again = await club.leader.put(own, profile);
  const shorter = await club.leader.put(own, { level: 5 });
  const read = await club.leader.get(own);

  expect(first).toMatchObject({ status: 200, body: none });
  expect([put, again].map(({ status, body }) => [status, body])).toEqual([
    [200, profile],
    [200, profile],
  ]);
  expect(shorter.body).toEqual({ ...none, level: 5 });
  expect(read.body).toEqual({ ...none, level: 5 });
  expect(costOf(moim, 'setClubProfile')).toMatchObject({ requests: 2, roundTrips: 2 });
  expect(costOf(moim, 'getOwnClubProfile')).toMatchObject({ requests: 1, roundTrips: 1 });
});

test.each([
  [{ level: 0 }, '/level'],
  [{ level: 11 }, '/level'],
  [{ level: 1.5 }, '/level'],
  [{ homeGym: '' }, '/homeGym'],
  [{ homeGym: 'x'.repeat(51) }, '/homeGym'],
  [{ realName: '김' }, '/realName'],
  [{ realName: '남궁보라미' }, '/realName'],
  [{ realName: 'Bora' }, '/realName'],
  [{ realName: '김 보라' }, '/realName'],
  [{ realName: 'ㄱㅂㄹ' }, '/realName'],
  [{ stars: 3 }, '/stars'],
])('row 15: %j is refused at its field', async (body, pointer) => {
  const club = await clubOf(moim);

  const answer = await club.leader.put(`${club.path}/club-profile`, body);

  expect(answer).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST' } });
  expect(answer.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
});

test('rows 5, 15: a real name written in parts is the same name, and is no nickname', async () => {
  const club = await clubOf(moim);

  const { body } = await club.leader.put(`${club.path}/club-profile`, { realName: ' 김보라 '.normalize('NFD') });
  await club.leader.put(`${club.path}/club-profile`, { realName: '박하늘' });
  const { body: page } = await club.leader.get(`${club.path}/members`);

  expect(body.realName).toBe('김보라');
  expect(page.items[0].nickname).toBe(club.leader.nickname);
  expect(JSON.stringify(page)).not.toContain('박하늘');
});

test('row 15: what the club asks for cannot be taken out again, the rest can', async () => {
  const club = await clubOf(moim, { asks: ['LEVEL'] });
  const own = `${club.path}/club-profile`;

  const without = await club.leader.put(own, { homeGym: 'Rock Valley' });
  const level = await club.leader.put(own, { level: 3 });

  expect(without).toMatchObject({ status: 422, body: { errors: [{ pointer: '/level' }] } });
  expect(level.body).toEqual({ ...none, level: 3 });
});

test('row 15: a club that asks for more at the moment of a change gets it; one that ends takes none', async () => {
  const [club, ending] = [await clubOf(moim), await clubOf(moim)];
  const own = (path: string) => `${path}/club-profile`;

  const more = await interrupted(
    moim,
    () => club.leader.patch(club.path, { asks: ['REAL_NAME'] }),
    () => club.leader.put(own(club.path), { level: 2 }),
  );
  const late = await interrupted(
    moim,
    () => leave(ending.leader, ending),
    () => ending.leader.put(own(ending.path), profile),
  );

  expect(more).toMatchObject({ status: 422, body: { errors: [{ pointer: '/realName' }] } });
  expect(outcome(late)).toBe('NOT_FOUND');
  expect((await storedOf(moim, ending, ending.leader)).profile).toBeUndefined();
});

test('row 15: groups of other kinds have no profiles; the club and its names are closed to others', async () => {
  const [leader, outsider] = [await someone(moim), await someone(moim)];
  const challenge = await found(leader);
  const club = await clubOf(moim);
  const paths = ['club-profile', 'club-profiles'];

  const other = await Promise.all(paths.map((path) => leader.get(`${challenge.path}/${path}`)));
  const put = await leader.put(`${challenge.path}/club-profile`, { level: 1 });
  const closed = await Promise.all(paths.map((path) => outsider.get(`${club.path}/${path}`)));

  expect([...other, put].map(outcome)).toEqual(Array(3).fill('NOT_APPLICABLE'));
  expect(closed.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
});

test('row 15: members see the profiles of members, page by page; who left or was removed is not among them, and leaves none', async () => {
  const club = await clubOf(moim);
  const [ari, bora, chae] = [
    await climber(moim, club, { profile }),
    await climber(moim, club, { profile: { realName: '박하늘' } }),
    await climber(moim, club),
  ];
  await moim.settle();

  const before = (await pagesOf(ari, `${club.path}/club-profiles`, 3)).map((page) => page.length);
  const all = (await pagesOf(ari, `${club.path}/club-profiles`, 50)).flat();
  const cost = costOf(moim, 'listClubProfiles');
  await leave(ari, club);
  await kick(club.leader, club, bora);
  // The list does not wait for the deletion.
  const { body: after } = await chae.get(`${club.path}/club-profiles`);
  await moim.settle();

  expect(before).toEqual([3, 1]);
  expect(all).toEqual([
    { accountId: club.leader.id, nickname: club.leader.nickname, ...none },
    { accountId: ari.id, nickname: ari.nickname, ...profile },
    { accountId: bora.id, nickname: bora.nickname, ...none, realName: '박하늘' },
    { accountId: chae.id, nickname: chae.nickname, ...none },
  ]);
  // The members, the right to see them, their names; then the profiles.
  expect(cost).toMatchObject({ requests: 4, roundTrips: 2 });
  expect(after.items.map(({ accountId }: { accountId: string }) => accountId)).toEqual([club.leader.id, chae.id]);
  expect((await storedOf(moim, club, ari)).profile).toBeUndefined();
  expect((await storedOf(moim, club, bora)).profile).toBeUndefined();
});

test('row 15: a member who leaves while a profile is stored leaves none behind', async () => {
  const club = await clubOf(moim, { asks: everything });
  const ari = await climber(moim, club, { profile });

  const late = await interrupted(
    moim,
    () => leave(ari, club),
    () => ari.put(`${club.path}/club-profile`, { ...profile, level: 5 }),
  );
  await moim.settle();

  expect(outcome(late)).toBe('NOT_FOUND');
  expect(await storedOf(moim, club, ari)).toMatchObject({ state: 'LEFT', profile: undefined });
});
