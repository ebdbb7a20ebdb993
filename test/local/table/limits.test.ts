/**
 * Every limit of DynamoDB that `local/engines/table/limits.ts` names, in every operation that it names: what is at the
 * limit is taken, and what is one past it is refused with AWS's error.
 */
import type { TableEngine } from '../../../local/engines/table/engine.ts';
import { limits } from '../../../local/engines/table/limits.ts';
import type { AttributeValue, Item } from '../../../local/engines/table/types.ts';
import { call, mainTable, setUp, TABLE } from './support.ts';

type Name = keyof typeof limits;

/** Sends requests that have the size `n` in what the limit counts; gives back the answer of the last one. */
type Send = (engine: TableEngine, n: number) => Promise<Answer>;
type Answer = Awaited<ReturnType<typeof call>>;

interface Trial {
  readonly send: Send;
  /** What the message of the refusal contains. */
  readonly message: RegExp;
  /** The name of the error; `ValidationException` unless given. */
  readonly error?: string;
  /** An answer other than a refusal that the limit leads to. */
  readonly cut?: (answer: Answer) => boolean;
}

const S = (text: string): AttributeValue => ({ S: text });
const text = (bytes: number) => 'x'.repeat(bytes);
const key = (sk = 's'): Item => ({ pk: S('p'), sk: S(sk) });
const list = <T>(length: number, make: (at: number) => T) => Array.from({ length }, (_, at) => make(at));

const put = (engine: TableEngine, item: Item, more: object = {}) =>
  call(engine, 'PutItem', { TableName: TABLE, Item: { ...key(), ...item }, ...more });
const get = (engine: TableEngine, more: object) => call(engine, 'GetItem', { TableName: TABLE, Key: key(), ...more });
const update = (engine: TableEngine, more: object) =>
  call(engine, 'UpdateItem', { TableName: TABLE, Key: key(), ...more });
const set = (engine: TableEngine, value: AttributeValue) =>
  update(engine, { UpdateExpression: 'SET v = :v', ExpressionAttributeValues: { ':v': value } });
const transact = (engine: TableEngine, ...TransactItems: object[]) =>
  call(engine, 'TransactWriteItems', { TransactItems });
const inTransaction = (engine: TableEngine, kind: 'Put' | 'Update' | 'ConditionCheck', more: object) =>
  transact(engine, { [kind]: { TableName: TABLE, ...(kind === 'Put' ? { Item: key() } : { Key: key() }), ...more } });
const query = (engine: TableEngine, more: { ExpressionAttributeValues?: object } & object = {}) =>
  call(engine, 'Query', {
    TableName: TABLE,
    KeyConditionExpression: 'pk = :pk',
    ...more,
    ExpressionAttributeValues: { ':pk': S('p'), ...more.ExpressionAttributeValues },
  });
const scan = (engine: TableEngine, more: object) => call(engine, 'Scan', { TableName: TABLE, ...more });
const batchWrite = (engine: TableEngine, items: Item[]) =>
  call(engine, 'BatchWriteItem', { RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } });

/** Items in one partition whose sizes add up to `bytes`. Their sort keys have four digits. */
function itemsOf(bytes: number): Item[] {
  const most = limits.itemBytes.most;
  const around = 'pk'.length + 'p'.length + 'sk'.length + 4 + 'v'.length;
  const size = (at: number, left: number) => (at === 0 ? left % most || most : most);
  const count = Math.ceil(bytes / most);
  return list(count, (at) => ({ ...key(String(at).padStart(4, '0')), v: S(text(size(at, bytes) - around)) }));
}

/** An expression of exactly `bytes`: what is between is the name of one attribute. */
const stretched = (bytes: number, prefix: string, suffix = '') =>
  `${prefix}${text(bytes - prefix.length - suffix.length)}${suffix}`;
/** A condition with as many operators as wanted: between comparisons is an OR, before the first there may be a NOT. */
const operators = (n: number) => `${n % 2 === 0 ? 'NOT ' : ''}${list(Math.ceil(n / 2), () => 'a<b').join(' OR ')}`;
const inList = (n: number) => ({
  text: `a IN (${list(n, (at) => `:v${at}`).join(',')})`,
  values: Object.fromEntries(list(n, (at) => [`:v${at}`, S('x')])),
});
const nested = (levels: number): AttributeValue =>
  levels === 1 ? S('x') : levels % 2 ? { L: [nested(levels - 1)] } : { M: { m: nested(levels - 1) } };
