import { limits } from '../../../shared/product/limits.ts';
import { challenge, type Person, useMoim } from '../../support/moim.ts';
import { crowd, renew, someone } from '../../support/people.ts';
import { headerOf, jpegOf, painted, uploadPicture } from '../../support/pictures.ts';
import { costOf, outcome, pagesOf } from '../../support/replies.ts';
import { found, leave } from '../../support/scene.ts';
import { put } from '../../support/table.ts';

const moim = useMoim();

test('row 43: members see all forty-eight members over three pages, none twice and none skipped', async () => {
  const people = await crowd(moim, 48);
  const [leader, ...members] = people;
  const { groupId, path } = await found(leader!, { capacity: 50 });
  const joinedAt = '2026-03-02T03:00:00.000Z';
  const rest = { role: 'MEMBER', state: 'ACTIVE', joinedAt, presentIn: groupId } as const;
  await Promise.all(members.map(({ id }) => put(moim, 'Membership', { groupId, accountId: id, ...rest } as never)));

  const pages = await pagesOf(members[0]!, `${path}/members`, 20);

  expect(pages.map(({ length }) => length)).toEqual([20, 20, 8]);
  const shown = pages.flat().map(({ accountId }) => accountId);
  expect(shown).toHaveLength(48);
  expect(new Set(shown)).toEqual(new Set(people.map(({ id }) => id)));
});

test('row 43: a member is shown with name and role; who left is not, and sees nothing any more', async () => {
  const [leader, member] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
  const [stranger, gone] = await crowd(moim, 2);
  const { path } = await found(leader, {}, member, gone!);
  await leave(gone!, { path });

  const { body } = await member.get(`${path}/members`);
  const refused = [await stranger!.get(`${path}/members`), await gone!.get(`${path}/members`)];
  const guest = await moim.guest.get(`${path}/members`);

  const joinedAt = '2026-03-02T03:00:00.000Z';
  const rest = { picture: { avatar: null, thumbnailUrl: null }, online: false, warnings: null };
  expect(body.nextCursor).toBeNull();
  expect(body.items).toHaveLength(2);
  expect(body.items).toEqual(
    expect.arrayContaining([
      { accountId: leader.id, nickname: 'ari', role: 'LEADER', joinedAt, ...rest },
      { accountId: member.id, nickname: 'bora', role: 'MEMBER', joinedAt, ...rest },
    ]),
  );
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(guest.status).toBe(401);
});

test('row 43: a page is full however many have left, and shows who is online and who may be warned how often', async () => {
  const people = await crowd(moim, 12);
  const [leader, ...others] = people;
  const { path } = await found(leader!, { capacity: 50 });
  // In the order in which they came: the leader is on the first page.
  for (const each of others) {
    await moim.clock.advance(1);
    await each.post(`${path}/members`);
  }
  for (const each of others.slice(0, 6)) await leave(each, { path });
  const here = others[6]!;
  const [first, second] = [await here.socket(), await here.socket()];
  await here.post('/v1/accounts/me/picture', { avatar: 3 });
  const pageFor = async (who: typeof here) => (await who.get(`${path}/members?limit=5`)).body;
  const shownIn = ({ items }: { items: { accountId: string; online: boolean }[] }) =>
    items.filter(({ online }) => online).map(({ accountId }) => accountId);

  const withBoth = await pageFor(here);
  first.close();
  await first.closed;
  await moim.settle();
  const withOne = await pageFor(here);
  second.close();
  await second.closed;
  await moim.settle();
  const withNone = await pageFor(leader!);

  expect(withBoth.items).toHaveLength(5);
  expect(withBoth.items).toContainEqual(expect.objectContaining({ accountId: leader!.id, role: 'LEADER' }));
  expect([withBoth, withOne, withNone].map(shownIn)).toEqual([[here.id], [here.id], []]);
  expect(withBoth.items.map(({ warnings }: { warnings: number | null }) => warnings)).toEqual(Array(5).fill(null));
  expect(withNone.items.map(({ warnings }: { warnings: number | null }) => warnings)).toEqual(Array(5).fill(0));
  // The list, the door, the roster, and one request for all presences: at any size.
  expect(costOf(moim, 'listMembers')).toMatchObject({ requests: 4, roundTrips: 2 });
});

test('row 43: members are shown with a small picture of themselves, by an address that is dead after twenty minutes', async () => {
  const [leader, member] = await crowd(moim, 2);
  const { path } = await found(leader!, {}, member!);
  const uploadId = await uploadPicture(member!, await jpegOf(painted(120, 60)));
  await member!.send('PUT', '/v1/accounts/me/picture', { body: { uploadId } });
  await moim.settle();

  const { body } = await leader!.get(`${path}/members`);
  const linkOf = ({ id }: Person): string | null =>
    body.items.find(({ accountId }: { accountId: string }) => accountId === id).picture.thumbnailUrl;
  const opened = await fetch(linkOf(member!)!);
  await moim.clock.advance(1_200_001);
  const late = await fetch(linkOf(member!)!);

  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(headerOf(new Uint8Array(await opened.arrayBuffer()))).toEqual({ type: 'image/webp', width: 60, height: 60 });
  expect(late.status).toBe(403);
  expect(linkOf(leader!)).toBeNull();
});

test('row 43: a socket that is heard of stays open, one that is not any more counts as closed', async () => {
  const [leader] = await crowd(moim, 1);
  const { path } = await found(leader!);
  const socket = await leader!.socket();
  const online = async () => (await leader!.get(`${path}/members`)).body.items[0].online;

  const open = await online();
  await moim.clock.advance(limits.socket.pingSeconds * 1000);
  await socket.ask({ id: 1, action: 'ping' });
  await moim.clock.advance((limits.socket.onlineSeconds - 1) * 1000 - 120_000);
  await renew(moim, leader!);
  const heard = await online();
  await moim.clock.advance(122_000);
  const silent = await online();

  expect([open, heard, silent]).toEqual([true, true, false]);
});

test('the own groups are listed last joined first, over pages, without the one that was left', async () => {
  const [leader, member, other] = await crowd(moim, 3);
  const joined: string[] = [];
  for (let i = 0; i < 8; i++) {
    await moim.clock.advance(1);
    const { body } = await leader!.post('/v1/groups', challenge());
    await member!.post(`/v1/groups/${body.id}/members`);
    joined.unshift(body.id);
  }
  await found(leader!, {}, other!);

  const pages = await pagesOf(member!, '/v1/accounts/me/groups', 3);
  const { body } = await member!.get('/v1/accounts/me/groups?limit=1');
  const guest = await moim.guest.get('/v1/accounts/me/groups');

  expect(pages.map(({ length }) => length)).toEqual([3, 3, 2]);
  expect(pages.flat().map(({ group }) => group.id)).toEqual(joined);
  expect(body.items[0]).toMatchObject({ role: 'MEMBER', group: { id: joined[0] } });
  expect(guest.status).toBe(401);
});
