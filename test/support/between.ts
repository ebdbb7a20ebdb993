/** What others do at the worst moment: after a use case has read, before it writes. */
import type { Moim } from './moim.ts';

/** The operations that change something. */
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];

/**
 * Does something that writes, with something else happening right before its first write reaches the table.
 *
 * @param others gets the body of that write
 * @param nth before which of its writes, where it is not the first
 * @throws Error where nothing was written, so that nothing came in between
 */
export async function interrupted<T>(
  moim: Moim,
  others: (body: Record<string, unknown>) => Promise<unknown>,
  act: () => Promise<T>,
  nth = 1,
): Promise<T> {
  // What earlier requests have caused writes too.
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
