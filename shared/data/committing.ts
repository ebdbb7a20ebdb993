import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { newSecret } from '../core/ids.ts';
import { Problem } from '../product/problems.ts';
import { type Calls, patiently, tryAgain } from './calls.ts';
import { holds } from './conditions.ts';
import { nothing, type Outcome, Overtaken, overtaken } from './meaning.ts';
import { type Merged, merged } from './merge.ts';
import type { Part, Rider, Table } from './table.ts';
import { commandOf, type Reason, reasonsOf, refusalOf, transactionOf } from './transaction.ts';
import type { Write } from './writes.ts';

type Item = Readonly<Record<string, unknown>>;

/** A single `ADD` counts twice if the SDK repeats it after a lost answer. The token of a transaction prevents that. */
const mayGoAlone = (write: Write) =>
  write.kind !== 'check' && !(write.kind === 'update' && Object.keys(write.changes.add).length > 0);

/**
 * A write was refused, and the code does not say what its refusal means. This is a bug: the request gets a 500 and the
 * alarm goes off.
 */
export class UnexpectedRefusal extends Error {
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
      const all = merged(writes);
      const riding = rider && answer !== undefined ? rider : undefined;
      if (all.length === 0 && !riding) return true;
      const refused = await written(calls, all, riding && { rider: riding, answer });
      if (!refused) return true;
      const outcome = outcomeOf(writes, all, refused);
      if (outcome === nothing) return false;
      if (outcome === overtaken) throw new Overtaken();
      throw typeof outcome === 'string' ? new Problem(outcome) : outcome;
    },
  };
}

/**
 * The outcome of a refused commit: the meaning of the first write, in the order of the list, whose condition does not
 * hold.
 */
function outcomeOf(
  writes: readonly Write[],
  all: readonly Merged[],
  refused: ReadonlyMap<Write, Item | undefined>,
): Outcome {
  for (const write of writes) {
    const { write: sent, parts } = all.find((each) => each.parts.includes(write))!;
    if (!refused.has(sent)) continue;
    const item = refused.get(sent);
    // Several writes were sent as one. The item shows which of their conditions failed.
    if (parts.length > 1 && write.when && holds(write.when, item)) continue;
    if (parts.length > 1 && !write.when) continue;
    if (write.or === undefined) throw new UnexpectedRefusal(write);
    return typeof write.or === 'function' ? write.or(item) : write.or;
  }
  // The item has changed again since the refusal. The caller can read it again (`untilSettled`).
  return overtaken;
}

interface Riding {
  readonly rider: Rider;
  readonly answer: unknown;
}

/**
 * Writes all or nothing. Gives back undefined when done, else the refused writes, each with the item that was found.
 */
async function written(
  calls: Calls,
  all: readonly Merged[],
  riding: Riding | undefined,
): Promise<ReadonlyMap<Write, Item | undefined> | undefined> {
  const writes = all.map(({ write }) => write);
  const [first] = writes;
  if (first && writes.length === 1 && !riding && mayGoAlone(first)) {
    const { done, item } = await writeOne(calls, first);
    return done ? undefined : new Map([[first, item]]);
  }
  if (writes.length === 0 && !riding) return undefined;
  const sent = riding ? [...writes, riding.rider.write(riding.answer)] : writes;
  let ridersReason: Reason | undefined;
  return patiently<ReadonlyMap<Write, Item | undefined> | undefined>(
    async () => {
      const reasons = await writeAll(calls, sent);
      if (!reasons) return { done: undefined };
      // The rider is judged first. A repeated request finds its own earlier work in the way of every other write.
      ridersReason = riding && reasons.at(-1);
      if (riding && ridersReason?.refused) return riding.rider.refused(ridersReason.item, false);
      const refused = writes.flatMap((write, i) => (reasons[i]!.refused ? [[write, reasons[i]!.item] as const] : []));
      return refused.length > 0 ? { done: new Map(refused) } : undefined;
    },
    () => (riding && ridersReason?.conflict ? riding.rider.refused(undefined, true) : tryAgain()),
  );
}

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
        if (error instanceof Error && error.name === 'TransactionConflictException') return undefined;
        throw error;
      }
    });
    consumed('writeUnits', ConsumedCapacity);
    return { done: true, item: Attributes };
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) throw error;
    return { done: refused.item?.mark === mark, item: refused.item };
  }
}

async function writeAll(calls: Calls, writes: readonly Write[]): Promise<Reason[] | undefined> {
  const { client, tableName, counted, consumed } = calls;
  try {
    const input = { ReturnConsumedCapacity: 'TOTAL' as const, TransactItems: transactionOf(writes, tableName) };
    const { ConsumedCapacity } = await counted(() => client.send(new TransactWriteCommand(input)));
    consumed('writeUnits', ConsumedCapacity);
    return undefined;
  } catch (error) {
    const reasons = reasonsOf(error);
    if (!reasons) throw error;
    return reasons;
  }
}
