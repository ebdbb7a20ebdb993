import { randomInt } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { createDelivery, type DeliveryOptions, sequenceOf } from './delivery.ts';
import { checkPattern, fits, type Pattern } from './filter.ts';
import { ofType, type Properties, type Resource } from './template.ts';

/** Where each stream source has got to, kept over restarts. */
export interface Checkpoints {
  get(source: string): string | undefined;
  set(source: string, sequence: string): void;
}
export const memoryCheckpoints = (): Checkpoints => {
  const known = new Map<string, string>();
  return { get: (source) => known.get(source), set: (source, sequence) => void known.set(source, sequence) };
};

/** What the stream of a table is read from. */
export interface ChangeLog {
  readStream(tableName: string, afterSequence: string | undefined, limit: number): DynamoDBRecord[];
  /** Calls the listener when something was appended; gives back how to stop it. */
  subscribe(listener: () => void): () => void;
}

/** What delivery works with. */
export interface StreamsOptions extends DeliveryOptions {
  readonly table: ChangeLog;
  readonly checkpoints: Checkpoints;
}

export interface Streams {
  /** Whether every source has handled all that the table's stream holds. */
  idle(): boolean;
  onIdle(listener: () => void): void;
  /**
   * Delivers changes again that were delivered before, to every function that wants them, and gives back how many each got.
   *
   * @param last how many of the table's newest changes
   * @param shuffled out of turn, instead of in the order in which they were made
   */
  redeliver(last: number, shuffled: boolean): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

/** Records one poll looks at, before filters. */
const window = 1000;

/** An event source mapping, and whether its stream is being read. */
interface Source {
  readonly id: string;
  readonly tableName: string;
  readonly properties: Properties;
  readonly patterns: readonly Pattern[];
  busy: boolean;
  /** Something came while it was busy. */
  again: boolean;
}

/** Throws an Error for what is no table's stream, and for an unknown filter: at the start, not at the first change. */
function sourceOf({ id, properties }: Resource): Source {
  const tableName = /table\/([^/]+)\/stream\//.exec(properties.EventSourceArn)?.[1];
  if (!tableName) throw new Error(`${id} reads from ${properties.EventSourceArn}, which is no table's stream`);
  const filters: readonly { Pattern: string }[] = properties.FilterCriteria?.Filters ?? [];
  const patterns = filters.map((filter): Pattern => JSON.parse(filter.Pattern));
  for (const pattern of patterns) checkPattern(pattern);
  return { id, tableName, properties, patterns, busy: false, again: false };
}

const wants = (patterns: readonly Pattern[], record: DynamoDBRecord) =>
  patterns.length === 0 || patterns.some((pattern) => fits(pattern, record));

/** What a source has got of a table's stream, as far as the stream still holds it. */
function delivered(table: ChangeLog, tableName: string, checkpoint: string | undefined): DynamoDBRecord[] {
  const found: DynamoDBRecord[] = [];
  if (checkpoint === undefined) return found;
  for (let after: string | undefined; ; after = sequenceOf(found.at(-1)!)) {
    const page = table.readStream(tableName, after, window);
    const old = page.filter((record) => BigInt(sequenceOf(record)) <= BigInt(checkpoint));
    found.push(...old);
    if (page.length < window || old.length < page.length) return found;
  }
}

/** Puts records into a random order; two or more never stay as they were. */
function shuffle(records: DynamoDBRecord[]): void {
  const before = [...records];
  for (let i = records.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [records[i], records[j]] = [records[j]!, records[i]!];
  }
  if (records.every((record, i) => record === before[i])) records.reverse();
}

/** Delivers what changes in the table to the functions whose event source mappings ask for it: in order, at least once. */
export function createStreams(
  resources: readonly Resource[],
  { table, runner, queues, clock, checkpoints, retryDelay }: StreamsOptions,
): Streams {
  const listeners: (() => void)[] = [];
  const sources = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(sourceOf);
  let closed = false;
  let redelivering = 0;
  const { deliver, close: endDelivery } = createDelivery({ runner, queues, clock, retryDelay });

  async function poll(source: Source): Promise<void> {
    if (source.busy) {
      source.again = true;
      return;
    }
    source.busy = true;
    const { id, tableName, properties, patterns } = source;
    do {
      source.again = false;
      for (let records = table.readStream(tableName, checkpoints.get(id), window); records.length > 0 && !closed; ) {
        const wanted = records.filter((record) => wants(patterns, record));
        const batch = wanted.slice(0, properties.BatchSize ?? 100);
        if (batch.length > 0) await deliver(batch, properties);
        if (closed) break;
        const last = batch.length < wanted.length ? batch.at(-1)! : records.at(-1)!;
        checkpoints.set(id, sequenceOf(last));
        records = table.readStream(tableName, sequenceOf(last), window);
      }
    } while (source.again && !closed);
    source.busy = false;
    for (const listener of listeners) listener();
  }

  const pollAll = () => {
    for (const source of sources) void poll(source);
  };
  const unsubscribe = table.subscribe(pollAll);
  queueMicrotask(pollAll);
  return {
    idle: () =>
      redelivering === 0 &&
      sources.every(
        (source) => !source.busy && table.readStream(source.tableName, checkpoints.get(source.id), 1).length === 0,
      ),
    onIdle: (listener) => void listeners.push(listener),
    async redeliver(last, shuffled) {
      redelivering++;
      try {
        const counts = sources.map(async ({ id, tableName, properties, patterns }) => {
          const records = delivered(table, tableName, checkpoints.get(id))
            .slice(-last)
            .filter((record) => wants(patterns, record));
          if (shuffled) shuffle(records);
          const size = properties.BatchSize ?? 100;
          for (let i = 0; i < records.length; i += size) await deliver(records.slice(i, i + size), properties);
          return [id, records.length] as const;
        });
        return Object.fromEntries(await Promise.all(counts));
      } finally {
        redelivering--;
        for (const listener of listeners) listener();
      }
    },
    close() {
      closed = true;
      endDelivery();
      unsubscribe();
    },
  };
}
