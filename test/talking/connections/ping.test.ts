import { limits } from '../../../shared/product/limits.ts';
import { listen } from '../../support/listener.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

async function socketOf() {
  const [someone] = await crowd(moim, 1);
  const { body } = await someone!.post('/v1/socket-tickets', {});
  return { id: someone!.id, socket: await listen(body.url) };
}

test('a ping is answered with the time, under the id it was sent with, and noted', async () => {
  const { id, socket } = await socketOf();
  await moim.clock.advance(60_000);

  const answers = [
    await socket.ask({ id: 7, action: 'ping', data: {} }),
    await socket.ask({ id: 'seven', action: 'ping' }),
    await socket.ask({ action: 'ping' }),
    await socket.ask({ id: 'x'.repeat(65), action: 'ping' }),
    await socket.ask({ id: { nested: 1 }, action: 'ping' }),
  ];

  const time = '2026-03-02T03:01:00.000Z';
  expect(answers).toEqual([7, 'seven', null, null, null].map((echo) => ({ id: echo, ok: true, data: { time } })));
  const [presence] = await itemsOf(moim, 'Presence', { accountId: id });
  expect(Object.values(presence)).toContain(Date.parse(time) / 1000 + limits.socket.onlineSeconds);
  socket.close();
});

test('whatever a client sends is answered as a problem, and the socket goes on', async () => {
  const { id, socket } = await socketOf();
  const sent: (string | object)[] = [
    'not json',
    '',
    '[]',
    'null',
    '"ping"',
    { id: 1 },
    { id: 1, action: 'certify' },
    { id: 1, action: '$connect' },
    { id: 1, action: '$disconnect' },
    { id: 1, action: '$default' },
    { id: 1, action: ['ping'] },
    { id: 1, action: 'ping', data: { email: 'a@b.c', purpose: 'REGISTER' } },
    { id: 1, action: 'ping', data: 'text' },
    { id: 1, action: 'ping', data: { text: 'x'.repeat(17_000) } },
  ];

  const answers = [];
  for (const message of sent) answers.push(await socket.ask(message));
  const alive = await socket.ask({ id: 2, action: 'ping' });

  expect(answers.map(({ ok, problem }) => [ok, problem?.code])).toEqual([
    ...Array(5).fill([false, 'MALFORMED_BODY']),
    ...Array(6).fill([false, 'UNKNOWN_ACTION']),
    [false, 'INVALID_REQUEST'],
    [false, 'INVALID_REQUEST'],
    [false, 'MESSAGE_TOO_LARGE'],
  ]);
  expect(alive.ok).toBe(true);
  expect(await itemsOf(moim, 'Connection', { accountId: id })).toHaveLength(1);
  socket.close();
});

test('a frame above what the gateway takes ends the connection and nothing else', async () => {
  const { id, socket } = await socketOf();
  const other = await socketOf();

  void socket.ask('x'.repeat(33 * 1024));

  expect(await socket.closed).toBe(1009);
  await moim.settle();
  expect(await itemsOf(moim, 'Connection', { accountId: id })).toEqual([]);
  expect((await other.socket.ask({ id: 1, action: 'ping' })).ok).toBe(true);
  other.socket.close();
});

test('a fault of the table is told as such, and the next ping works', async () => {
  const { socket } = await socketOf();
  const off = moim.table.faults.add({ kind: 'error500', operation: 'UpdateItem', times: 10 });

  const failed = await socket.ask({ id: 1, action: 'ping' });
  off();
  const again = await socket.ask({ id: 2, action: 'ping' });

  expect(failed).toMatchObject({ id: 1, ok: false, problem: { code: 'INTERNAL', status: 500 } });
  expect(again).toMatchObject({ id: 2, ok: true });
  socket.close();
});
