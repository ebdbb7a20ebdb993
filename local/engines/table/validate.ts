/**
 * Validation of requests before any table is read: dynalite's validators (JSON types, limits, messages, parsing of
 * expressions), the members that they do not support yet, and the transaction operations, which are built from the same
 * parts.
 */

import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import getItem from 'dynalite/validations/getItem.js';
import validators from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import scan from 'dynalite/validations/scan.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { type Expressions, tooComplex, tooLong, tooMuchToSubstitute } from './check-expressions.ts';
import { checkDepth } from './check-items.ts';
import { checkOrderOperands } from './conditions.ts';
import { TableError, validationError } from './errors.ts';
import { parsingOnce } from './expressions.ts';
import { limits } from './limits.ts';
import type { Item, Request } from './types.ts';

// Replaced in dynalite's module, because its checks of single operations call it there.
const { validateExpressions } = validators;
const parse = parsingOnce(
  (data) => tooLong(data as Expressions) ?? validateExpressions(data) ?? tooComplex(data as Expressions),
);
validators.validateExpressions = (data) => parse(data) ?? tooMuchToSubstitute(data as Expressions);

type Types = Record<string, object>;
type Custom = ((data: never, store: never) => unknown) | undefined;

const onFailure = { ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] } };
const capacity = { ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] } };

const pick = (types: Types, names: string[]): Types => Object.fromEntries(names.map((name) => [name, types[name]!]));
const names = ['TableName', 'ExpressionAttributeNames'];
const conditional = [...names, 'ConditionExpression', 'ExpressionAttributeValues'];
const required = (types: Types, name: string): Types => ({ ...types, [name]: { ...types[name], notNull: true } });
const member = (shape: string, children: Types) => ({ type: `FieldStruct<${shape}>`, children });

/** A limit in dynalite's form. */
function lengthOf({ least, most }: { least: number; most: number }) {
  return { lengthGreaterThanOrEqual: least, lengthLessThanOrEqual: most };
}

const transactWrite: Types = {
  ...capacity,
  ReturnItemCollectionMetrics: putItem.types.ReturnItemCollectionMetrics!,
  ClientRequestToken: { type: 'String', ...lengthOf(limits.clientTokenChars) },
  TransactItems: {
    type: 'List',
    notNull: true,
    ...lengthOf(limits.transactionActions),
    children: {
      type: 'ValueStruct<TransactWriteItem>',
      children: {
        Put: member('Put', { ...pick(putItem.types, [...conditional, 'Item']), ...onFailure }),
        Update: member('Update', {
          ...required(pick(updateItem.types, [...conditional, 'Key', 'UpdateExpression']), 'UpdateExpression'),
          ...onFailure,
        }),
        Delete: member('Delete', { ...pick(deleteItem.types, [...conditional, 'Key']), ...onFailure }),
        ConditionCheck: member('ConditionCheck', {
          ...required(pick(deleteItem.types, [...conditional, 'Key']), 'ConditionExpression'),
          ...onFailure,
        }),
      },
    },
  },
};

const transactGet: Types = {
  ...capacity,
  TransactItems: {
    type: 'List',
    notNull: true,
    ...lengthOf(limits.transactionActions),
    children: {
      type: 'ValueStruct<TransactGetItem>',
      children: {
        Get: { ...member('Get', pick(getItem.types, [...names, 'Key', 'ProjectionExpression'])), notNull: true },
      },
    },
  },
};

const operations: Record<string, { types: Types; custom?: Custom }> = {
  PutItem: { types: { ...putItem.types, ...onFailure }, custom: putItem.custom },
  UpdateItem: { types: { ...updateItem.types, ...onFailure }, custom: updateItem.custom },
  DeleteItem: { types: { ...deleteItem.types, ...onFailure }, custom: deleteItem.custom },
  GetItem: getItem,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  Query: query,
  // dynalite's Scan does not support strongly consistent reads.
  Scan: {
    types: {
      ...scan.types,
      ConsistentRead: 'Boolean' as unknown as object,
      TotalSegments: { ...scan.types.TotalSegments, lessThanOrEqual: limits.scanSegments.most },
    },
    custom: scan.custom,
  },
  TransactWriteItems: { types: transactWrite },
  TransactGetItems: { types: transactGet },
};

// Parameters from before 2014. They are refused and not ignored: an ignored condition would be worse.
const legacy = [
  ...['Expected', 'ConditionalOperator', 'AttributeUpdates', 'AttributesToGet'],
  ...['KeyConditions', 'QueryFilter', 'ScanFilter'],
];

/**
 * The validated request: known members only, numbers in plain notation, expressions parsed.
 *
 * @throws TableError
 * @example validateRequest('GetItem', { TableName: 'Main', Key: { pk: { S: 'a' } } })
 */
export function validateRequest(operation: string, body: Record<string, unknown>): Record<string, unknown> {
  const { types, custom } = operations[operation]!;
  for (const name of legacy) {
    if (body[name] !== undefined) {
      throw validationError(`The table engine does not know the legacy parameter ${name}; use an expression`);
    }
  }
  const data = checkShape(types, body, custom);
  if (operation === 'TransactWriteItems') checkWrites(data as unknown as { TransactItems: Record<string, Request>[] });
  if (operation === 'TransactGetItems') {
    for (const { Get } of data.TransactItems as { Get: Request }[]) checkMember(Get, ['ProjectionExpression']);
  }
  const request = data as unknown as Request;
  checkDepth((request as Expressions).ExpressionAttributeValues);
  checkOrderOperands(request._condition, 'ConditionExpression');
  checkOrderOperands(request._filter, 'FilterExpression');
  return data;
}

/**
 * Checks JSON types and limits by a description in dynalite's form.
 *
 * @throws TableError
 */
export function checkShape(types: Types, body: object, custom?: Custom): Record<string, unknown> {
  try {
    const data = validators.checkTypes(body, types);
    // The engine counts item sizes itself, in UTF-8.
    validators.checkValidations(data, types, custom ?? null, { options: { maxItemSize: Number.POSITIVE_INFINITY } });
    return data;
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  const { body, statusCode } = error as { body?: { __type: string }; statusCode?: number };
  if (!body || !statusCode) return error;
  return new TableError(body.__type.split('#')[1]!, (error as Error).message, {}, statusCode);
}

function checkWrites(data: { TransactItems: Record<string, Request>[] }): void {
  for (const entry of data.TransactItems) {
    const kinds = Object.keys(entry);
    if (kinds.length !== 1) {
      throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    const request = entry[kinds[0]!]!;
    const expressions = kinds[0] === 'Update' ? ['UpdateExpression', 'ConditionExpression'] : ['ConditionExpression'];
    checkMember(request, expressions);
    // AWS refuses the request for a put that nests too deep, and cancels it for an update that would.
    checkDepth(request.Item);
    checkOrderOperands(request._condition, 'ConditionExpression');
  }
}

function checkMember(request: Request, expressions: string[]): void {
  const message =
    validators.validateExpressionParams(request, expressions, []) ??
    firstComplaint(request.Item ?? request.Key!) ??
    validators.validateExpressions(request);
  if (message) throw validationError(message);
}

function firstComplaint(item: Item): string | undefined {
  for (const name in item) {
    const message = validators.validateAttributeValue(item[name]!);
    if (message) return message;
  }
  return undefined;
}
