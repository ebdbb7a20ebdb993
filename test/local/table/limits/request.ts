import { limits } from '../../../../local/engines/table/limits.ts';
import type { Item } from '../../../../local/engines/table/types.ts';
import { call, TABLE } from '../support.ts';
import { batchWrite, chars, key, list, put, query, S, scan, type Trials, text, transact } from './support.ts';

/** Items in one partition whose sizes add up to `bytes`. Their sort keys have four digits. */
function itemsOf(bytes: number): Item[] {
  const most = limits.itemBytes.most;
  const around = 'pk'.length + 'p'.length + 'sk'.length + 4 + 'v'.length;
  const size = (at: number, left: number) => (at === 0 ? left % most || most : most);
  const count = Math.ceil(bytes / most);
  return list(count, (at) => ({ ...key(String(at).padStart(4, '0')), v: S(text(size(at, bytes) - around)) }));
}

export const requestTrials: Trials<
  | 'requestBytes'
  | 'batchGetKeys'
  | 'batchGetBytes'
  | 'batchWriteItems'
  | 'transactionActions'
  | 'transactionBytes'
  | 'clientTokenChars'
  | 'pageBytes'
  | 'pageItems'
  | 'scanSegments'
  | 'listedTables'
  | 'streamRecords'
> = {
  requestBytes: {
    BatchWriteItem: {
      async send(engine, n) {
        const body = Buffer.from(JSON.stringify({ RequestItems: { [TABLE]: [{ PutRequest: { Item: key() } }] } }));
        const padded = Buffer.concat([body, Buffer.alloc(n - body.length, ' ')]);
        const headers = { 'x-amz-target': 'DynamoDB_20120810.BatchWriteItem' };
        const who = { name: 'me', allows: () => true };
        const { status, body: answer } = await engine.handle({ method: 'POST', path: '/', headers, body: padded }, who);
        const parsed = JSON.parse(Buffer.from(answer).toString());
        return { status, error: parsed.__type?.split('#')[1], body: parsed };
      },
      message: /too large/,
      error: 'RequestEntityTooLarge',
    },
  },
  batchGetKeys: {
    BatchGetItem: {
      send: (engine, n) =>
        call(engine, 'BatchGetItem', { RequestItems: { [TABLE]: { Keys: list(n, (at) => key(String(at))) } } }),
      message: /less than or equal to 100|Too many items requested/,
    },
  },
  batchGetBytes: {
    BatchGetItem: {
      async send(engine, n) {
        const items = itemsOf(n);
        for (const item of items) await put(engine, item);
        const Keys = items.map(({ pk, sk }) => ({ pk, sk }));
        return call(engine, 'BatchGetItem', { RequestItems: { [TABLE]: { Keys } } });
      },
      message: /never/,
      cut: ({ body }) => body.UnprocessedKeys[TABLE] !== undefined,
    },
  },
  batchWriteItems: {
    BatchWriteItem: {
      send: (engine, n) =>
        batchWrite(
          engine,
          list(n, (at) => key(String(at))),
        ),
      message: /Too many items requested|less than or equal to 25|greater than or equal to 1/,
    },
  },
  transactionActions: {
    TransactWriteItems: {
      send: (engine, n) => transact(engine, ...list(n, (at) => ({ Put: { TableName: TABLE, Item: key(String(at)) } }))),
      message: chars(1, 100),
    },
    TransactGetItems: {
      send: (engine, n) =>
        call(engine, 'TransactGetItems', {
          TransactItems: list(n, (at) => ({ Get: { TableName: TABLE, Key: key(String(at)) } })),
        }),
      message: chars(1, 100),
    },
  },
  transactionBytes: {
    TransactWriteItems: {
      send: (engine, n) => transact(engine, ...itemsOf(n).map((Item) => ({ Put: { TableName: TABLE, Item } }))),
      message: /4 MB/,
    },
    TransactGetItems: {
      async send(engine, n) {
        const items = itemsOf(n);
        for (const item of items) await put(engine, item);
        const gets = items.map(({ pk, sk }) => ({ Get: { TableName: TABLE, Key: { pk, sk } } }));
        return call(engine, 'TransactGetItems', { TransactItems: gets });
      },
      message: /4 MB/,
    },
  },
  clientTokenChars: {
    TransactWriteItems: {
      send: (engine, n) =>
        call(engine, 'TransactWriteItems', {
          ClientRequestToken: text(n),
          TransactItems: [{ Put: { TableName: TABLE, Item: key() } }],
        }),
      message: chars(1, 36),
    },
  },
  pageBytes: {
    Query: {
      async send(engine, n) {
        for (const item of [...itemsOf(n), key('last')]) await put(engine, item);
        return query(engine);
      },
      message: /never/,
      cut: ({ body }) => body.Items.at(-1).sk.S !== 'last',
    },
    Scan: {
      async send(engine, n) {
        for (const item of [...itemsOf(n), key('last')]) await put(engine, item);
        return scan(engine, {});
      },
      message: /never/,
      cut: ({ body }) => body.Items.at(-1).sk.S !== 'last',
    },
  },
  pageItems: {
    Query: { send: (engine, n) => query(engine, { Limit: n } as object), message: /greater than or equal to 1/ },
    Scan: { send: (engine, n) => scan(engine, { Limit: n }), message: /greater than or equal to 1/ },
  },
  scanSegments: {
    Scan: { send: (engine, n) => scan(engine, { Segment: 0, TotalSegments: n }), message: chars(1, 1_000_000) },
  },
  listedTables: {
    ListTables: { send: (engine, n) => call(engine, 'ListTables', { Limit: n }), message: chars(1, 100) },
  },
  streamRecords: {
    GetRecords: {
      async send(engine, n) {
        const { body: streams } = await call(engine, 'ListStreams', {});
        const StreamArn = streams.Streams[0].StreamArn;
        const { body: described } = await call(engine, 'DescribeStream', { StreamArn });
        const ShardId = described.StreamDescription.Shards[0].ShardId;
        const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
        const { body } = await call(engine, 'GetShardIterator', from);
        return call(engine, 'GetRecords', { ShardIterator: body.ShardIterator, Limit: n });
      },
      message: chars(1, 1000),
    },
  },
};
