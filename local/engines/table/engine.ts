/** The table engine: stands in for DynamoDB and its streams, with DynamoDB's own protocol. */

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
import { limits } from './limits.ts';
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
  /** The data file; without it, data is in memory and lost at the end. */
  file?: string;
  /** `us-east-1` unless given. */
  region?: string;
  /** `000000000000` unless given. */
  accountId?: string;
  /** Called at the end of each turn with a write. */
  onChange?: () => void;
}

export interface TableEngine extends Engine {
  /** Answers a request. Rejects only for injected faults (`ECONNRESET`), after `close`, and for bugs of the engine. */
  handle(request: EngineRequest, caller: Caller): Promise<EngineResponse>;
  /**
   * Carries out an operation on items, within the process. The engine keeps parts of `body`, and the answer has parts that the
   * table holds: the caller changes neither.
   *
   * @param body the request in DynamoDB's own form
   * @throws TableError for an error of the service
   */
  call(operation: string, body: Record<string, unknown>, caller: Caller): Promise<object>;
  /**
   * Creates or adapts the table so that it fits the description (`ensureTable`). Gives back the ARNs of the table and
   * its stream.
   */
  createTable(parameters: TableParameters): { tableArn: string; streamArn: string | undefined };
  /**
   * Stream records after a sequence number (from the start if undefined), in Lambda's form. The caller may change them.
   * Empty for a table without a stream.
   *
   * @param limit the maximum number of records
   * @throws Error if there is no such table
   */
  readStream(tableName: string, afterSequence: string | undefined, limit: number): DynamoDBRecord[];
  /** Calls `listener` at the end of each turn that added stream records; gives back a function that stops that. */
  subscribe(listener: (tableNames: readonly string[]) => void): () => void;
  readonly faults: Faults;
  /** The actions of the largest TransactWriteItems so far, as they were sent; carried out or not. */
  largestTransaction(): readonly object[];
  /** Closes the data file. Later requests are rejected. */
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

/**
 * Opens the engine. Every operation runs to its end in one JavaScript turn, so each request and each transaction is
 * atomic and serializable without locks.
 *
 * @throws Error that names the data file if it is broken or in use
 * @example createTableEngine({ clock: systemClock, file: '.moim/tables.sqlite' })
 */
export function createTableEngine(options: TableEngineOptions): TableEngine {
  const { clock, file, region = 'us-east-1', accountId = '000000000000' } = options;
  const notifier = createNotifier(options.onChange);
  const stateOptions = { clock, region, accountId, onCommit: notifier.committed };
  const state = openState(file === undefined ? stateOptions : { ...stateOptions, file });
  const { faults, strike, before } = createFaults(state.tables);
  let closed = false;
  let largest: readonly object[] = [];

  const execute = (api: string, operation: string, body: Record<string, unknown>, caller: Caller): object => {
    const { run, checked } = find(api, operation);
    const { TransactItems: actions } = body;
    if (run === transactWriteItems && Array.isArray(actions) && actions.length > largest.length) largest = actions;
    const { tables = state.tables, afterwards } = strike(operation, body);
    const session: Session = { state, tables, caller };
    const perform = () => run(session, (checked ? validateRequest(operation, body) : body) as never);
    if (!afterwards) return perform();
    try {
      perform();
    } catch (error) {
      // The connection breaks in any case, even if the operation is refused.
      if (!(error instanceof TableError)) throw error;
    }
    throw afterwards;
  };

  const answer = async (api: string, operation: string, body: Record<string, unknown>, caller: Caller) => {
    if (closed) throw new Error('the table engine is closed');
    const others = before(operation, body);
    if (others) await others();
    return execute(api, operation, body, caller);
  };

  return {
    async handle(request, caller) {
      if (closed) throw new Error('the table engine is closed');
      try {
        const [api = '', operation = ''] = (request.headers['x-amz-target'] ?? '').split('.');
        return respond(200, await answer(api, operation, parseBody(request), caller));
      } catch (error) {
        if (!(error instanceof TableError)) throw error;
        return respond(error.status, { __type: qualifiedType(error.type), message: error.message, ...error.detail });
      }
    },
    call: (operation, body, caller) => answer('DynamoDB_20120810', operation, body, caller),
    createTable(parameters) {
      const { arn, streamArn } = ensureTable(state, parameters);
      return { tableArn: arn, streamArn };
    },
    readStream: (tableName, afterSequence, limit) => readStream(state, tableName, afterSequence, limit),
    subscribe: notifier.subscribe,
    faults,
    largestTransaction: () => largest,
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
  if (body.byteLength > limits.requestBytes.most)
    throw new TableError('RequestEntityTooLarge', 'Request too large', {}, 413);
  let parsed: unknown;
  try {
    // Buffer converts text in a fraction of the time of TextDecoder and TextEncoder.
    if (!isUtf8(body)) throw new Error('not UTF-8');
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
    // The validators would lose an attribute with this name in an object's prototype.
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
  // Copies in the form that Lambda would send, because the images are the same objects that the table holds.
  return entries.map(({ record }) => JSON.parse(JSON.stringify(record)) as DynamoDBRecord);
}

/** Notifies listeners once for each turn, after the turn, because a listener may call the engine again. */
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
