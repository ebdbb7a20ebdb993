/** Sockets that end without a word: `$disconnect` may never come, or may fail. */
import { limits } from '../../../shared/product/limits.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd, renew, someone } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();
const minutes = (count: number) => moim.clock.advance(count * 60_000);

/** A leader whose socket has ended, and nobody was told. */
async function vanished() {
  const leader = await someone(moim, 'ari');
  const { path } = await found(leader);
  const socket = await leader.socket();
  await moim.settle();
  const off = moim.table.faults.add({
    kind: 'error500',
    times: 10,
    match: (body) => 'Key' in body && JSON.stringify(body).includes(leader.id) && !('UpdateExpression' in body),
  });
  const lost = moim.table.faults.add({ kind: 'error500', operation: 'UpdateItem', times: 10 });
  socket.close();
  await socket.closed;
  await moim.settle();
  off();
  lost();
  const online = async () => (await leader.get(`${path}/members`)).body.items[0].online;
  return { leader, path, online };
}

test('row 43: who vanished counts as online for eleven minutes, and is offline then without anything having run', async () => {
  const { leader, online } = await vanished();

  const before = await online();
  await moim.clock.advance(limits.socket.onlineSeconds * 1000 - 1000);
  await renew(moim, leader);
  const almost = await online();
  await moim.clock.advance(1000);
  const after = await online();

  expect([before, almost, after]).toEqual([true, true, false]);
  expect(moim.functions.map(({ id }) => id)).not.toContain('connections-job');
});

test('the first post that fails deletes the connection, and the news is in the inbox', async () => {
  const { leader, path } = await vanished();
  const left = await itemsOf(moim, 'Connection', { accountId: leader.id });
  const [member] = await crowd(moim, 1);

  await member!.post(`${path}/members`);
  await moim.settle();

  expect(left).toHaveLength(1);
  expect(await itemsOf(moim, 'Connection', { accountId: leader.id })).toEqual([]);
  expect((await leader.get('/v1/notifications')).body.unread).toBe(1);
});

test('a connection that nobody posts to is deleted by its TTL', async () => {
  const { leader } = await vanished();
  const [connection] = await itemsOf(moim, 'Connection', { accountId: leader.id });

  await moim.clock.advance((limits.socket.lifeSeconds + 1) * 1000);
  await moim.settle();
  await minutes(1);

  expect(connection.expiresAt).toBe(Math.floor(Date.parse('2026-03-02T03:11:00Z') / 1000) + limits.socket.lifeSeconds);
  expect(await itemsOf(moim, 'Connection', { accountId: leader.id })).toEqual([]);
});

test('row 43: of two sockets one may vanish: the other keeps its owner online; a ping writes one unit', async () => {
  const leader = await someone(moim);
  const { path } = await found(leader);
  const [stays, goes] = [await leader.socket(), await leader.socket()];
  goes.close();
  await goes.closed;
  await moim.settle();
  const online = async () => (await leader.get(`${path}/members`)).body.items[0].online;

  for (const id of [1, 2]) {
    await minutes(5);
    await stays.ask({ id, action: 'ping' });
  }
  const cost = costOf(moim, 'ping');
  await minutes(9);
  await renew(moim, leader);
  const heard = await online();
  stays.close();
  await stays.closed;
  await moim.settle();

  expect(cost).toMatchObject({ writeUnits: 1 });
  expect([heard, await online()]).toEqual([true, false]);
});
