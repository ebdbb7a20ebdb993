/** What requests cost at the table, read from the log lines of the functions and from the stream of the table. */
import { imageOf } from '../shared/events/consumers.ts';
import type { Moim } from '../test/support/moim.ts';
import { tableName } from '../test/support/table.ts';

export interface Cost {
  readonly requests: number;
  readonly roundTrips: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Write units of refused writes, as moim estimates them. */
  readonly refusedUnits: number;
}

/** One invocation of a function, as its line tells it. */
export interface Run extends Pick<Cost, 'requests' | 'roundTrips'> {
  readonly functionId: string;
  /** Bytes of its line. */
  readonly logged: number;
}

/** The cost of one request, of everything that followed by the stream, and the entries of words that both wrote. */
export interface Told extends Cost {
  readonly stream: Omit<Cost, 'roundTrips'>;
  readonly words: number;
  /** The invocation that answered, and those that followed. */
  readonly runs: readonly Run[];
  /** Bytes of the answer's body. */
  readonly answered: number;
}

interface Line extends Partial<Cost> {
  readonly message: string;
  readonly route?: string;
  readonly status?: number;
}

/** Words of the search: entries of their lists, or items of their own. */
const isWord = (image: Readonly<Record<string, unknown>> | undefined) =>
  image?.type === 'Word' || (image?.type === 'Listing' && String(image.list).startsWith('word:'));

/** Reads what happened since the last look. */
export function meteredIn(moim: Moim) {
  let read = moim.logs.length;
  let changes = 0;
  let answered = 0;
  const { request } = moim;
  Object.assign(moim, {
    async request(...asked: Parameters<Moim['request']>) {
      const answer = await request(...asked);
      answered = Buffer.byteLength(answer.body as string);
      return answer;
    },
  });
  return {
    /** Forgets what happened until now. */
    async skip(): Promise<void> {
      await moim.settle();
      read = moim.logs.length;
      changes = moim.table.readStream(tableName(moim), undefined, 10_000_000).length;
    },

    /** The cost of the last request of a route, with all that followed. */
    async told(route: string): Promise<Told> {
      await moim.settle();
      const lines = moim.logs.slice(read).map(({ functionId, line }) => ({
        ...(JSON.parse(line) as Line),
        functionId,
        logged: Buffer.byteLength(line),
      }));
      read = moim.logs.length;
      const own = lines.findLast((line) => line.message === 'answered' && line.route === route);
      if (!own || own.roundTrips === undefined) throw new Error(`no log line has the cost of ${route}`);
      if ((own.status ?? 200) >= 300) throw new Error(`${route} was answered ${own.status}`);
      const followed = lines.filter(({ message }) => message === 'consumed');
      const sum = (name: keyof Cost) => followed.reduce((all, line) => all + (line[name] ?? 0), 0);
      const records = moim.table.readStream(tableName(moim), undefined, 10_000_000);
      const words = records.slice(changes).filter(({ dynamodb }) => isWord(imageOf(dynamodb?.NewImage))).length;
      changes = records.length;
      const stream = {
        requests: sum('requests'),
        readUnits: sum('readUnits'),
        writeUnits: sum('writeUnits'),
        refusedUnits: sum('refusedUnits'),
      };
      const runs = [own, ...followed].map(({ functionId, requests = 0, roundTrips = 0, logged }) => ({
        functionId,
        requests,
        roundTrips,
        logged,
      }));
      return { ...(own as unknown as Cost), stream, words, runs, answered };
    },
  };
}

const units = (cost: number) => String(Math.round(cost * 10) / 10);
const withRefused = (written: number, refused: number) => units(written) + (refused > 0 ? ` + ${units(refused)}` : '');

export const costColumns = ['requests / round trips', 'R / W units', 'then by the stream, R / W', 'words'] as const;

/** The cells of a use case. Units of refused writes stand behind a plus. */
export const cells = ({ requests, roundTrips, readUnits, writeUnits, refusedUnits, stream, words }: Told) => [
  `${requests} / ${roundTrips}`,
  `${units(readUnits)} / ${withRefused(writeUnits, refusedUnits)}`,
  stream.requests === 0 ? '' : `${units(stream.readUnits)} / ${withRefused(stream.writeUnits, stream.refusedUnits)}`,
  words === 0 ? '' : String(words),
];
