/** Lets something happen at the worst moment: after a use case has read, before it writes. */
import type { Moim } from './moim.ts';

/** The operations that change the table. */
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/**
 * Runs a use case that writes, and runs `others` right before its first write reaches the table.
 *
 * @param others gets the body of that write
 * @param nth which of the writes, 1 for the first
 * @throws Error if there was no such write, so that nothing came in between
 */
export async function interrupted<T>(
  moim: Moim,
  others: (body: Record<string, unknown>) => Promise<unknown>,
  act: () => Promise<T>,
  nth = 1,
): Promise<T> {
  // Earlier requests cause writes too, by the stream.
  await moim.settle();
  let came = false;
  const callOff = moim.table.faults.add({
    kind: 'between',
    operation: writes,
    nth,
    async run(body) {
      came = true;
      await others(body);
    },
  });
  const done = await act().finally(callOff);
  if (!came) throw new Error(`there was no write ${nth} for anything to come before`);
  return done;
}
