/** PutItem, UpdateItem, DeleteItem and BatchWriteItem, and the planning of one write, which transactions share. */

import { createMeter, reportOf, writeUnits } from './capacity.ts';
import { checkItem, checkKey, checkNestedPaths, checkUpdatePaths } from './check-items.ts';
import { meets } from './conditions.ts';
import { TableError, validationError } from './errors.ts';
import { encodeKey } from './keys.ts';
import { limits } from './limits.ts';
import { project } from './paths.ts';
import { authorizeItems, findTable, type Session } from './session.ts';
import { itemSize } from './sizes.ts';
import type { State } from './state.ts';
import type { Change, Table } from './table.ts';
import type { Item, ParsedCondition, Request } from './types.ts';
import { applyUpdate } from './updates.ts';

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/**
 * Plans the change of a write without changing anything.
 *
 * @throws TableError if the write is refused or its condition fails
 */
export function planWrite(state: State, table: Table, kind: WriteKind, request: Request): Change {
  checkNestedPaths(table, request._condition?.nestedPaths);
  if (kind === 'Put') return planPut(state, table, request.Item!, request);
  const given = request.Key!;
  checkKey(table, given);
  if (kind === 'Update') checkUpdatePaths(table, request._updates);
  const key = encodeKey(given, table.keys);
  const before = table.items.get(key);
  checkCondition(before?.item, request);
  if (kind === 'ConditionCheck') return { table, key, before, after: before };
  if (kind === 'Delete') return { table, key, before, after: undefined };
  const original = before?.item ?? given;
  const item = request._updates ? applyUpdate(original, request._updates) : original;
  const size = itemSize(item);
  if (size > limits.itemBytes.most) throw validationError('Item size to update has exceeded the maximum allowed size');
  checkItem(table, item, size);
  return { table, key, before, after: state.stored(item, key, before, size) };
}

function planPut(state: State, table: Table, item: Item, request: { _condition?: ParsedCondition }): Change {
  const size = itemSize(item);
  checkItem(table, item, size);
  const key = encodeKey(item, table.keys);
  const before = table.items.get(key);
  checkCondition(before?.item, request);
  return { table, key, before, after: state.stored(item, key, before, size) };
}

function checkCondition(item: Item | undefined, request: Partial<Request>): void {
  if (meets(item ?? {}, request._condition)) return;
  const show = item && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  throw new TableError('ConditionalCheckFailedException', 'The conditional request failed', show ? { Item: item } : {});
}

function write(session: Session, kind: WriteKind, request: Request): object {
  const item = request.Item ?? request.Key!;
  const more = request.ReturnValues ? { 'dynamodb:ReturnValues': [request.ReturnValues] } : {};
  authorizeItems(session, `${kind}Item`, request.TableName, [item], more);
  const table = findTable(session, request.TableName);
  const change = planWrite(session.state, table, kind, request);
  const units = writeUnits(change);
  session.state.commit([change]);
  return {
    Attributes: returnedAttributes(change, request),
    ConsumedCapacity: reportOf(table.name, units, request.ReturnConsumedCapacity),
  };
}

/**
 * The attributes that the request asked to have returned. Undefined, and so left out of the answer, if there are none.
 */
function returnedAttributes({ before, after }: Change, request: Request): Item | undefined {
  const paths = request._updates?.paths ?? [];
  switch (request.ReturnValues) {
    case 'ALL_OLD':
      return before?.item;
    case 'ALL_NEW':
      return after?.item;
    case 'UPDATED_OLD':
      return unlessEmpty(project(before?.item ?? {}, paths));
    case 'UPDATED_NEW':
      return unlessEmpty(project(after?.item ?? {}, paths));
    default:
      return undefined;
  }
}

const unlessEmpty = (item: Item) => (Object.keys(item).length > 0 ? item : undefined);

export function putItem(session: Session, request: Request): object {
  return write(session, 'Put', request);
}

export function updateItem(session: Session, request: Request): object {
  return write(session, 'Update', request);
}

export function deleteItem(session: Session, request: Request): object {
  if (request.ReturnValues && request.ReturnValues !== 'ALL_OLD' && request.ReturnValues !== 'NONE') {
    throw validationError('Return values set to invalid value');
  }
  return write(session, 'Delete', request);
}

interface BatchWriteRequest {
  RequestItems: Record<string, { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]>;
  ReturnConsumedCapacity?: Request['ReturnConsumedCapacity'];
}

/**
 * Up to 25 puts and deletes. AWS may do only a part of them. Here they are one commit, and nothing is left unprocessed.
 */
export function batchWriteItem(session: Session, request: BatchWriteRequest): object {
  const tables = Object.entries(request.RequestItems);
  const count = tables.reduce((sum, [, members]) => sum + members.length, 0);
  if (count > limits.batchWriteItems.most)
    throw validationError('Too many items requested for the BatchWriteItem call');
  for (const [name, members] of tables) {
    if (members.some((member) => member.PutRequest && member.DeleteRequest)) {
      throw validationError('A member of RequestItems must have either a PutRequest or a DeleteRequest');
    }
    const items = members.map((member) => member.PutRequest?.Item ?? member.DeleteRequest!.Key);
    authorizeItems(session, 'BatchWriteItem', name, items);
  }
  const changes = tables.flatMap(([name, members]) => {
    const table = findTable(session, name);
    return members.map((member): Change => {
      if (member.PutRequest) return planPut(session.state, table, member.PutRequest.Item, {});
      return planWrite(session.state, table, 'Delete', { TableName: name, Key: member.DeleteRequest!.Key });
    });
  });
  if (new Set(changes.map((change) => `${change.table.name}\0${change.key}`)).size < changes.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  const meter = createMeter();
  for (const change of changes) meter.add(change.table.name, writeUnits(change));
  session.state.commit(changes);
  return { UnprocessedItems: {}, ConsumedCapacity: meter.report(request.ReturnConsumedCapacity) };
}
