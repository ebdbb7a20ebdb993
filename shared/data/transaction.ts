import type {
  DeleteCommandInput,
  PutCommandInput,
  TransactWriteCommandInput,
  UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { hasName } from '../core/errors.ts';
import type { Condition } from './conditions.ts';
import { Expression } from './expression.ts';
import type { AnyItem } from './kind.ts';
import type { Update, Write } from './writes.ts';

/** The actions that DynamoDB takes in one transaction (its API reference, TransactWriteItems). */
export const mostActions = 100;

/**
 * The most actions that a use case of moim may plan. Every test that runs moim holds every transaction to it. The
 * largest is `startFromPlan` with 10 missions and an Idempotency-Key. Only boards plan more: `limits.board.moves`.
 */
export const plannedActions = 20;

/** A use case asked for more actions than one transaction can have. This is a bug: nothing was sent. */
export class TransactionTooLarge extends Error {
  constructor(useCase: string, writes: readonly Write[]) {
    const kinds = new Map<string, number>();
    for (const { entity } of writes) kinds.set(entity, (kinds.get(entity) ?? 0) + 1);
    const counts = [...kinds].map(([entity, count]) => `${count} ${entity}`).join(', ');
    super(`${useCase} commits ${writes.length} actions at once, and DynamoDB takes ${mostActions}: ${counts}`);
    this.name = 'TransactionTooLarge';
  }
}

const showOld = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };

function conditionOf(when: Condition | undefined, expression = new Expression()) {
  const text = when ? { ConditionExpression: expression.condition(when) } : {};
  return { ...text, ...expression.attributes(), ...showOld };
}

function updateOf(write: Update, mark?: string) {
  const expression = new Expression();
  const set = mark === undefined ? write.changes.set : { ...write.changes.set, mark };
  const UpdateExpression = expression.update({ ...write.changes, set });
  return { Key: write.key, UpdateExpression, ...conditionOf(write.when, expression) };
}

type Single =
  | { readonly kind: 'put'; readonly input: PutCommandInput }
  | { readonly kind: 'update'; readonly input: UpdateCommandInput }
  | { readonly kind: 'delete'; readonly input: DeleteCommandInput };

/**
 * A write outside a transaction, for half the capacity units. `mark` is stored in the item, so that the write can
 * recognize it.
 */
export function commandOf(write: Write, TableName: string, mark: string): Single {
  switch (write.kind) {
    case 'put':
      return { kind: 'put', input: { TableName, Item: { ...write.item, mark }, ...conditionOf(write.when) } };
    case 'update':
      return { kind: 'update', input: { TableName, ...updateOf(write, mark) } };
    default:
      return { kind: 'delete', input: { TableName, Key: write.key, ...conditionOf(write.when) } };
  }
}

/** Writes in one transaction. */
export function transactionOf(writes: readonly Write[], TableName: string): TransactWriteCommandInput['TransactItems'] {
  return writes.map((write) => {
    switch (write.kind) {
      case 'put':
        return { Put: { TableName, Item: write.item, ...conditionOf(write.when) } };
      case 'update':
        return { Update: { TableName, ...updateOf(write) } };
      case 'delete':
        return { Delete: { TableName, Key: write.key, ...conditionOf(write.when) } };
      default: {
        const { ConditionExpression = '', ...rest } = conditionOf(write.when);
        return { ConditionCheck: { TableName, Key: write.key, ConditionExpression, ...rest } };
      }
    }
  });
}

/** The document client translates answers but not errors: the item in an error is still in DynamoDB's own form. */
const shownItem = (item: Parameters<typeof unmarshall>[0] | undefined): AnyItem | undefined => item && unmarshall(item);

/** The refusal of a single write, with the `item` that was found, if there was one. Undefined for any other error. */
export function refusalOf(error: unknown): { item?: AnyItem } | undefined {
  if (!hasName(error, 'ConditionalCheckFailedException')) return undefined;
  const item = shownItem((error as { Item?: Parameters<typeof unmarshall>[0] }).Item);
  return item ? { item } : {};
}

export interface Reason {
  readonly refused: boolean;
  readonly conflict: boolean;
  readonly item: AnyItem | undefined;
}

/** Reasons that do not concern the validity of the writes. */
const known = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Why a transaction was cancelled: one reason for each write, in their order. Undefined for an error of another kind,
 * also if one of the writes was invalid: that is a bug and not a refusal.
 */
export function reasonsOf(error: unknown): Reason[] | undefined {
  if (!hasName(error, 'TransactionCanceledException')) return undefined;
  const reasons = (error as { CancellationReasons?: { Code?: string; Item?: Parameters<typeof unmarshall>[0] }[] })
    .CancellationReasons;
  if (!reasons?.every(({ Code }) => known.has(Code ?? 'None'))) return undefined;
  return reasons.map(({ Code = 'None', Item }) => ({
    refused: Code === 'ConditionalCheckFailed',
    conflict: Code !== 'None' && Code !== 'ConditionalCheckFailed',
    item: shownItem(Item),
  }));
}
