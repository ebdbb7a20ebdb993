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

export interface Fault {
  kind: FaultKind;
  /** Only requests of this operation, e.g. `PutItem`. */
  operation?: string;
  /** Only requests whose body (as sent) this accepts. */
  match?: (body: Record<string, unknown>) => boolean;
  /** How many requests it strikes; once when not given. */
  times?: number;
  /** For `cancelled`: the reason codes of the members, in order. */
  reasons?: readonly string[];
}

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
  left: number;
  tables: ReadonlyMap<string, Table> | undefined;
}

export function createFaults(tables: ReadonlyMap<string, Table>) {
  const armed = new Set<Armed>();
  const matches = ({ fault }: Armed, operation: string, body: Record<string, unknown>) =>
    (fault.operation === undefined || fault.operation === operation) &&
    (fault.kind !== 'stale' || eventuallyConsistent(operation, body)) &&
    (fault.match?.(body) ?? true);
  const faults: Faults = {
    add(fault) {
      const copies = () => new Map([...tables].map(([name, table]) => [name, snapshot(table)]));
      const entry = { fault, left: fault.times ?? 1, tables: fault.kind === 'stale' ? copies() : undefined };
      armed.add(entry);
      return () => void armed.delete(entry);
    },
    clear: () => armed.clear(),
  };
  /** Throws the fault that is due for this request, or tells what else it does. */
  function strike(operation: string, body: Record<string, unknown>): Strike {
    for (const entry of armed) {
      if (!matches(entry, operation, body)) continue;
      entry.left--;
      if (entry.left <= 0) armed.delete(entry);
      if (entry.tables) return { tables: entry.tables };
      const failure = failureOf(entry.fault, operation, body);
      if (entry.fault.kind === 'timeoutAfter') return { afterwards: failure };
      throw failure;
    }
    return {};
  }
  return { faults, strike };
}

function eventuallyConsistent(operation: string, body: Record<string, unknown>): boolean {
  if (operation === 'BatchGetItem') {
    const wanted = Object.values((body.RequestItems ?? {}) as Record<string, { ConsistentRead?: boolean }>);
    return wanted.every((each) => !each.ConsistentRead);
  }
  return ['GetItem', 'Query', 'Scan'].includes(operation) && !body.ConsistentRead;
}

function failureOf({ kind, reasons }: Fault, operation: string, body: Record<string, unknown>): Error {
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
