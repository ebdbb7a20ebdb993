import { marshall } from '@aws-sdk/util-dynamodb';
import { keyOf } from '../../shared/data/keys.ts';
import { challenge, useMoim } from '../support/moim.ts';
import { askTable, crowd, found, outcome, pagesOf, put, setState, someone, tableName } from '../support/scene.ts';

const moim = useMoim();

test('row 43: members see all forty-eight members over three pages, none twice and none skipped', async () => {
  const people = await crowd(moim, 48);
  const [leader, ...members] = people;
  const { groupId, path } = await found(leader!, { capacity: 50 });
  const joinedAt = '2026-03-02T03:00:00.000Z';
  for (const { id } of members)
    await put(moim, 'Membership', { groupId, accountId: id, role: 'MEMBER', state: 'ACTIVE', joinedAt });

  const pages = await pagesOf(members[0]!, `${path}/members`, 20);

  expect(pages.map(({ length }) => length)).toEqual([20, 20, 8]);
  const shown = pages.flat().map(({ accountId }) => accountId);
  expect(shown).toHaveLength(48);
  expect(new Set(shown)).toEqual(new Set(people.map(({ id }) => id)));
});

test('row 43: a member is shown with name and role; who left is not, and sees nothing any more', async () => {
  const [leader, member] = [await someone(moim, 'ari'), await someone(moim, 'bora')];
  const [stranger, gone] = await crowd(moim, 2);
  const { groupId, path } = await found(leader, {}, member, gone!);
  await setState(moim, groupId, gone!.id, 'LEFT');

  const { body } = await member.get(`${path}/members`);
  const refused = [await stranger!.get(`${path}/members`), await gone!.get(`${path}/members`)];
  const guest = await moim.guest.get(`${path}/members`);

  const joinedAt = '2026-03-02T03:00:00.000Z';
  expect(body.nextCursor).toBeNull();
  expect(body.items).toHaveLength(2);
  expect(body.items).toEqual(
    expect.arrayContaining([
      { accountId: leader.id, nickname: 'ari', role: 'LEADER', joinedAt },
      { accountId: member.id, nickname: 'bora', role: 'MEMBER', joinedAt },
    ]),
  );
  expect(refused.map(outcome)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect(guest.status).toBe(401);
});

test('who has no account any more is named as unknown, in the language of the request', async () => {
  const [leader] = await crowd(moim, 1);
  const { path } = await found(leader!);
  const Key = marshall(keyOf('Account', { accountId: leader!.id }));
  await askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key });

  const names = await Promise.all(
    ['ko', 'en'].map(async (language) => {
      const { body } = await leader!.get(`${path}/members`, { 'accept-language': language });
      return body.items[0].nickname;
    }),
  );

  expect(names).toEqual(['(알 수 없음)', '(unknown)']);
});

test('the own groups are listed last joined first, over pages, without the one that was left', async () => {
  const [leader, member, other] = await crowd(moim, 3);
  const joined: string[] = [];
  for (let i = 0; i < 23; i++) {
    await moim.clock.advance(1);
    const { body } = await leader!.post('/v1/groups', challenge());
    await member!.post(`/v1/groups/${body.id}/members`);
    joined.unshift(body.id);
  }
  await found(leader!, {}, other!);

  const pages = await pagesOf(member!, '/v1/accounts/me/groups', 10);
  const { body } = await member!.get('/v1/accounts/me/groups?limit=1');
  const guest = await moim.guest.get('/v1/accounts/me/groups');

  expect(pages.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(pages.flat().map(({ group }) => group.id)).toEqual(joined);
  expect(body.items[0]).toMatchObject({ role: 'MEMBER', group: { id: joined[0], memberCount: 2 } });
  expect(guest.status).toBe(401);
});
