/** What the trials of the limits share: requests of every kind, and values of a given size. */
import type { TableEngine } from '../../../../local/engines/table/engine.ts';
import type { limits } from '../../../../local/engines/table/limits.ts';
import type { AttributeValue, Item } from '../../../../local/engines/table/types.ts';
import { call, TABLE } from '../support.ts';

type Name = keyof typeof limits;

/** Sends requests that have the size `n` in what the limit counts; gives back the answer of the last one. */
type Send = (engine: TableEngine, n: number) => Promise<Answer>;
type Answer = Awaited<ReturnType<typeof call>>;

export interface Trial {
  readonly send: Send;
  /** What the message of the refusal contains. */
  readonly message: RegExp;
  /** The name of the error; `ValidationException` unless given. */
  readonly error?: string;
  /** An answer other than a refusal that the limit leads to. */
  readonly cut?: (answer: Answer) => boolean;
}

/** A trial for each operation of the limits named. */
export type Trials<N extends Name> = {
  readonly [L in N]: Readonly<Record<(typeof limits)[L]['operations'][number], Trial>>;
};

export const S = (text: string): AttributeValue => ({ S: text });

export const text = (bytes: number) => 'x'.repeat(bytes);

export const key = (sk = 's'): Item => ({ pk: S('p'), sk: S(sk) });

export const list = <T>(length: number, make: (at: number) => T) => Array.from({ length }, (_, at) => make(at));

export const put = (engine: TableEngine, item: Item, more: object = {}) =>
  call(engine, 'PutItem', { TableName: TABLE, Item: { ...key(), ...item }, ...more });

export const get = (engine: TableEngine, more: object) =>
  call(engine, 'GetItem', { TableName: TABLE, Key: key(), ...more });

export const update = (engine: TableEngine, more: object) =>
  call(engine, 'UpdateItem', { TableName: TABLE, Key: key(), ...more });

export const transact = (engine: TableEngine, ...TransactItems: object[]) =>
  call(engine, 'TransactWriteItems', { TransactItems });

export const inTransaction = (engine: TableEngine, kind: 'Put' | 'Update' | 'ConditionCheck', more: object) =>
  transact(engine, { [kind]: { TableName: TABLE, ...(kind === 'Put' ? { Item: key() } : { Key: key() }), ...more } });

export const query = (engine: TableEngine, more: { ExpressionAttributeValues?: object } & object = {}) =>
  call(engine, 'Query', {
    TableName: TABLE,
    KeyConditionExpression: 'pk = :pk',
    ...more,
    ExpressionAttributeValues: { ':pk': S('p'), ...more.ExpressionAttributeValues },
  });

export const scan = (engine: TableEngine, more: object) => call(engine, 'Scan', { TableName: TABLE, ...more });

export const batchWrite = (engine: TableEngine, items: Item[]) =>
  call(engine, 'BatchWriteItem', { RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } });

export const path = (levels: number) => ['a', ...list(levels - 1, () => 'b')].join('.');

export const digits = (n: number): AttributeValue => ({ N: '1'.repeat(n) });

export const index = (IndexName: string, NonKeyAttributes?: string[]) => ({
  IndexName,
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  Projection: NonKeyAttributes ? { ProjectionType: 'INCLUDE', NonKeyAttributes } : { ProjectionType: 'KEYS_ONLY' },
});

export const levels = /The document path has too many nesting levels; nesting levels: 33/;

export const chars = (least: number, most: number) =>
  new RegExp(
    `greater than or equal to ${least}|less than or equal to ${most}|between ${least} and ${most}|at least ${least} .*at most ${most}`,
  );
