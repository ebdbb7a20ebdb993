/** Faults on purpose: what goes wrong in the real service now and then, at a moment a test chooses. */

import { TableError } from './errors.ts';
import { snapshot, type Table } from './table.ts';
import { transactionCancelled } from './transactions.ts';

/**
 * - `throttle`: ProvisionedThroughputExceededException, nothing done.
 * - `conflict`: another transaction is on the item: TransactionConflictException, or for a transaction
 *   TransactionCanceledException with TransactionConflict as every member's reason.
 * - `cancelled`: a transaction is cancelled with `reasons` (by default the first member's condition fails); any other
 *   write gets ConditionalCheckFailedException.
 * - `error500`: InternalServerError, nothing done.
 * - `timeoutBefore`, `timeoutAfter`: the connection breaks (ECONNRESET) before anything is done, or after it is done.
 * - `stale`: an eventually consistent read is answered from the state at the time the fault was added.
 */
export type FaultKind = 'throttle' | 'conflict' | 'cancelled' | 'error500' | 'timeoutBefore' | 'timeoutAfter' | 'stale';

/** Which requests a fault strikes. */
interface Aim {
  /** Only requests of this operation, e.g. `PutItem`, or of these. */
  operation?: string | readonly string[];
  /** Only requests whose body (as sent) this accepts. */
  match?: (body: Record<string, unknown>) => boolean;
  /** The first of those requests that it strikes; 1 when not given. */
  nth?: number;
  /** How many requests it strikes; once when not given. */
  times?: number;
}

interface Failure extends Aim {
  kind: FaultKind;
  /** For `cancelled`: the reason codes of the members, in order. */
  reasons?: readonly string[];
}

/** Runs something before the request reaches the table: what others do between a use case's read and its write. */
interface Between extends Aim {
  kind: 'between';
  /** Gets the request's body. May ask the table itself: the request waits until it is done. */
  run: (body: Record<string, unknown>) => void | Promise<void>;
}

export type Fault = Failure | Between;

export interface Faults {
  /** Gives back a function that calls the fault off. */
  add(fault: Fault): () => void;
  clear(): void;
}

/** What a fault does to one request: tables to read from instead, and a failure to end with after all is done. */
interface Strike {
  tables?: ReadonlyMap<string, Table>;
  afterwards?: Error;
}

interface Armed {
  fault: Fault;
  /** Requests that pass before it strikes. */
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
  /** Whether a fault strikes this request, which uses it up if it was its last. */
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
  /** Throws the fault that is due for this request, or tells what else it does. */
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
  /** What happens before this request; undefined for nearly every one, which then does not lose its turn. */
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