const path = (levels: number) => ['a', ...list(levels - 1, () => 'b')].join('.');
/** Values with what stands for them: `n` bytes in all. */
function substituted(n: number) {
  const names = [':a', ':b', ':c', ':d', ':e', ':f'];
  const each = 390 * 1024;
  const left = n - names.join('').length - each * (names.length - 1);
  return {
    ConditionExpression: names.map((name) => `v <> ${name}`).join(' AND '),
    ExpressionAttributeValues: Object.fromEntries(names.map((name, at) => [name, S(text(at === 0 ? left : each))])),
  };
}
const digits = (n: number): AttributeValue => ({ N: '1'.repeat(n) });
const power = (exponent: number): AttributeValue => ({ N: `1e${exponent}` });

const table = (more: object) => ({
  TableName: 'Another',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  ...more,
});
const index = (IndexName: string, NonKeyAttributes?: string[]) => ({
  IndexName,
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  Projection: NonKeyAttributes ? { ProjectionType: 'INCLUDE', NonKeyAttributes } : { ProjectionType: 'KEYS_ONLY' },
});
const create = (engine: TableEngine, more: object) => call(engine, 'CreateTable', table(more));

const tooLong = /Expression size has exceeded the maximum allowed size; expression size: 4097/;
const tooMany = /The expression contains too many operators; operator count: 301/;
const operands = /too many operands; number of operands: 101|Syntax error/;
const tooDeep = /Nesting Levels have exceeded supported limits/;
const levels = /The document path has too many nesting levels; nesting levels: 33/;
const chars = (least: number, most: number) =>
  new RegExp(
    `greater than or equal to ${least}|less than or equal to ${most}|between ${least} and ${most}|at least ${least} .*at most ${most}`,
  );
const badNumber = /Number (over|under)flow|more than 38 significant digits/;
const badSet = /set\s+may not be empty|contains duplicates/;
const hashSize = /Size of hashkey has exceeded|empty string value/;
const rangeSize = /Aggregated size of all range keys|empty string value/;
const condition = (bytes: number) => stretched(bytes, 'attribute_not_exists(', ')');

