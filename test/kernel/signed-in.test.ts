/** The table of a guarded request: what it reads along, and what that costs. */
import { signedIn } from '../../shared/access/signed-in.ts';
import { ref, type Table } from '../../shared/data/table.ts';
import { create, patch } from '../../shared/data/writes.ts';
import { account, now, setUp } from './support.ts';

const who = { accountId: 'me', sessionId: 's1' };
const row = (accountId: string) => ref('Account', { accountId });
const rows = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`row ${i}`, row(`a${i}`)]));
const list = (table: Table) => table.query('sessionsOfAccount', { accountId: 'me' }, { limit: 10 });
const renamed = patch('Account', { accountId: 'me' }, { set: { nickname: 'mina' } });

/** Somebody with a session that is alive or has expired, the table of their request, and what it costs. */
async function request(expiresAt = now / 1000 + 60) {
  const { table, open, operations } = setUp();
  const session = { ...who, device: '', refreshHash: '', sessionVersion: 1, createdAt: '', refreshedAt: '' };
  await open().commit([
    account('me'),
    create('Authority', { accountId: 'me', status: 'ACTIVE', waysIn: 1, sessionVersion: 1, version: 1 }),
    create('Session', session, { expiresAt }),
  ]);
  operations.length = 0;
  return { ...signedIn(table, who, now), behind: open(), operations };
}

const uses: Readonly<Record<string, { use: (table: Table) => Promise<unknown>; asks: readonly string[] }>> = {
  'an item': { use: (table) => table.get('Group', { groupId: 'g' }), asks: ['BatchGetItem'] },
  'several items': { use: (table) => table.getAll(rows(3)), asks: ['BatchGetItem'] },
  'as many items as fit beside': { use: (table) => table.getAll(rows(98)), asks: ['BatchGetItem'] },
  'as many items as a request takes': {
    use: (table) => table.getAll(rows(100)),
    asks: ['BatchGetItem', 'BatchGetItem'],
  },
  'items that may lag, which session and account must not': {
    use: (table) => table.getAll(rows(3), { eventual: true }),
    asks: ['BatchGetItem', 'BatchGetItem'],
  },
  nothing: { use: (table) => table.getAll({}), asks: ['BatchGetItem'] },
  'a list': { use: list, asks: ['Query', 'BatchGetItem'] },
  'a list and items at once': {
    use: (table) => Promise.all([list(table), table.getAll(rows(2))]),
    asks: ['Query', 'BatchGetItem'],
  },
  'a list that only leads to items': {
    async use(table) {
      await table.query('sessionsOfAccount', { accountId: 'me' }, { limit: 10, ahead: true });
      await table.getAll(rows(2));
    },
    asks: ['Query', 'BatchGetItem'],
  },
  'two items, one after the other': {
    async use(table) {
      await table.get('Group', { groupId: 'g' });
      await table.get('Group', { groupId: 'h' });
    },
    asks: ['BatchGetItem', 'GetItem'],
  },
  'a change': { use: (table) => table.change(renamed), asks: ['BatchGetItem', 'UpdateItem'] },
  'a commit': { use: (table) => table.commit([renamed]), asks: ['BatchGetItem', 'UpdateItem'] },
};

test.each(Object.keys(uses))('%s: session and account are read once, along with it', async (name) => {
  const { use, asks } = uses[name]!;
  const { table, required, operations } = await request();

  await use(table);
  await required();

  expect(operations).toEqual(asks);
});

test.each(Object.keys(uses))('%s: a session that is over gets nothing and changes nothing', async (name) => {
  const { table, behind, required } = await request(now / 1000);

  await expect(uses[name]!.use(table)).rejects.toThrow('TOKEN_INVALID');
  await expect(required()).rejects.toThrow('TOKEN_INVALID');
  expect(await behind.get('Account', { accountId: 'me' })).not.toHaveProperty('nickname');
});

test('items come under their names, also such as the kernel has', async () => {
  const { table } = await request();

  const found = await table.getAll({ session: row('nobody'), account: row('me'), again: row('me') });

  expect(found.session).toBeUndefined();
  expect([found.account, found.again]).toEqual(Array(2).fill(expect.objectContaining({ accountId: 'me' })));
});

test('a cursor that is none is told to nobody whose session is over', async () => {
  const lost = (table: Table) => table.query('sessionsOfAccount', { accountId: 'me' }, { limit: 1, cursor: 'x' });

  await expect(lost((await request()).table)).rejects.toThrow('INVALID_CURSOR');
  await expect(lost((await request(1)).table)).rejects.toThrow('TOKEN_INVALID');
});
