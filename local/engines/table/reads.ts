/** GetItem and BatchGetItem. */

import { createMeter, readUnits, reportOf } from './capacity.ts';
import { checkKey, checkNestedPaths } from './check-items.ts';
import { validationError } from './errors.ts';
import { encodeKey } from './keys.ts';
import { limits } from './limits.ts';
import { project } from './paths.ts';
import { authorizeItems, findTable, type Session } from './session.ts';
import type { StoredItem, Table } from './table.ts';
import type { Item, ParsedProjection, Request } from './types.ts';

function find(table: Table, key: Item): StoredItem | undefined {
  checkKey(table, key);
  return table.items.get(encodeKey(key, table.keys));
}

export function getItem(session: Session, request: Request): object {
  authorizeItems(session, 'GetItem', request.TableName, [request.Key!]);
  const table = findTable(session, request.TableName);
  checkNestedPaths(table, request._projection?.nestedPaths);
  const found = find(table, request.Key!);
  const units = { table: readUnits(found?.size ?? 0, request.ConsistentRead), indexes: {} };
  return {
    Item: found && request._projection ? project(found.item, request._projection.paths) : found?.item,
    ConsumedCapacity: reportOf(table.name, units, request.ReturnConsumedCapacity),
  };
}

interface KeysAndAttributes {
  Keys: Item[];
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  AttributesToGet?: string[];
  _projection?: ParsedProjection;
}

interface BatchGetRequest {
  RequestItems: Record<string, KeysAndAttributes>;
  ReturnConsumedCapacity?: Request['ReturnConsumedCapacity'];
}

/** Up to 100 items. Items beyond 16 MB of answer are given back as unprocessed. */
export function batchGetItem(session: Session, request: BatchGetRequest): object {
  const tables = Object.entries(request.RequestItems);
  for (const [name, { Keys }] of tables) authorizeItems(session, 'BatchGetItem', name, Keys);
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, object> = {};
  const meter = createMeter();
  let size = 0;
  for (const [name, wanted] of tables) {
    if (wanted.AttributesToGet) {
      throw validationError('The table engine does not know the legacy parameter AttributesToGet; use an expression');
    }
    const table = findTable(session, name);
    checkNestedPaths(table, wanted._projection?.nestedPaths);
    const items: Item[] = [];
    const left: Item[] = [];
    for (const key of wanted.Keys) {
      const found = find(table, key);
      if (size + (found?.size ?? 0) > limits.batchGetBytes.most) {
        left.push(key);
        continue;
      }
      size += found?.size ?? 0;
      meter.add(name, { table: readUnits(found?.size ?? 0, wanted.ConsistentRead), indexes: {} });
      if (found) items.push(wanted._projection ? project(found.item, wanted._projection.paths) : found.item);
    }
    responses[name] = items;
    if (left.length > 0) {
      const { _projection, ...rest } = wanted;
      unprocessed[name] = { ...rest, Keys: left };
    }
  }
  return {
    Responses: responses,
    UnprocessedKeys: unprocessed,
    ConsumedCapacity: meter.report(request.ReturnConsumedCapacity),
  };
}
