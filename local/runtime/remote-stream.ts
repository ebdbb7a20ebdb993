/** Reads the streams of another DynamoDB (`DYNAMODB_ENDPOINT`), so that deliveries work as with the local engine. */
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as RemoteRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import type { ChangeLog } from './streams.ts';

export interface RemoteStreamOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly tableNames: readonly string[];
  /** Called with each error. Reading continues. */
  readonly onProblem: (problem: string) => void;
  /** Milliseconds between two reads of a shard without new records; 500 unless given. */
  readonly interval?: number;
}

export interface RemoteStream extends ChangeLog {
  close(): Promise<void>;
}

/** Sequence numbers are too long for a number and are not padded, so they are compared as big integers. */
const isAfter = (sequence: string, other: string | undefined) =>
  other === undefined || BigInt(sequence) > BigInt(other);

/** A record in Lambda's form: times in seconds, bytes in base64. */
function asLambdaGets({ dynamodb, ...record }: RemoteRecord, streamArn: string): DynamoDBRecord {
  const created = dynamodb?.ApproximateCreationDateTime;
  const plain = { ...dynamodb, ApproximateCreationDateTime: created && Math.floor(created.getTime() / 1000) };
  const text = JSON.stringify({ ...record, eventSourceARN: streamArn, dynamodb: plain }, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  );
  return JSON.parse(text) as DynamoDBRecord;
}

/**
 * Follows the streams of tables through the DynamoDB Streams API, from the oldest stored record. Records of several
 * shards come in the order in which they are read. For each item that is the order of its changes.
 */
export function createRemoteStream(options: RemoteStreamOptions): RemoteStream {
  const { endpoint, region, credentials, tableNames, onProblem, interval = 500 } = options;
  const client = new DynamoDBStreamsClient({ endpoint, region, credentials });
  const logs = new Map(tableNames.map((name) => [name, [] as DynamoDBRecord[]]));
  const listeners = new Set<() => void>();
  const ending = new AbortController();
  const { signal: abortSignal } = ending;

  const wait = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, interval);
      abortSignal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });

  async function follow(tableName: string, streamArn: string, shardId: string): Promise<void> {
    const from = { StreamArn: streamArn, ShardId: shardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(from), { abortSignal });
    while (ShardIterator && !abortSignal.aborted) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }), {
        abortSignal,
      });
      logs.get(tableName)?.push(...Records.map((record) => asLambdaGets(record, streamArn)));
      if (Records.length > 0) for (const listener of listeners) listener();
      else await wait();
      ShardIterator = NextShardIterator;
    }
  }

  /** Follows each shard of a table's stream once, and looks for new shards. */
  async function watch(tableName: string): Promise<void> {
    const followed = new Set<string>();
    while (!abortSignal.aborted) {
      try {
        const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: tableName }), { abortSignal });
        for (const { StreamArn } of Streams) {
          const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }), { abortSignal });
          for (const { ShardId } of StreamDescription?.Shards ?? []) {
            if (!StreamArn || !ShardId || followed.has(ShardId)) continue;
            followed.add(ShardId);
            follow(tableName, StreamArn, ShardId).catch((error: Error) => {
              followed.delete(ShardId);
              if (!abortSignal.aborted) onProblem(`the stream of ${tableName} cannot be read: ${error.message}`);
            });
          }
        }
      } catch (error) {
        if (!abortSignal.aborted) onProblem(`the stream of ${tableName} cannot be found: ${(error as Error).message}`);
      }
      await wait();
    }
  }
  const watching = Promise.all(tableNames.map(watch));

  return {
    readStream(tableName, afterSequence, limit) {
      const records = logs.get(tableName) ?? [];
      return records.filter((each) => isAfter(each.dynamodb?.SequenceNumber ?? '0', afterSequence)).slice(0, limit);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      ending.abort();
      await watching;
      client.destroy();
    },
  };
}
