/**
 * DynamoDB's limits. dynalite's validators enforce a part of them with numbers of their own, the engine the others with
 * those of this table. `test/local/table/limits.test.ts` tries every operation of every row at the limit and one past
 * it, and fails for a row that it cannot try.
 */

const KB = 1024;
const MB = 1024 * KB;

/** Pages of the developer guide and of the API reference. */
const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/';
const api = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/';
const constraints = `${guide}Constraints.html`;
const attributes = `${constraints}#limits-attributes`;
const expressions = `${constraints}#limits-expression-parameters`;

interface Limit {
  /** What is counted. */
  readonly counts: string;
  /** The smallest value that is taken, if there is one. */
  readonly least?: number;
  /** The largest value that is taken, if there is one. */
  readonly most?: number;
  /** The page that documents the limit. */
  readonly documented: string;
  /** The operations that enforce it. `Transact` before a name means: in a transaction. */
  readonly operations: readonly string[];
}

export const limits = {
  // Requests
  requestBytes: {
    counts: 'bytes of a body',
    most: 16 * MB,
    documented: `${api}API_BatchWriteItem.html`,
    operations: ['BatchWriteItem'],
  },
  batchGetKeys: {
    counts: 'keys of all tables',
    most: 100,
    documented: `${api}API_BatchGetItem.html`,
    operations: ['BatchGetItem'],
  },
  batchGetBytes: {
    counts: 'bytes of found items; the other keys come back as unprocessed',
    most: 16 * MB,
    documented: `${api}API_BatchGetItem.html`,
    operations: ['BatchGetItem'],
  },
  batchWriteItems: {
    counts: 'puts and deletes of all tables',
    least: 1,
    most: 25,
    documented: `${api}API_BatchWriteItem.html`,
    operations: ['BatchWriteItem'],
  },
  transactionActions: {
    counts: 'actions',
    least: 1,
    most: 100,
    documented: `${constraints}#limits-api`,
    operations: ['TransactWriteItems', 'TransactGetItems'],
  },
  transactionBytes: {
    counts: 'bytes of all items',
    most: 4 * MB,
    documented: `${api}API_TransactWriteItems.html`,
    operations: ['TransactWriteItems', 'TransactGetItems'],
  },
  clientTokenChars: {
    counts: 'characters of a ClientRequestToken',
    least: 1,
    most: 36,
    documented: `${api}API_TransactWriteItems.html`,
    operations: ['TransactWriteItems'],
  },
  pageBytes: {
    counts: 'bytes that a page has read when it still goes on',
    most: MB - 1,
    documented: `${constraints}#limits-api`,
    operations: ['Query', 'Scan'],
  },
  pageItems: {
    counts: 'items, in `Limit`',
    least: 1,
    documented: `${api}API_Query.html`,
    operations: ['Query', 'Scan'],
  },
  scanSegments: {
    counts: 'segments, in `TotalSegments`',
    least: 1,
    most: 1_000_000,
    documented: `${api}API_Scan.html`,
    operations: ['Scan'],
  },
  listedTables: {
    counts: 'names, in `Limit`',
    least: 1,
    most: 100,
    documented: `${api}API_ListTables.html`,
    operations: ['ListTables'],
  },
  streamRecords: {
    counts: 'records, in `Limit`',
    least: 1,
    most: 1000,
    documented: `${api}API_streams_GetRecords.html`,
    operations: ['GetRecords'],
  },

  // Expressions
  expressionBytes: {
    counts: 'bytes of an expression as it was sent',
    most: 4096,
    documented: expressions,
    operations: [
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'GetItem',
      'Query',
      'Scan',
      'BatchGetItem',
      'TransactWriteItems',
      'TransactGetItems',
    ],
  },
  expressionOperators: {
    counts: 'operators and functions of an expression',
    most: 300,
    documented: expressions,
    operations: ['PutItem', 'UpdateItem', 'Query', 'TransactWriteItems'],
  },
  inOperands: {
    counts: 'operands of an IN',
    least: 1,
    most: 100,
    documented: expressions,
    operations: ['PutItem', 'Query', 'TransactWriteItems'],
  },
  pathLevels: {
    counts: 'levels of a document path',
    most: 32,
    documented: attributes,
    operations: ['PutItem', 'UpdateItem', 'GetItem'],
  },
  placeholderBytes: {
    counts: 'bytes of a #name or a :value',
    least: 2,
    most: 255,
    documented: expressions,
    operations: ['GetItem', 'UpdateItem'],
  },
  substitutionBytes: {
    counts: 'bytes of all #names and :values and of what they stand for',
    most: 2 * MB,
    documented: expressions,
    operations: ['UpdateItem', 'TransactWriteItems'],
  },

  // Items
  itemBytes: {
    counts: 'bytes of an item',
    most: 400 * KB,
    documented: `${constraints}#limits-items`,
    operations: ['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactPut', 'TransactUpdate'],
  },
  nestingLevels: {
    counts: 'levels of a value, a scalar being one',
    most: 32,
    documented: attributes,
    operations: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactPut', 'TransactUpdate'],
  },
  attributeNameBytes: {
    counts: 'bytes of the name of an attribute',
    least: 1,
    most: 64 * KB - 1,
    documented: `${constraints}#limits-naming-rules`,
    operations: ['PutItem', 'UpdateItem'],
  },
  numberDigits: {
    counts: 'significant digits',
    most: 38,
    documented: `${constraints}#limits-data-types`,
    operations: ['PutItem', 'UpdateItem', 'Query'],
  },
  numberMagnitude: {
    counts: 'the power of ten of the first digit',
    least: -130,
    most: 125,
    documented: `${constraints}#limits-data-types`,
    operations: ['PutItem', 'UpdateItem'],
  },
  setMembers: {
    counts: 'members of a set',
    least: 1,
    documented: `${api}API_PutItem.html`,
    operations: ['PutItem', 'UpdateItem'],
  },
  setDoubles: {
    counts: 'members of a set that were there before',
    most: 0,
    documented: `${guide}HowItWorks.NamingRulesDataTypes.html`,
    operations: ['PutItem', 'UpdateItem'],
  },

  // Keys
  hashKeyBytes: {
    counts: 'bytes of a partition key',
    least: 1,
    most: 2048,
    documented: `${constraints}#limits-partition-sort-keys`,
    operations: ['PutItem', 'GetItem', 'index'],
  },
  rangeKeyBytes: {
    counts: 'bytes of a sort key',
    least: 1,
    most: 1024,
    documented: `${constraints}#limits-partition-sort-keys`,
    operations: ['PutItem', 'GetItem', 'index'],
  },

  // Tables and indexes
  tableNameChars: {
    counts: 'characters of the name of a table',
    least: 3,
    most: 255,
    documented: `${constraints}#limits-naming-rules`,
    operations: ['CreateTable'],
  },
  indexNameChars: {
    counts: 'characters of the name of an index',
    least: 3,
    most: 255,
    documented: `${constraints}#limits-naming-rules`,
    operations: ['CreateTable'],
  },
  keyNameChars: {
    counts: 'characters of the name of a key attribute',
    least: 1,
    most: 255,
    documented: `${constraints}#limits-naming-rules`,
    operations: ['CreateTable'],
  },
  projectedNameChars: {
    counts: 'characters of the name of a projected attribute',
    least: 1,
    most: 255,
    documented: `${constraints}#limits-naming-rules`,
    operations: ['CreateTable'],
  },
  indexes: {
    counts: 'global secondary indexes of a table',
    least: 1,
    most: 20,
    documented: `${constraints}#limits-secondary-indexes`,
    operations: ['CreateTable'],
  },
  projectedAttributes: {
    counts: 'projected attributes of all indexes that INCLUDE some',
    most: 100,
    documented: `${constraints}#limits-secondary-indexes`,
    operations: ['CreateTable'],
  },
  expiryNameChars: {
    counts: 'characters of the name of the time-to-live attribute',
    least: 1,
    most: 255,
    documented: `${api}API_TimeToLiveSpecification.html`,
    operations: ['UpdateTimeToLive'],
  },
} as const satisfies Readonly<Record<string, Limit>>;
