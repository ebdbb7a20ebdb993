/** What open pages hear over their sockets. */
import type { ServerEvent } from '../../shared/core/contract.ts';
import type { Moim, Person } from './moim.ts';

type Socket = Awaited<ReturnType<Person['socket']>>;

/**
 * Follows one kind of event on some sockets: each call gives the data that each of them got since the last call, once
 * everything is delivered. All of it has to be as the contract says.
 */
export function hearing(moim: Moim, sockets: readonly Socket[], { name, data: schema }: ServerEvent) {
  const heard = sockets.map(() => 0);
  // biome-ignore lint/suspicious/noExplicitAny: data are named by the test that reads them
  return async (): Promise<any[][]> => {
    await moim.settle();
    // What was sent before the reply has come by then.
    await Promise.all(sockets.map((socket) => socket.ask({ id: 1, action: 'ping' })));
    return sockets.map(({ events }, i) => {
      const all = events.filter(({ event }) => event === name);
      const fresh = all.slice(heard[i]);
      heard[i] = all.length;
      // biome-ignore lint/suspicious/noExplicitAny: every event has an object
      for (const { data } of fresh) expect((schema as any).strict().parse(data)).toEqual(data);
      return fresh.map(({ data }) => data);
    });
  };
}

/** What the consumers of changes that people wait for did since a line of the log: table requests and units. */
export function liveWork(moim: Moim, since: number) {
  const lines = moim.logs
    .slice(since)
    .filter(({ functionId }) => functionId === 'live-stream')
    .map(({ line }) => JSON.parse(line))
    .filter(({ message }) => message === 'consumed');
  const sum = (name: string) => lines.reduce((all, each) => all + (each[name] ?? 0), 0);
  return { requests: sum('requests'), readUnits: sum('readUnits'), writeUnits: sum('writeUnits') };
}
