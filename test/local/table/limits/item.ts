/** Trials of the limits of items, numbers, sets and keys. */
import type { TableEngine } from '../../../../local/engines/table/engine.ts';
import type { AttributeValue, Item } from '../../../../local/engines/table/types.ts';
import { call, mainTable, TABLE } from '../support.ts';
import {
  batchWrite,
  digits,
  get,
  inTransaction,
  key,
  list,
  put,
  query,
  S,
  type Trials,
  text,
  update,
} from './support.ts';

const set = (engine: TableEngine, value: AttributeValue) =>
  update(engine, { UpdateExpression: 'SET v = :v', ExpressionAttributeValues: { ':v': value } });

const nested = (levels: number): AttributeValue =>
  levels === 1 ? S('x') : levels % 2 ? { L: [nested(levels - 1)] } : { M: { m: nested(levels - 1) } };

const power = (exponent: number): AttributeValue => ({ N: `1e${exponent}` });

const tooDeep = /Nesting Levels have exceeded supported limits/;

const badNumber = /Number (over|under)flow|more than 38 significant digits/;

const badSet = /set\s+may not be empty|contains duplicates/;

const hashSize = /Size of hashkey has exceeded|empty string value/;

const rangeSize = /Aggregated size of all range keys|empty string value/;

/** An item of exactly `bytes`, which may be more than an item may have. */
function fitted(bytes: number): Item {
  const around = 'pk'.length + 'p'.length + 'sk'.length + 's'.length + 'v'.length;
  return { ...key(), v: S(text(bytes - around)) };
}

export const itemTrials: Trials<
  | 'itemBytes'
  | 'nestingLevels'
  | 'attributeNameBytes'
  | 'numberDigits'
  | 'numberMagnitude'
  | 'setMembers'
  | 'setDoubles'
  | 'hashKeyBytes'
  | 'rangeKeyBytes'
> = {
  itemBytes: {
    PutItem: {
      send: (engine, n) => put(engine, fitted(n)),
      message: /Item size has exceeded the maximum allowed size/,
    },
    UpdateItem: {
      send: (engine, n) => set(engine, fitted(n).v!),
      message: /Item size to update has exceeded the maximum allowed size/,
    },
    BatchWriteItem: {
      send: (engine, n) => batchWrite(engine, [fitted(n)]),
      message: /Item size has exceeded the maximum allowed size/,
    },
    TransactPut: {
      send: (engine, n) => inTransaction(engine, 'Put', { Item: fitted(n) }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
    TransactUpdate: {
      send: (engine, n) =>
        inTransaction(engine, 'Update', {
          UpdateExpression: 'SET v = :v',
          ExpressionAttributeValues: { ':v': fitted(n).v! },
        }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
  },
  nestingLevels: {
    PutItem: { send: (engine, n) => put(engine, { v: nested(n) }), message: tooDeep },
    UpdateItem: { send: (engine, n) => set(engine, nested(n)), message: tooDeep },
    DeleteItem: {
      send: (engine, n) =>
        call(engine, 'DeleteItem', {
          TableName: TABLE,
          Key: key(),
          ConditionExpression: 'v <> :v',
          ExpressionAttributeValues: { ':v': nested(n) },
        }),
      message: tooDeep,
    },
    BatchWriteItem: { send: (engine, n) => batchWrite(engine, [{ ...key(), v: nested(n) }]), message: tooDeep },
    TransactPut: {
      send: (engine, n) => inTransaction(engine, 'Put', { Item: { ...key(), v: nested(n) } }),
      message: tooDeep,
    },
    TransactUpdate: {
      send: (engine, n) =>
        inTransaction(engine, 'Update', {
          UpdateExpression: 'SET v = :v',
          ExpressionAttributeValues: { ':v': nested(n) },
        }),
      message: /\[ValidationError\]/,
      error: 'TransactionCanceledException',
    },
  },
  attributeNameBytes: {
    PutItem: {
      send: (engine, n) => put(engine, { v: { L: [{ M: { [text(n)]: S('') } }] } }),
      message: /Attribute name is too large|Empty attribute name/,
    },
    UpdateItem: {
      send: (engine, n) =>
        update(engine, {
          UpdateExpression: 'SET #n = :v',
          ExpressionAttributeNames: { '#n': text(n) },
          ExpressionAttributeValues: { ':v': S('') },
        }),
      message: /Attribute name is too large|attribute name: #n/,
    },
  },
  numberDigits: {
    PutItem: { send: (engine, n) => put(engine, { v: digits(n) }), message: badNumber },
    UpdateItem: {
      async send(engine, n) {
        // The sum has one digit more than the larger number.
        await put(engine, { v: { N: '9'.repeat(n - 1) } });
        return update(engine, {
          UpdateExpression: 'ADD v :v',
          ExpressionAttributeValues: { ':v': { N: '2' } },
        });
      },
      message: badNumber,
    },
    Query: {
      send: (engine, n) =>
        query(engine, { FilterExpression: 'v = :v', ExpressionAttributeValues: { ':v': digits(n) } } as object),
      message: badNumber,
    },
  },
  numberMagnitude: {
    PutItem: { send: (engine, n) => put(engine, { v: power(n) }), message: badNumber },
    UpdateItem: {
      async send(engine, n) {
        const [before, after] = n > 0 ? [`9e${n - 1}`, `1e${n - 1}`] : [`1.1e${n + 1}`, `-1e${n + 1}`];
        await put(engine, { v: { N: before! } });
        return update(engine, { UpdateExpression: 'ADD v :v', ExpressionAttributeValues: { ':v': { N: after! } } });
      },
      message: badNumber,
    },
  },
  setMembers: {
    PutItem: { send: (engine, n) => put(engine, { v: { SS: list(n, String) } }), message: badSet },
    UpdateItem: { send: (engine, n) => set(engine, { NS: list(n, String) }), message: badSet },
  },
  setDoubles: {
    PutItem: { send: (engine, n) => put(engine, { v: { SS: ['a', ...list(n, () => 'a')] } }), message: badSet },
    UpdateItem: { send: (engine, n) => set(engine, { NS: ['1', ...list(n, () => '1.0')] }), message: badSet },
  },
  hashKeyBytes: {
    PutItem: { send: (engine, n) => put(engine, { pk: S(text(n)) }), message: hashSize },
    GetItem: { send: (engine, n) => get(engine, { Key: { pk: S(text(n)), sk: S('s') } }), message: hashSize },
    index: { send: (engine, n) => put(engine, { k: S(text(n)) }), message: hashSize },
  },
  rangeKeyBytes: {
    PutItem: { send: (engine, n) => put(engine, { sk: S(text(n)) }), message: rangeSize },
    GetItem: { send: (engine, n) => get(engine, { Key: { pk: S('p'), sk: S(text(n)) } }), message: rangeSize },
    index: {
      async send(engine, n) {
        engine.createTable({
          ...mainTable,
          TableName: 'Texts',
          AttributeDefinitions: mainTable.AttributeDefinitions.map((each) => ({
            ...each,
            AttributeType: 'S' as const,
          })),
        });
        return put(engine, { g: S('g'), h: S(text(n)) }, { TableName: 'Texts' });
      },
      message: rangeSize,
    },
  },
};