const trials: { readonly [N in Name]: Readonly<Record<(typeof limits)[N]['operations'][number], Trial>> } = {
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
  expressionBytes: {
    PutItem: { send: (engine, n) => put(engine, {}, { ConditionExpression: condition(n) }), message: tooLong },
    UpdateItem: {
      send: (engine, n) => update(engine, { UpdateExpression: stretched(n, 'REMOVE ') }),
      message: tooLong,
    },
    DeleteItem: {
      send: (engine, n) =>
        call(engine, 'DeleteItem', { TableName: TABLE, Key: key(), ConditionExpression: condition(n) }),
      message: tooLong,
    },
    GetItem: { send: (engine, n) => get(engine, { ProjectionExpression: stretched(n, '') }), message: tooLong },
    Query: { send: (engine, n) => query(engine, { FilterExpression: condition(n) } as object), message: tooLong },
    Scan: { send: (engine, n) => scan(engine, { FilterExpression: condition(n) }), message: tooLong },
    BatchGetItem: {
      send: (engine, n) =>
        call(engine, 'BatchGetItem', {
          RequestItems: { [TABLE]: { Keys: [key()], ProjectionExpression: stretched(n, '') } },
        }),
      message: tooLong,
    },
    TransactWriteItems: {
      send: (engine, n) => inTransaction(engine, 'Put', { ConditionExpression: condition(n) }),
      message: tooLong,
    },
    TransactGetItems: {
      send: (engine, n) =>
        call(engine, 'TransactGetItems', {
          TransactItems: [{ Get: { TableName: TABLE, Key: key(), ProjectionExpression: stretched(n, '') } }],
        }),
      message: tooLong,
    },
  },
  expressionOperators: {
    PutItem: {
      async send(engine, n) {
        await put(engine, { a: { N: '1' }, b: { N: '2' } });
        return put(engine, {}, { ConditionExpression: operators(n) });
      },
      message: tooMany,
    },
    UpdateItem: {
      async send(engine, n) {
        const places = list(n, (at) => `a${at}=z+:v`);
        await put(engine, { z: { N: '1' } });
        return update(engine, {
          UpdateExpression: `SET ${places.join(',')}`,
          ExpressionAttributeValues: { ':v': { N: '1' } },
        });
      },
      message: tooMany,
    },
    Query: { send: (engine, n) => query(engine, { FilterExpression: operators(n) } as object), message: tooMany },
    TransactWriteItems: {
      async send(engine, n) {
        await put(engine, { a: { N: '1' }, b: { N: '2' } });
        return inTransaction(engine, 'ConditionCheck', { ConditionExpression: operators(n) });
      },
      message: tooMany,
    },
  },
  inOperands: {
    PutItem: {
      async send(engine, n) {
        const { text, values } = inList(n);
        await put(engine, { a: S('x') });
        return put(engine, {}, { ConditionExpression: text, ExpressionAttributeValues: n ? values : undefined });
      },
      message: operands,
    },
    Query: {
      send(engine, n) {
        const { text, values } = inList(n);
        return query(engine, { FilterExpression: text, ExpressionAttributeValues: values } as object);
      },
      message: operands,
    },
    TransactWriteItems: {
      async send(engine, n) {
        const { text, values } = inList(n);
        await put(engine, { a: S('x') });
        return inTransaction(engine, 'ConditionCheck', {
          ConditionExpression: text,
          ...(n > 0 ? { ExpressionAttributeValues: values } : {}),
        });
      },
      message: operands,
    },
  },
  pathLevels: {
    PutItem: {
      send: (engine, n) => put(engine, {}, { ConditionExpression: `attribute_not_exists(${path(n)})` }),
      message: levels,
    },
    UpdateItem: {
      async send(engine, n) {
        const deep = list(n - 2, () => 0).reduce<AttributeValue>((inner) => ({ M: { b: inner } }), { M: {} });
        await put(engine, n > limits.pathLevels.most ? {} : { a: deep });
        return update(engine, { UpdateExpression: `SET ${path(n)} = :v`, ExpressionAttributeValues: { ':v': S('x') } });
      },
      message: levels,
    },
    GetItem: { send: (engine, n) => get(engine, { ProjectionExpression: path(n) }), message: levels },
  },
  placeholderBytes: {
    GetItem: {
      send(engine, n) {
        const name = `#${text(n - 1)}`;
        return get(engine, { ProjectionExpression: name, ExpressionAttributeNames: { [name]: 'a' } });
      },
      message: /ExpressionAttributeNames contains invalid key/,
    },
    UpdateItem: {
      send(engine, n) {
        const name = `:${text(n - 1)}`;
        return update(engine, {
          UpdateExpression: `SET a = ${name}`,
          ExpressionAttributeValues: { [name]: S('x') },
        });
      },
      message: /ExpressionAttributeValues contains invalid key/,
    },
  },
  substitutionBytes: {
    UpdateItem: { send: (engine, n) => update(engine, substituted(n)), message: /exceeds max size/ },
    TransactWriteItems: {
      send: (engine, n) => inTransaction(engine, 'ConditionCheck', substituted(n)),
      message: /exceeds max size/,
    },
  },
  itemBytes: {
    PutItem: {
      send: (engine, n) => put(engine, fitted(n)),
      message: /Item size has exceeded the maximum allowed size/,
    },
    UpdateItem: {
      send: (engine, n) => set(engine, fitted(n).v!),
      message: /Item size to update has exceeded the maximum allowed size/,
    },
    BatchWriteItem: {
      send: (engine, n) => batchWrite(engine, [fitted(n)]),
      message: /Item size has exceeded the maximum allowed size/,
    },
    TransactPut: {
      send: (engine, n) => inTransaction(engine, 'Put', { Item: fitted(n) }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
    TransactUpdate: {
      send: (engine, n) =>
        inTransaction(engine, 'Update', {
          UpdateExpression: 'SET v = :v',
          ExpressionAttributeValues: { ':v': fitted(n).v! },
        }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
  },
  nestingLevels: {
    PutItem: { send: (engine, n) => put(engine, { v: nested(n) }), message: tooDeep },
    UpdateItem: { send: (engine, n) => set(engine, nested(n)), message: tooDeep },
    DeleteItem: {
      send: (engine, n) =>
        call(engine, 'DeleteItem', {
          TableName: TABLE,
          Key: key(),
          ConditionExpression: 'v <> :v',
          ExpressionAttributeValues: { ':v': nested(n) },
        }),
      message: tooDeep,
    },
    BatchWriteItem: { send: (engine, n) => batchWrite(engine, [{ ...key(), v: nested(n) }]), message: tooDeep },
    TransactPut: {
      send: (engine, n) => inTransaction(engine, 'Put', { Item: { ...key(), v: nested(n) } }),
      message: tooDeep,
    },
    TransactUpdate: {
      send: (engine, n) =>
        inTransaction(engine, 'Update', {
          UpdateExpression: 'SET v = :v',
          ExpressionAttributeValues: { ':v': nested(n) },
        }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
  },
  attributeNameBytes: {
    PutItem: {
      send: (engine, n) => put(engine, { v: { L: [{ M: { [text(n)]: S('') } }] } }),
      message: /Attribute name is too large|Empty attribute name/,
    },
    UpdateItem: {
      send: (engine, n) =>
        update(engine, {
          UpdateExpression: 'SET #n = :v',
          ExpressionAttributeNames: { '#n': text(n) },
          ExpressionAttributeValues: { ':v': S('') },
        }),
      message: /Attribute name is too large|attribute name: #n/,
    },
  },
  numberDigits: {
    PutItem: { send: (engine, n) => put(engine, { v: digits(n) }), message: badNumber },
    UpdateItem: {
      async send(engine, n) {
        // The sum has one digit more than the larger number.
        await put(engine, { v: { N: '9'.repeat(n - 1) } });
        return update(engine, {
          UpdateExpression: 'ADD v :v',
          ExpressionAttributeValues: { ':v': { N: '2' } },
        });
      },
      message: badNumber,
    },
    Query: {
      send: (engine, n) =>
        query(engine, { FilterExpression: 'v = :v', ExpressionAttributeValues: { ':v': digits(n) } } as object),
      message: badNumber,
    },
  },
  numberMagnitude: {
    PutItem: { send: (engine, n) => put(engine, { v: power(n) }), message: badNumber },
    UpdateItem: {
      async send(engine, n) {
        const [before, after] = n > 0 ? [`9e${n - 1}`, `1e${n - 1}`] : [`1.1e${n + 1}`, `-1e${n + 1}`];
        await put(engine, { v: { N: before! } });
        return update(engine, { UpdateExpression: 'ADD v :v', ExpressionAttributeValues: { ':v': { N: after! } } });
      },
      message: badNumber,
    },
  },
  setMembers: {
    PutItem: { send: (engine, n) => put(engine, { v: { SS: list(n, String) } }), message: badSet },
    UpdateItem: { send: (engine, n) => set(engine, { NS: list(n, String) }), message: badSet },
  },
  setDoubles: {
    PutItem: { send: (engine, n) => put(engine, { v: { SS: ['a', ...list(n, () => 'a')] } }), message: badSet },
    UpdateItem: { send: (engine, n) => set(engine, { NS: ['1', ...list(n, () => '1.0')] }), message: badSet },
  },
  hashKeyBytes: {
    PutItem: { send: (engine, n) => put(engine, { pk: S(text(n)) }), message: hashSize },
    GetItem: { send: (engine, n) => get(engine, { Key: { pk: S(text(n)), sk: S('s') } }), message: hashSize },
    index: { send: (engine, n) => put(engine, { k: S(text(n)) }), message: hashSize },
  },
  rangeKeyBytes: {
    PutItem: { send: (engine, n) => put(engine, { sk: S(text(n)) }), message: rangeSize },
    GetItem: { send: (engine, n) => get(engine, { Key: { pk: S('p'), sk: S(text(n)) } }), message: rangeSize },
    index: {
      async send(engine, n) {
        engine.createTable({
          ...mainTable,
          TableName: 'Texts',
          AttributeDefinitions: mainTable.AttributeDefinitions.map((each) => ({
            ...each,
            AttributeType: 'S' as const,
          })),
        });
        return put(engine, { g: S('g'), h: S(text(n)) }, { TableName: 'Texts' });
      },
      message: rangeSize,
    },
  },
  tableNameChars: {
    CreateTable: { send: (engine, n) => create(engine, { TableName: text(n) }), message: chars(3, 255) },
  },
  indexNameChars: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: [index(text(n))] }),
      message: chars(3, 255),
    },
  },
  keyNameChars: {
    CreateTable: {
      send: (engine, n) =>
        create(engine, {
          AttributeDefinitions: [{ AttributeName: text(n), AttributeType: 'S' }],
          KeySchema: [{ AttributeName: text(n), KeyType: 'HASH' }],
        }),
      message: chars(1, 255),
    },
  },
  projectedNameChars: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: [index('byId', [text(n)])] }),
      message: chars(1, 255),
    },
  },
  indexes: {
    CreateTable: {
      send: (engine, n) => create(engine, { GlobalSecondaryIndexes: list(n, (at) => index(`byId${at}`)) }),
      message: /per-table limit of 20|List of GlobalSecondaryIndexes is empty/,
    },
  },
  projectedAttributes: {
    CreateTable: {
      send(engine, n) {
        const names = list(n, (at) => `a${at}`);
        const halves = [names.slice(0, 50), names.slice(50)];
        return create(engine, { GlobalSecondaryIndexes: halves.map((half, at) => index(`byId${at}`, half)) });
      },
      message: /More than 100 attributes are projected/,
    },
  },
  expiryNameChars: {
    UpdateTimeToLive: {
      async send(engine, n) {
        await create(engine, {});
        const TimeToLiveSpecification = { Enabled: true, AttributeName: text(n) };
        return call(engine, 'UpdateTimeToLive', { TableName: 'Another', TimeToLiveSpecification });
      },
      message: /AttributeName/,
    },
  },
};

