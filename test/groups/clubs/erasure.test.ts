/** Rows 13, 15, 17, 121: what becomes of an applicant and of a real name when the account goes. */
import { unzipSync } from 'fflate';
import { interrupted } from '../../support/between.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { nextTick, someone, tick } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { leave } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';
import { withPassword } from '../../support/with-password.ts';
import { groupOf, withdrawn } from '../memberships/support.ts';
import { accept, apply, clubOf, profile, reject, storedOf } from './support.ts';

const moim = useMoim();
const withdraw = (who: Person) => who.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });

test('rows 13, 17: an applicant who withdraws the account leaves no application, no membership and no name', async () => {
  const club = await clubOf(moim);
  const who = await withPassword(moim);
  await apply(who, club, { profile });

  const answer = await withdrawn(moim, who);
  const { body: waiting } = await club.leader.get(`${club.path}/applications`);
  const decided = await accept(club, who);

  expect(outcome(answer)).toBe(204);
  expect(waiting.items).toEqual([]);
  expect(outcome(decided)).toBe('NOT_FOUND');
  expect(await storedOf(moim, club, who)).toEqual({ state: undefined, member: undefined, profile: undefined });
  expect(await groupOf(moim, club.groupId)).toEqual({ counted: 1, members: 1, leaders: 1 });
});

test('rows 13, 17: a former member who waits again stays as one who has left', async () => {
  const club = await clubOf(moim);
  const who = await withPassword(moim);
  await apply(who, club);
  await accept(club, who);
  await leave(who, club);
  await apply(who, club, { profile });

  await withdrawn(moim, who);

  expect(await storedOf(moim, club, who)).toMatchObject({ state: 'LEFT', profile: undefined });
});

test('rows 15, 17: a member who withdraws leaves no real name', async () => {
  const club = await clubOf(moim, { asks: ['REAL_NAME'] });
  const [who, mate] = [await withPassword(moim), await someone(moim)];
  for (const each of [who, mate]) {
    await apply(each, club, { profile });
    await accept(club, each);
  }

  await withdrawn(moim, who);
  const { body } = await mate.get(`${club.path}/club-profiles`);

  expect(body.items.map(({ accountId }: { accountId: string }) => accountId)).not.toContain(who.id);
  expect(await itemsOf(moim, 'ClubProfile', { accountId: who.id })).toEqual([]);
  expect((await storedOf(moim, club, mate)).profile).toMatchObject(profile);
});

test('rows 13, 17: a decision that meets the withdrawal', async () => {
  const club = await clubOf(moim);
  const who = await withPassword(moim);
  await apply(who, club, { profile });
  await withdraw(who);

  // Withdrawn, and not erased yet.
  const accepted = await accept(club, who);
  const rejected = await reject(club, who);
  await moim.settle();
  await nextTick(moim);
  await moim.settle();

  expect([accepted, rejected].map(outcome)).toEqual(['NOT_APPLICABLE', 200]);
  expect(moim.mail.list({ to: who.email }).map(({ subject }) => subject)).not.toContain(
    '[moim] Your application was not accepted',
  );
  expect(await storedOf(moim, club, who)).toEqual({ state: undefined, member: undefined, profile: undefined });
});

test('rows 13, 17: an application that meets the erasing leaves nothing', async () => {
  const club = await clubOf(moim);
  const who = await withPassword(moim);

  await interrupted(
    moim,
    async () => {
      await withdraw(who);
      await nextTick(moim);
    },
    () => apply(who, club, { profile }),
  );
  // A request that began before the withdrawal may have written since: the erasing looks once more.
  await moim.clock.advance(20 * 60_000);
  await tick(moim);
  await moim.settle();

  for (const kind of ['Application', 'ClubProfile', 'Membership'])
    expect([kind, await itemsOf(moim, kind, { accountId: who.id })]).toEqual([kind, []]);
});

test('rows 15, 121: the archive of own data has the profile', async () => {
  const club = await clubOf(moim);
  const who = await withPassword(moim);
  await apply(who, club, { profile });

  await who.post('/v1/accounts/me/exports');
  await moim.settle();
  await nextTick(moim);
  await moim.settle();
  const { body } = await who.get('/v1/accounts/me/exports');
  const zip = unzipSync(new Uint8Array(await (await fetch(body.items[0].url)).arrayBuffer()));
  const data = JSON.parse(Buffer.from(zip['data.json']!).toString());

  expect(data.clubProfiles).toMatchObject([{ groupId: club.groupId, ...profile }]);
  expect(data.memberships).toMatchObject([{ state: 'PENDING', group: 'Wall to wall' }]);
});
