import { listen } from '../../support/listener.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
const counted = () => JSON.parse(moim.logs.findLast(({ functionId }) => functionId === 'connections-job')!.line).closed;

test('the sweep closes and forgets sockets that were silent for eleven minutes, and no others', async () => {
  const people = await crowd(moim, 4);
  const sockets = await Promise.all(
    people.map(async (who) => listen((await who.post('/v1/socket-tickets', {})).body.url)),
  );
  const [talks, dead, silent, late] = sockets;
  // One is gone, but nobody was told.
  const off = moim.table.faults.add({ kind: 'error500', operation: 'DeleteItem', times: 10 });
  dead!.close();
  await dead!.closed;
  await moim.settle();
  off();

  await moim.clock.advance(9 * 60_000);
  await talks!.ask({ id: 1, action: 'ping' });
  await late!.ask({ id: 1, action: 'ping' });
  await moim.runSchedule('sweepConnections');
  const early = [counted(), (await itemsOf(moim, 'Connection')).length];
  // Anything a client sends counts for the gateway; only a ping tells moim.
  void silent!.ask('still here');
  await moim.settle();
  await moim.clock.advance(2 * 60_000);
  await moim.runSchedule('sweepConnections');

  expect(early).toEqual([0, 4]);
  expect(counted()).toBe(2);
  await silent!.closed;
  await moim.settle();
  expect((await itemsOf(moim, 'Connection')).map(({ accountId }) => accountId).sort()).toEqual(
    [people[0]!.id, people[3]!.id].sort(),
  );
  expect((await talks!.ask({ id: 2, action: 'ping' })).ok).toBe(true);
  await moim.runSchedule('sweepConnections');
  expect(counted()).toBe(0);
  for (const socket of [talks, late]) socket!.close();
});

test('more silent sockets than a page of each partition holds are all swept, in one run', async () => {
  const seenAt = '2026-03-02T02:00:00.000Z';
  for (let i = 0; i < 120; i++)
    await put(moim, 'Connection', { accountId: `a${i}`, connectionId: `dead-${i}`, shard: '3', seenAt } as never);

  await moim.runSchedule('sweepConnections');

  expect(counted()).toBe(120);
  expect(await itemsOf(moim, 'Connection', { seenAt })).toEqual([]);
});

test('a run that failed half-way is repeated by the scheduler, and one that never works waits for a person', async () => {
  const [someone] = await crowd(moim, 1);
  const socket = await listen((await someone!.post('/v1/socket-tickets', {})).body.url);
  await moim.clock.advance(9 * 60_000 + 59_000);
  await socket.ask('keeps the gateway from closing it');
  await moim.clock.advance(2 * 60_000);

  const off = moim.table.faults.add({ kind: 'error500', operation: 'Query', times: 3 });
  await moim.runSchedule('sweepConnections');
  off();
  const swept = counted();
  await socket.closed;
  const never = moim.table.faults.add({ kind: 'error500', operation: 'Query', times: 1000 });
  await moim.runSchedule('sweepConnections');
  never();

  expect(swept).toBe(1);
  expect(moim.queues.messages('FailedJobs')).toEqual([
    { job: 'sweepConnections', at: new Date(moim.clock.now()).toISOString().replace('.000', '') },
  ]);
});
