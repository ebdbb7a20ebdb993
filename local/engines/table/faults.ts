/** Injected faults: rare errors of the real service, at a moment that a test chooses. */

import { TableError } from './errors.ts';
import { snapshot, type Table } from './table.ts';
import { transactionCancelled } from './transactions.ts';

/**
 * - `throttle`: ProvisionedThroughputExceededException; nothing is done.
 * - `conflict`: another transaction holds the item: TransactionConflictException, or for a transaction
 *   TransactionCanceledException with TransactionConflict as the reason of every member.
 * - `cancelled`: a transaction is cancelled with `reasons` (by default the condition of the first member fails). Any
 *   other write gets ConditionalCheckFailedException.
 * - `error500`: InternalServerError; nothing is done.
 * - `timeoutBefore`, `timeoutAfter`: the connection breaks (ECONNRESET) before the work, or after it.
 * - `stale`: an eventually consistent read is answered from the state at the time at which the fault was added.
 */
export type FaultKind = 'throttle' | 'conflict' | 'cancelled' | 'error500' | 'timeoutBefore' | 'timeoutAfter' | 'stale';

/** The requests that a fault affects. */
interface Aim {
  /** Only requests of this operation, e.g. `PutItem`, or of these operations. */
  operation?: string | readonly string[];
  /** Only requests whose body (as sent) this accepts. */
  match?: (body: Record<string, unknown>) => boolean;
  /** The first matching request that is affected; 1 unless given. */
  nth?: number;
  /** The number of affected requests; one unless given. */
  times?: number;
}

interface Failure extends Aim {
  kind: FaultKind;
  /** For `cancelled`: the reason codes of the members, in order. */
  reasons?: readonly string[];
}

/** Runs something before a request reaches the table: the work of others between a use case's read and its write. */
interface Between extends Aim {
  kind: 'between';
  /** Gets the body of the request. It may send requests to the table itself: the request waits until it is done. */
  run: (body: Record<string, unknown>) => void | Promise<void>;
}

export type Fault = Failure | Between;

export interface Faults {
  /** Adds a fault. Call the function that it gives back to remove it. */
  add(fault: Fault): () => void;
  clear(): void;
}

/** The effect of a fault on one request: other tables to read from, and an error to end with after the work. */
interface Strike {
  tables?: ReadonlyMap<string, Table>;
  afterwards?: Error;
}

interface Armed {
  fault: Fault;
  /** Matching requests that pass before the fault applies. */
  pass: number;
  left: number;
  tables: ReadonlyMap<string, Table> | undefined;
}

export function createFaults(tables: ReadonlyMap<string, Table>) {
  const armed = new Set<Armed>();
  const matches = ({ fault }: Armed, operation: string, body: Record<string, unknown>) =>
    (fault.operation === undefined || [fault.operation].flat().includes(operation)) &&
    (fault.kind !== 'stale' || eventuallyConsistent(operation, body)) &&
    (fault.match?.(body) ?? true);
  /** Whether a fault applies to this request. If so, this uses up one of its times. */
  const strikes = (entry: Armed, operation: string, body: Record<string, unknown>) => {
    if (!matches(entry, operation, body) || entry.pass-- > 0) return false;
    entry.left--;
    if (entry.left <= 0) armed.delete(entry);
    return true;
  };
  const faults: Faults = {
    add(fault) {
      const copies = () => new Map([...tables].map(([name, table]) => [name, snapshot(table)]));
      const entry: Armed = {
        fault,
        pass: (fault.nth ?? 1) - 1,
        left: fault.times ?? 1,
        tables: fault.kind === 'stale' ? copies() : undefined,
      };
      armed.add(entry);
      return () => void armed.delete(entry);
    },
    clear: () => armed.clear(),
  };
  /** Throws the error of the fault that applies to this request, or gives back its other effects. */
  function strike(operation: string, body: Record<string, unknown>): Strike {
    for (const entry of armed) {
      const { fault } = entry;
      if (fault.kind === 'between' || !strikes(entry, operation, body)) continue;
      if (entry.tables) return { tables: entry.tables };
      const failure = failureOf(fault, operation, body);
      if (fault.kind === 'timeoutAfter') return { afterwards: failure };
      throw failure;
    }
    return {};
  }
  /** The work before this request. Undefined for nearly every request, which then runs without waiting for a turn. */
  function before(operation: string, body: Record<string, unknown>): (() => Promise<void>) | undefined {
    const due = [...armed].flatMap((entry) =>
      entry.fault.kind === 'between' && strikes(entry, operation, body) ? [entry.fault] : [],
    );
    if (due.length === 0) return undefined;
    return async () => {
      for (const { run } of due) await run(body);
    };
  }
  return { faults, strike, before };
}

function eventuallyConsistent(operation: string, body: Record<string, unknown>): boolean {
  if (operation === 'BatchGetItem') {
    const wanted = Object.values((body.RequestItems ?? {}) as Record<string, { ConsistentRead?: boolean }>);
    return wanted.every((each) => !each.ConsistentRead);
  }
  return ['GetItem', 'Query', 'Scan'].includes(operation) && !body.ConsistentRead;
}

function failureOf({ kind, reasons }: Failure, operation: string, body: Record<string, unknown>): Error {
  const members = operation.startsWith('Transact') ? ((body.TransactItems as unknown[] | undefined)?.length ?? 1) : 0;
  const cancel = (codes: readonly string[]) =>
    transactionCancelled(codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: messages[Code] ?? Code })));
  switch (kind) {
    case 'throttle':
      return new TableError(
        'ProvisionedThroughputExceededException',
        'The level of configured provisioned throughput for the table was exceeded',
      );
    case 'conflict':
      if (members > 0) return cancel(Array<string>(members).fill('TransactionConflict'));
      return new TableError('TransactionConflictException', messages.TransactionConflict!);
    case 'cancelled': {
      if (members === 0) return new TableError('ConditionalCheckFailedException', messages.ConditionalCheckFailed!);
      const firstFails = Array.from({ length: members }, (_, at) => (at === 0 ? 'ConditionalCheckFailed' : 'None'));
      return cancel(reasons ?? firstFails);
    }
    case 'error500':
      return new TableError('InternalServerError', 'Internal server error', {}, 500);
    default:
      return Object.assign(new Error(`read ECONNRESET (fault ${kind})`), { code: 'ECONNRESET' });
  }
}

const messages: Record<string, string> = {
  TransactionConflict: 'Transaction is ongoing for the item',
  ConditionalCheckFailed: 'The conditional request failed',
};