/** An item of exactly `bytes`, which may be more than an item may have. */
function fitted(bytes: number): Item {
  const around = 'pk'.length + 'p'.length + 'sk'.length + 's'.length + 'v'.length;
  return { ...key(), v: S(text(bytes - around)) };
}

const cases = Object.entries(limits).flatMap(([name, limit]) => {
  const { least, most } = limit as { least?: number; most?: number };
  return limit.operations.flatMap((operation) => [
    ...(least === undefined ? [] : [{ name, operation, at: least, past: least - 1 }]),
    ...(most === undefined ? [] : [{ name, operation, at: most, past: most + 1 }]),
  ]);
});

test('every row has a bound, a page that documents it, and a trial for each operation; no trial is left over', () => {
  const tried = Object.entries(trials).map(([name, of]) => [name, Object.keys(of)]);
  expect(tried).toEqual(Object.entries(limits).map(([name, { operations }]) => [name, [...operations]]));
  for (const [name, limit] of Object.entries(limits)) {
    expect([name, 'least' in limit || 'most' in limit]).toEqual([name, true]);
    expect(limit.documented).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/amazondynamodb\//);
  }
});

test.each(cases)('$name of $operation: $at is taken, $past is not', async ({ name, operation, at, past }) => {
  const trial = (trials as Record<string, Record<string, Trial>>)[name]![operation]!;
  const taken = await trial.send(setUp().engine, at);
  const other = await trial.send(setUp().engine, past);

  expect([taken.status, taken.body.message]).toEqual([200, undefined]);
  if (trial.cut) expect([trial.cut(taken), trial.cut(other)]).toEqual([false, true]);
  else {
    expect([other.status, other.error]).toEqual([
      trial.error === 'RequestEntityTooLarge' ? 413 : 400,
      trial.error ?? 'ValidationException',
    ]);
    expect(other.body.message).toMatch(trial.message);
  }
});
