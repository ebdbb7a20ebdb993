/** The table engine: a stand-in for DynamoDB and its streams, spoken to in DynamoDB's own protocol. */

import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../../shared/core/clock.ts';
import type { Caller, Engine, EngineRequest, EngineResponse } from '../engine.ts';
import * as definitions from './definitions.ts';
import { ensureTable } from './ensure-table.ts';
import { qualifiedType, TableError, validationError } from './errors.ts';
import { createFaults, type Faults } from './faults.ts';
import { query, scan } from './query.ts';
import { batchGetItem, getItem } from './reads.ts';
import type { Session } from './session.ts';
import { openState, type State } from './state.ts';
import * as streams from './streams.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';
import type { TableParameters } from './types.ts';
import { validateRequest } from './validate.ts';
import { batchWriteItem, deleteItem, putItem, updateItem } from './writes.ts';

export interface TableEngineOptions {
  clock: Clock;
  /** The data file; without one everything is in memory and gone at the end. */
  file?: string;
  /** `us-east-1` when not given. */
  region?: string;
  /** `000000000000` when not given. */
  accountId?: string;
  /** Called at the end of each turn in which something was written. */
  onChange?: () => void;
}

export interface TableEngine extends Engine {
  /** Answers a request; rejects only for faults on purpose (`ECONNRESET`), after `close`, and for the engine's own bugs. */
  handle(request: EngineRequest, caller: Caller): Promise<EngineResponse>;
  /** Sees to it that the table is as described (see `ensureTable`); gives back its ARN and that of its stream. */
  createTable(parameters: TableParameters): { tableArn: string; streamArn: string | undefined };
  /**
   * Stream records after a sequence number (from the start when undefined), as Lambda gets them; at most `limit`. The
   * caller may change them. Empty for a table without a stream, throws an Error for one that does not exist.
   */
  readStream(tableName: string, afterSequence: string | undefined, limit: number): DynamoDBRecord[];
  /** Calls `listener` at the end of each turn that appended stream records; gives back a function that ends that. */
  subscribe(listener: (tableNames: readonly string[]) => void): () => void;
  readonly faults: Faults;
  /** Closes the data file. No request is answered after that. */
  close(): void;
}

type Operation = (session: Session, body: never) => object;

const items: Record<string, Operation> = {
  PutItem: putItem,
  GetItem: getItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  TransactWriteItems: transactWriteItems,
  TransactGetItems: transactGetItems,
};

const tableOperations: Record<string, Operation> = {
  ...items,
  CreateTable: definitions.createTable,
  DescribeTable: definitions.describeTable,
  DeleteTable: definitions.deleteTable,
  ListTables: definitions.listTables,
  UpdateTimeToLive: definitions.updateTimeToLive,
  DescribeTimeToLive: definitions.describeTimeToLive,
  UpdateTable: () => {
    throw validationError('The table engine does not update tables: change the template and start again');
  },
};

const streamOperations: Record<string, Operation> = {
  ListStreams: streams.listStreams,
  DescribeStream: streams.describeStream,
  GetShardIterator: streams.getShardIterator,
  GetRecords: streams.getRecords,
};

/** AWS accepts no larger body. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * Opens the engine. Every operation runs to its end in one JavaScript turn: each request and each transaction is atomic
 * and serializable without locks. Throws an Error that names the data file when that is broken or in use.
 * @example createTableEngine({ clock: systemClock, file: '.moim/tables.sqlite' })
 */
