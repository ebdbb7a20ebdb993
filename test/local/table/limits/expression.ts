import { limits } from '../../../../local/engines/table/limits.ts';
import type { AttributeValue } from '../../../../local/engines/table/types.ts';
import { call, TABLE } from '../support.ts';
import {
  get,
  inTransaction,
  key,
  levels,
  list,
  path,
  put,
  query,
  S,
  scan,
  type Trials,
  text,
  update,
} from './support.ts';

/** An expression of exactly `bytes`: what is between is the name of one attribute. */
const stretched = (bytes: number, prefix: string, suffix = '') =>
  `${prefix}${text(bytes - prefix.length - suffix.length)}${suffix}`;

/** A condition with as many operators as wanted: between comparisons is an OR, before the first there may be a NOT. */
const operators = (n: number) => `${n % 2 === 0 ? 'NOT ' : ''}${list(Math.ceil(n / 2), () => 'a<b').join(' OR ')}`;

const inList = (n: number) => ({
  text: `a IN (${list(n, (at) => `:v${at}`).join(',')})`,
  values: Object.fromEntries(list(n, (at) => [`:v${at}`, S('x')])),
});

/** Values with what stands for them: `n` bytes in all. */
function substituted(n: number) {
  const names = [':a', ':b', ':c', ':d', ':e', ':f'];
  const each = 390 * 1024;
  const left = n - names.join('').length - each * (names.length - 1);
  return {
    ConditionExpression: names.map((name) => `v <> ${name}`).join(' AND '),
    ExpressionAttributeValues: Object.fromEntries(names.map((name, at) => [name, S(text(at === 0 ? left : each))])),
  };
}

const tooLong = /Expression size has exceeded the maximum allowed size; expression size: 4097/;

const tooMany = /The expression contains too many operators; operator count: 301/;

const operands = /too many operands; number of operands: 101|Syntax error/;

const condition = (bytes: number) => stretched(bytes, 'attribute_not_exists(', ')');

export const expressionTrials: Trials<
  'expressionBytes' | 'expressionOperators' | 'inOperands' | 'pathLevels' | 'placeholderBytes' | 'substitutionBytes'
> = {
  expressionBytes: {
    PutItem: { send: (engine, n) => put(engine, {}, { ConditionExpression: condition(n) }), message: tooLong },
    UpdateItem: {
      send: (engine, n) => update(engine, { UpdateExpression: stretched(n, 'REMOVE ') }),
      message: tooLong,
    },
    DeleteItem: {
      send: (engine, n) =>
        call(engine, 'DeleteItem', { TableName: TABLE, Key: key(), ConditionExpression: condition(n) }),
      message: tooLong,
    },
    GetItem: { send: (engine, n) => get(engine, { ProjectionExpression: stretched(n, '') }), message: tooLong },
    Query: { send: (engine, n) => query(engine, { FilterExpression: condition(n) } as object), message: tooLong },
    Scan: { send: (engine, n) => scan(engine, { FilterExpression: condition(n) }), message: tooLong },
    BatchGetItem: {
      send: (engine, n) =>
        call(engine, 'BatchGetItem', {
          RequestItems: { [TABLE]: { Keys: [key()], ProjectionExpression: stretched(n, '') } },
        }),
      message: tooLong,
    },
    TransactWriteItems: {
      send: (engine, n) => inTransaction(engine, 'Put', { ConditionExpression: condition(n) }),
      message: tooLong,
    },
    TransactGetItems: {
      send: (engine, n) =>
        call(engine, 'TransactGetItems', {
          TransactItems: [{ Get: { TableName: TABLE, Key: key(), ProjectionExpression: stretched(n, '') } }],
        }),
      message: tooLong,
    },
  },
  expressionOperators: {
    PutItem: {
      async send(engine, n) {
        await put(engine, { a: { N: '1' }, b: { N: '2' } });
        return put(engine, {}, { ConditionExpression: operators(n) });
      },
      message: tooMany,
    },
    UpdateItem: {
      async send(engine, n) {
        const places = list(n, (at) => `a${at}=z+:v`);
        await put(engine, { z: { N: '1' } });
        return update(engine, {
          UpdateExpression: `SET ${places.join(',')}`,
          ExpressionAttributeValues: { ':v': { N: '1' } },
        });
      },
      message: tooMany,
    },
    Query: { send: (engine, n) => query(engine, { FilterExpression: operators(n) } as object), message: tooMany },
    TransactWriteItems: {
      async send(engine, n) {
        await put(engine, { a: { N: '1' }, b: { N: '2' } });
        return inTransaction(engine, 'ConditionCheck', { ConditionExpression: operators(n) });
      },
      message: tooMany,
    },
  },
  inOperands: {
    PutItem: {
      async send(engine, n) {
        const { text, values } = inList(n);
        await put(engine, { a: S('x') });
        return put(engine, {}, { ConditionExpression: text, ExpressionAttributeValues: n ? values : undefined });
      },
      message: operands,
    },
    Query: {
      send(engine, n) {
        const { text, values } = inList(n);
        return query(engine, { FilterExpression: text, ExpressionAttributeValues: values } as object);
      },
      message: operands,
    },
    TransactWriteItems: {
      async send(engine, n) {
        const { text, values } = inList(n);
        await put(engine, { a: S('x') });
        return inTransaction(engine, 'ConditionCheck', {
          ConditionExpression: text,
          ...(n > 0 ? { ExpressionAttributeValues: values } : {}),
        });
      },
      message: operands,
    },
  },
  pathLevels: {
    PutItem: {
      send: (engine, n) => put(engine, {}, { ConditionExpression: `attribute_not_exists(${path(n)})` }),
      message: levels,
    },
    UpdateItem: {
      async send(engine, n) {
        const deep = list(n - 2, () => 0).reduce<AttributeValue>((inner) => ({ M: { b: inner } }), { M: {} });
        await put(engine, n > limits.pathLevels.most ? {} : { a: deep });
        return update(engine, { UpdateExpression: `SET ${path(n)} = :v`, ExpressionAttributeValues: { ':v': S('x') } });
      },
      message: levels,
    },
    GetItem: { send: (engine, n) => get(engine, { ProjectionExpression: path(n) }), message: levels },
  },
  placeholderBytes: {
    GetItem: {
      send(engine, n) {
        const name = `#${text(n - 1)}`;
        return get(engine, { ProjectionExpression: name, ExpressionAttributeNames: { [name]: 'a' } });
      },
      message: /ExpressionAttributeNames contains invalid key/,
    },
    UpdateItem: {
      send(engine, n) {
        const name = `:${text(n - 1)}`;
        return update(engine, {
          UpdateExpression: `SET a = ${name}`,
          ExpressionAttributeValues: { [name]: S('x') },
        });
      },
      message: /ExpressionAttributeValues contains invalid key/,
    },
  },
  substitutionBytes: {
    UpdateItem: { send: (engine, n) => update(engine, substituted(n)), message: /exceeds max size/ },
    TransactWriteItems: {
      send: (engine, n) => inTransaction(engine, 'ConditionCheck', substituted(n)),
      message: /exceeds max size/,
    },
  },
};
