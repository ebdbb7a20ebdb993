import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { hasName } from '../core/errors.ts';
import { newSecret } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { type Calls, patiently } from './calls.ts';
import { holds } from './conditions.ts';
import type { AnyItem } from './kind.ts';
import { nothing, type Outcome, Overtaken, overtaken } from './meaning.ts';
import { type Merged, merged } from './merge.ts';
import { unitsOf } from './meter.ts';
import type { Part, Rider, Table } from './table.ts';
import {
  commandOf,
  mostActions,
  type Reason,
  reasonsOf,
  refusalOf,
  TransactionTooLarge,
  transactionOf,
} from './transaction.ts';
import type { Write } from './writes.ts';

/**
 * A single `ADD` counts twice if the SDK repeats it after a lost answer. The token of a transaction prevents that, and a
 * transaction costs twice the units.
 */
const mayGoAlone = (write: Write) =>
  write.kind !== 'check' &&
  (write.kind !== 'update' || write.mayRepeat === true || Object.keys(write.changes.add).length === 0);

/**
 * A write was refused, and the code does not say what its refusal means. This is a bug: the request gets a 500 and the
 * alarm goes off.
 */
class UnexpectedRefusal extends Error {
  constructor({ kind, entity }: Write) {
    super(
      `the ${kind} of a ${entity} was refused, and nothing says what that means: wrap the write in or('SOME_PROBLEM', ...)`,
    );
    this.name = 'UnexpectedRefusal';
  }
}

/** All writes of a list whose parts may be lists, or absent. */
export const flat = (parts: readonly Part[]): Write[] =>
  parts.flatMap((part) => (Array.isArray(part) ? flat(part) : part ? [part as Write] : []));

/** The writing half of a table. `rider` joins each commit that has an answer. */
export function committingOf(calls: Calls, rider?: Rider): Pick<Table, 'change' | 'commit'> {
  return {
    async change(write) {
      const { done, item } = await writeOne(calls, write, { ReturnValues: 'ALL_NEW' });
      return (done ? item : undefined) as never;
    },

    async commit(parts, answer) {
      const writes = flat(parts);
      const riding = rider && answer !== undefined ? { rider, write: rider.write(answer) } : undefined;
      const refusals = await commitAll(calls, merged(writes), riding);
      if (refusals.length === 0) return true;
      const outcome = outcomeOf(writes, refusals);
      if (outcome === nothing) return false;
      if (outcome === overtaken) throw new Overtaken();
      throw typeof outcome === 'string' ? new Problem(outcome) : outcome;
    },
  };
}

/** The refusal of one write that was sent, which may stand for several writes of the same item. */
interface Refusal {
  readonly parts: readonly Write[];
  /** The item that was found; undefined if there was none. */
  readonly item: AnyItem | undefined;
}

/** The outcome of a refused commit: the meaning of the first write, in the order of the list, that was refused. */
function outcomeOf(writes: readonly Write[], refusals: readonly Refusal[]): Outcome {
  for (const write of writes) {
    const refusal = refusals.find(({ parts }) => parts.includes(write));
    if (refusal && isCause(write, refusal)) return meaningOf(write, refusal.item);
  }
  // The item has changed again since the refusal. The caller can read it again (`untilSettled`).
  return overtaken;
}

/**
 * Whether a write caused a refusal. If several writes were sent as one, the item shows which conditions do not hold.
 */
const isCause = ({ when }: Write, { parts, item }: Refusal) =>
  parts.length === 1 || (when !== undefined && !holds(when, item));

function meaningOf(write: Write, item: AnyItem | undefined): Outcome {
  if (write.or === undefined) throw new UnexpectedRefusal(write);
  return typeof write.or === 'function' ? write.or(item) : write.or;
}

interface Riding {
  readonly rider: Rider;
  readonly write: Write;
}

/** Commits all writes or none. Gives back the refusals: none if the writes are done. */
async function commitAll(calls: Calls, all: readonly Merged[], riding: Riding | undefined): Promise<Refusal[]> {
  if (!riding) {
    const [first, ...others] = all;
    if (!first) return [];
    if (others.length === 0 && mayGoAlone(first.write)) {
      const { done, item } = await writeOne(calls, first.write);
      return done ? [] : [{ parts: first.parts, item }];
    }
  }
  const writes = [...all.map(({ write }) => write), ...(riding ? [riding.write] : [])];
  return patiently(async (isLast) => {
    const reasons = await writeAll(calls, writes);
    if (!reasons) return { done: [] };
    const ridersReason = riding && reasons.at(-1);
    // The rider is judged first. A repeated request finds its own earlier work in the way of every other write.
    if (riding && ridersReason?.refused) return riding.rider.refused(ridersReason.item, false);
    const refusals = all.flatMap(({ parts }, i) => (reasons[i]!.refused ? [{ parts, item: reasons[i]!.item }] : []));
    if (refusals.length > 0) return { done: refusals };
    if (riding && isLast && ridersReason?.conflict) return riding.rider.refused(undefined, true);
    return undefined;
  });
}

const itemOf = (write: Write) => (write.kind === 'put' ? write.item : undefined);

/** One write without a transaction: done or refused, with the item that is then stored, as far as DynamoDB shows it. */
async function writeOne(calls: Calls, write: Write, tell: { readonly ReturnValues?: 'ALL_NEW' } = {}) {
  const { client, tableName, metered, counted, consumed } = calls;
  // After a lost answer the SDK repeats the write, which then finds its own item. The mark shows that the item is its
  // own.
  const mark = newSecret().slice(0, 12);
  const command = commandOf(write, tableName, mark);
  const send = () =>
    command.kind === 'put'
      ? client.send(new PutCommand({ ...metered, ...command.input }))
      : command.kind === 'update'
        ? client.send(new UpdateCommand({ ...metered, ...command.input, ...tell }))
        : client.send(new DeleteCommand({ ...metered, ...command.input }));
  try {
    // A transaction of another request holds the item for a moment: wait for it and repeat.
    const { Attributes, ConsumedCapacity } = await patiently(async () => {
      try {
        return { done: await counted(send) };
      } catch (error) {
        if (hasName(error, 'TransactionConflictException')) return undefined;
        throw error;
      }
    });
    consumed('writeUnits', ConsumedCapacity);
    return { done: true, item: Attributes };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) throw error;
    calls.refused(unitsOf(itemOf(write), refused.item));
    return { done: refused.item?.mark === mark, item: refused.item };
  }
}

async function writeAll(calls: Calls, writes: readonly Write[]): Promise<Reason[] | undefined> {
  const { client, tableName, useCase, counted, consumed } = calls;
  if (writes.length > mostActions) throw new TransactionTooLarge(useCase, writes);
  try {
    const input = { ReturnConsumedCapacity: 'TOTAL' as const, TransactItems: transactionOf(writes, tableName) };
    const { ConsumedCapacity } = await counted(() => client.send(new TransactWriteCommand(input)));
    consumed('writeUnits', ConsumedCapacity);
    return undefined;
  } catch (error) {
    const reasons = reasonsOf(error);
    if (!reasons) throw error;
    const units = writes.map((write, i) => 2 * unitsOf(itemOf(write), reasons[i]?.item));
    calls.refused(units.reduce((sum, each) => sum + each, 0));
    return reasons;
  }
}
