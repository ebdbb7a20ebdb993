/** TransactWriteItems and TransactGetItems: all members see the same state, and either all are done or none. */

import { createMeter, readUnits, writeUnits } from './capacity.ts';
import { checkKey, checkNestedPaths } from './check-items.ts';
import { TableError, validationError } from './errors.ts';
import { encodeKey } from './keys.ts';
import { limits } from './limits.ts';
import { project } from './paths.ts';
import { authorizeItems, findTable, type Session } from './session.ts';
import { type Change, namesOf } from './table.ts';
import { digestOf } from './tokens.ts';
import type { Item, Request } from './types.ts';
import { planWrite, type WriteKind } from './writes.ts';

export interface CancellationReason {
  Code: string;
  Message?: string;
  Item?: Item;
}

/** The answer to a cancelled transaction: one reason for each member, in the order of the request. */
export function transactionCancelled(reasons: readonly CancellationReason[]): TableError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new TableError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

interface TransactWriteRequest {
  TransactItems: Partial<Record<WriteKind, Request>>[];
  ClientRequestToken?: string;
  ReturnConsumedCapacity?: Request['ReturnConsumedCapacity'];
}

export function transactWriteItems(session: Session, request: TransactWriteRequest): object {
  const { state } = session;
  const members = request.TransactItems.map((entry) => Object.entries(entry)[0] as [WriteKind, Request]);
  for (const [kind, member] of members) {
    const action = kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`;
    const more = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };
    authorizeItems(session, action, member.TableName, [member.Item ?? member.Key!], more);
  }
  for (const [, member] of members) findTable(session, member.TableName);
  rejectDuplicates(
    session,
    members.map(([, member]) => member),
  );
  const { ClientRequestToken: text } = request;
  const token = text === undefined ? undefined : { token: text, time: state.clock.now(), digest: digestOf(members) };
  if (token && state.tokens.seen(token)) return { ConsumedCapacity: repeated(session, members, request) };

  const changes = planAll(session, members);
  const size = changes.reduce((sum, { before, after }) => sum + ((after ?? before)?.size ?? 0), 0);
  if (size > limits.transactionBytes.most) throw validationError('The transaction is larger than 4 MB');
  const meter = createMeter();
  for (const change of changes) meter.add(change.table.name, writeUnits(change, 2));
  state.commit(changes, token ? { token } : {});
  return { ConsumedCapacity: meter.report(request.ReturnConsumedCapacity, 'Write') };
}

function rejectDuplicates(session: Session, members: readonly Request[]): void {
  const seen = new Set<string>();
  for (const member of members) {
    const table = findTable(session, member.TableName);
    const item = member.Item ?? member.Key!;
    // A member without a valid key gets an error of its own later.
    if (!namesOf(table.keys).every((name) => item[name]?.[table.keyTypes.get(name)!] !== undefined)) continue;
    const key = `${table.name}\0${encodeKey(item, table.keys)}`;
    if (seen.has(key)) throw validationError('Transaction request cannot include multiple operations on one item');
    seen.add(key);
  }
}

function planAll(session: Session, members: readonly [WriteKind, Request][]): Change[] {
  return checkAll(members, ([kind, member]) =>
    planWrite(session.state, findTable(session, member.TableName), kind, member),
  );
}

/**
 * What `check` gives back for each member.
 *
 * @throws TableError TransactionCanceledException if it throws for some, with a reason for each member
 */
function checkAll<M, T>(members: readonly M[], check: (member: M) => T): T[] {
  const results: T[] = [];
  const reasons = members.map((member): CancellationReason => {
    try {
      results.push(check(member));
      return { Code: 'None' };
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      if (error.type === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
      return { Code: error.type.replace(/Exception$/, ''), Message: error.message, ...error.detail };
    }
  });
  if (results.length < members.length) throw transactionCancelled(reasons);
  return results;
}

/** A repeated request changes nothing. It costs as much as reading the items that it wrote. */
function repeated(session: Session, members: readonly [WriteKind, Request][], request: TransactWriteRequest) {
  const meter = createMeter();
  for (const [, member] of members) {
    const table = findTable(session, member.TableName);
    const size = table.items.get(encodeKey(member.Item ?? member.Key!, table.keys))?.size ?? 0;
    meter.add(table.name, { table: 2 * readUnits(size, true), indexes: {} });
  }
  return meter.report(request.ReturnConsumedCapacity, 'Read');
}

interface TransactGetRequest {
  TransactItems: { Get: Request }[];
  ReturnConsumedCapacity?: Request['ReturnConsumedCapacity'];
}

export function transactGetItems(session: Session, request: TransactGetRequest): object {
  const gets = request.TransactItems.map((entry) => entry.Get);
  const more = { 'dynamodb:EnclosingOperation': ['TransactGetItems'] };
  for (const get of gets) authorizeItems(session, 'GetItem', get.TableName, [get.Key!], more);
  for (const get of gets) findTable(session, get.TableName);
  rejectDuplicates(session, gets);
  checkAll(gets, (get) => {
    const table = findTable(session, get.TableName);
    checkKey(table, get.Key!);
    checkNestedPaths(table, get._projection?.nestedPaths);
  });
  const meter = createMeter();
  let total = 0;
  const responses = gets.map((get) => {
    const table = findTable(session, get.TableName);
    const found = table.items.get(encodeKey(get.Key!, table.keys));
    total += found?.size ?? 0;
    meter.add(table.name, { table: 2 * readUnits(found?.size ?? 0, true), indexes: {} });
    if (!found) return {};
    return { Item: get._projection ? project(found.item, get._projection.paths) : found.item };
  });
  if (total > limits.transactionBytes.most) throw validationError('The items of the transaction are larger than 4 MB');
  return { Responses: responses, ConsumedCapacity: meter.report(request.ReturnConsumedCapacity, 'Read') };
}
