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

/** An addition that the SDK repeats after a lost answer would count twice; a transaction's token prevents that. */
const mayGoAlone = (write: Write) =>
  write.kind !== 'check' && !(write.kind === 'update' && Object.keys(write.changes.add).length > 0);

/** Nobody said what the refusal of a write means: a bug, answered by 500 and heard of by the alarm. */
export class UnexpectedRefusal extends Error {
  constructor({ kind, entity }: Write) {
    super(`the ${kind} of a ${entity} was refused, and nothing says what that means: or('SOME_PROBLEM', ...)`);
    this.name = 'UnexpectedRefusal';
  }
}

/** All writes of a list whose parts may be lists, or absent. */
export const flat = (parts: readonly Part[]): Write[] =>
  parts.flatMap((part) => (Array.isArray(part) ? flat(part) : part ? [part as Write] : []));

/** The writing half of a table. `rider` goes along with each commit that has an answer. */
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

/** What a refusal means: what is said of the first write, in their order, whose condition does not hold. */
function outcomeOf(
  writes: readonly Write[],
  all: readonly Merged[],
  refused: ReadonlyMap<Write, Item | undefined>,
): Outcome {
  for (const write of writes) {
    const { write: sent, parts } = all.find((each) => each.parts.includes(write))!;
    if (!refused.has(sent)) continue;
    const item = refused.get(sent);
    // Of several writes that went as one, the item tells whose condition it was.
    if (parts.length > 1 && write.when && holds(write.when, item)) continue;
    if (parts.length > 1 && !write.when) continue;
    if (write.or === undefined) throw new UnexpectedRefusal(write);
    return typeof write.or === 'function' ? write.or(item) : write.or;
  }
  // The item has changed since: whoever looks again sees how.
  return overtaken;
}

interface Riding {
  readonly rider: Rider;
  readonly answer: unknown;
}

/** Writes all or nothing: undefined when done, else which writes were refused, with the items that stood in the way. */
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
      // The rider comes first: a repetition finds its own work in the way of every other write.
      ridersReason = riding && reasons.at(-1);
      if (riding && ridersReason?.refused) return riding.rider.refused(ridersReason.item, false);
      const refused = writes.flatMap((write, i) => (reasons[i]!.refused ? [[write, reasons[i]!.item] as const] : []));
      return refused.length > 0 ? { done: new Map(refused) } : undefined;
    },
    () => (riding && ridersReason?.conflict ? riding.rider.refused(undefined, true) : tryAgain()),
  );
}

/** One write without a transaction: done or refused, with the item that then stands there as far as it is told. */
async function writeOne(calls: Calls, write: Write, tell: { readonly ReturnValues?: 'ALL_NEW' } = {}) {
  const { client, tableName, metered, counted, consumed } = calls;
  // A lost answer makes the SDK repeat the write, which then finds its own item in the way: the mark tells them apart.
  const mark = newSecret().slice(0, 12);
  const command = commandOf(write, tableName, mark);
  const send = () =>
    command.kind === 'put'
      ? client.send(new PutCommand({ ...metered, ...command.input }))
      : command.kind === 'update'
        ? client.send(new UpdateCommand({ ...metered, ...command.input, ...tell }))
        : client.send(new DeleteCommand({ ...metered, ...command.input }));
  try {
    // A single write that meets somebody's transaction on its item has only to wait for it.
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