export function createTableEngine(options: TableEngineOptions): TableEngine {
  const { clock, file, region = 'us-east-1', accountId = '000000000000' } = options;
  const notifier = createNotifier(options.onChange);
  const stateOptions = { clock, region, accountId, onCommit: notifier.committed };
  const state = openState(file === undefined ? stateOptions : { ...stateOptions, file });
  const { faults, strike, before } = createFaults(state.tables);
  let closed = false;

  const execute = (api: string, operation: string, body: Record<string, unknown>, caller: Caller): object => {
    const { run, checked } = find(api, operation);
    const { tables = state.tables, afterwards } = strike(operation, body);
    const session: Session = { state, tables, caller };
    const perform = () => run(session, (checked ? validateRequest(operation, body) : body) as never);
    if (!afterwards) return perform();
    try {
      perform();
    } catch (error) {
      // The connection breaks whatever the answer would have been.
      if (!(error instanceof TableError)) throw error;
    }
    throw afterwards;
  };

  return {
    async handle(request, caller) {
      if (closed) throw new Error('the table engine is closed');
      try {
        const [api = '', operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
        const body = parseBody(request);
        const others = before(operation, body);
        if (others) await others();
        return respond(200, execute(api, operation, body, caller));
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        return respond(error.status, { __type: qualifiedType(error.type), message: error.message, ...error.detail });
      }
    },
    createTable(parameters) {
      const { arn, streamArn } = ensureTable(state, parameters);
      return { tableArn: arn, streamArn };
    },
    readStream: (tableName, afterSequence, limit) => readStream(state, tableName, afterSequence, limit),
    subscribe: notifier.subscribe,
    faults,
    close() {
      if (closed) return;
      closed = true;
      state.close();
    },
  };
}

function find(api: string | undefined, operation: string): { run: Operation; checked: boolean } {
  const known = api === 'DynamoDB_20120810' || api === 'DynamoDBStreams_20120810';
  const map = api === 'DynamoDBStreams_20120810' ? streamOperations : tableOperations;
  if (known && Object.hasOwn(map, operation)) {
    return { run: map[operation]!, checked: map !== streamOperations && Object.hasOwn(items, operation) };
  }
  throw new TableError('UnknownOperationException', `The table engine does not know the operation ${operation || '?'}`);
}

function parseBody({ method, body }: EngineRequest): Record<string, unknown> {
  if (method !== 'POST') throw new TableError('UnknownOperationException', 'Requests are made with POST');
  if (body.byteLength > MAX_BODY) throw new TableError('RequestEntityTooLarge', 'Request too large', {}, 413);
  let parsed: unknown;
  try {
    // Buffer's own ways to text and back take a fraction of TextDecoder's and TextEncoder's time.
    if (!isUtf8(body)) throw new Error('not UTF-8');
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
    // An attribute of this name would vanish into an object's prototype on its way through the validators.
    if (/"__proto__"\s*:/.test(text)) throw validationError('The table engine keeps no attribute named __proto__');
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof TableError) throw error;
    throw new TableError('SerializationException', 'The request is not JSON in UTF-8');
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new TableError('SerializationException', 'The request is not a JSON object');
}

function respond(status: number, answer: object): EngineResponse {
  const body = Buffer.from(JSON.stringify(answer));
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(body.byteLength),
    'x-amzn-requestid': randomUUID(),
    'x-amz-crc32': String(crc32(body)),
  };
  return { status, headers, body };
}

function readStream(state: State, tableName: string, after: string | undefined, limit: number): DynamoDBRecord[] {
  if (!state.tables.has(tableName)) throw new Error(`there is no table ${tableName}`);
  const entries = state.log(tableName).after(after === undefined ? 0 : Number(after), limit);
  // Copies, by the text Lambda would send: the images are the very items the table holds.
  return entries.map(({ record }) => JSON.parse(JSON.stringify(record)) as DynamoDBRecord);
}

/** Tells listeners once per turn, after the turn: a listener may call the engine again. */
function createNotifier(onChange: (() => void) | undefined) {
  const listeners = new Set<(tableNames: readonly string[]) => void>();
  const streamed = new Set<string>();
  let pending = false;
  const notify = () => {
    pending = false;
    const names = [...streamed];
    streamed.clear();
    onChange?.();
    if (names.length > 0) for (const listener of [...listeners]) listener(names);
  };
  return {
    committed(names: readonly string[]) {
      for (const name of names) streamed.add(name);
      if (pending) return;
      pending = true;
      queueMicrotask(notify);
    },
    subscribe(listener: (tableNames: readonly string[]) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
