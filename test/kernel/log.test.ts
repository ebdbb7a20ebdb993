/** Append-only logs on the table engine: numbers without a gap, each entry once, whatever is repeated, lost or at once. */
import type { ChatEntryItem } from '../../functions/talking/chat/items.ts';
import { messageIdOf, seqOf } from '../../functions/talking/chat/rules.ts';
import { logOf } from '../../functions/talking/chat/store.ts';
import { lastNumber } from '../../shared/core/digits.ts';
import { newId } from '../../shared/core/ids.ts';
import { iso } from '../../shared/core/time.ts';
import { absent, is } from '../../shared/data/conditions.ts';
import { append, entriesAfter } from '../../shared/data/log.ts';
import { or, type Table } from '../../shared/data/table.ts';
import { create, patch, remove } from '../../shared/data/writes.ts';
import { limits } from '../../shared/product/limits.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { runs } from '../support/runs.ts';
import { now, setUp } from './support.ts';

const groupId = newId(now);
const room = { groupId, roomId: groupId };
const at = (seq: number) => ({ groupId, messageId: messageIdOf(groupId, seq) });
const entryOf = (clientId: string, seq: number, nth = seq): ChatEntryItem => ({
  ...{ ...room, ...at(seq), kind: 'MESSAGE', nth, accountId: 'someone', clientId, at: iso(now) },
  text: `said ${clientId}`,
});
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (error: Problem) => error.code ?? error,
  );
const send = (table: Table, clientId: string, after: number) =>
  append(table, logOf(table, room), {
    after,
    isOwn: (entry) => entry.clientId === clientId,
    make: (seq, before) => ({ entry: entryOf(clientId, seq, (before?.nth ?? 0) + 1) }),
  });
const numberOf = ({ messageId }: ChatEntryItem) => seqOf(messageId);
const all = async (table: Table) => (await table.query('entriesOfGroup', { groupId }, { limit: 2000 })).items;

test('entries are numbered from one, and come in their order after the one that is known', async () => {
  const { table, meter } = setUp();
  const first = await send(table, 'a', 0);
  const before = { ...meter };
  const second = await send(table, 'b', 1);
  const cost = [meter.requests - before.requests, meter.writeUnits - before.writeUnits];
  const third = await send(table, 'c', 1);

  expect([first, second, third].map(({ entry }) => numberOf(entry))).toEqual([1, 2, 3]);
  expect(third.between).toEqual([expect.objectContaining(entryOf('b', 2))]);
  expect(cost).toEqual([2, 1]);
  const page = async (after: number, limit: number) => {
    const { entries, more } = await entriesAfter(logOf(table, room), after, limit);
    return [entries.map(numberOf), more];
  };
  expect(await page(0, 2)).toEqual([[1, 2], true]);
  expect(await page(2, 2)).toEqual([[3], false]);
  expect(await page(3, 2)).toEqual([[], false]);
});

test('what is sent again is found where it is, with what stands before it, however much has come since', async () => {
  const { table } = setUp();
  for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) await send(table, id, i);

  const again = await send(table, 'c', 1);

  expect([numberOf(again.entry), again.between.map(({ clientId }) => clientId)]).toEqual([3, ['b']]);
  expect(await all(table)).toHaveLength(4);
});

test('who knows an entry that does not exist reads on first: nothing is appended after a gap', async () => {
  const { table } = setUp();
  for (const [i, id] of ['a', 'b', 'c'].entries()) await send(table, id, i);
  await table.commit([remove('ChatEntry', at(2))]);
  const asked = [2, 4, 7, lastNumber, 1e15].map((after) => codeOf(send(table, 'x', after)));

  expect(await Promise.all(asked)).toEqual(Array(5).fill('RESUME_FIRST'));
  expect(await codeOf(entriesAfter(logOf(table, room), 4, 10))).toBe('RESUME_FIRST');
  expect((await all(table)).map(numberOf)).toEqual([1, 3]);
});

test('who is too far behind reads on first', async () => {
  const { table } = setUp();
  const entries = Array.from({ length: limits.log.behind + 1 }, (_, i) => entryOf(`c${i + 1}`, i + 1));
  await Promise.all(entries.map((entry) => table.commit([create('ChatEntry', entry)])));

  expect(await codeOf(send(table, 'x', 0))).toBe('RESUME_FIRST');
  expect(numberOf((await send(table, 'x', 1)).entry)).toBe(502);
});

test('what is committed along with an entry is there or the entry is not, whoever is quicker', async () => {
  const { table, open, faults } = setUp();
  await send(table, 'first', 0);
  const deletion = (from: Table, clientId: string) =>
    append(from, logOf(from, room), {
      after: 1,
      isOwn: () => false,
      make: (seq) => ({
        entry: entryOf(clientId, seq),
        along: or('NOT_FOUND', patch('ChatEntry', at(1), { set: { deletedAt: iso(now) } }, absent('deletedAt'))),
      }),
    });
  faults.add({
    kind: 'between',
    operation: 'TransactWriteItems',
    times: 1,
    match: (body) => JSON.stringify(body).includes('said delete'),
    run: () => send(open(), 'quicker', 1).then(() => undefined),
  });

  const deleted = await deletion(table, 'delete');
  const again = await codeOf(deletion(table, 'again'));

  expect([numberOf(deleted.entry), again]).toEqual([3, 'NOT_FOUND']);
  expect((await all(table)).map(({ clientId, deletedAt }) => [clientId, deletedAt !== undefined])).toEqual([
    ['first', true],
    ['quicker', false],
    ['delete', false],
  ]);
});

test('where the beginning of a log is deleted, numbers go on, and who knows a deleted entry begins anew', async () => {
  const { table } = setUp();
  for (const [i, id] of ['a', 'b', 'c'].entries()) await send(table, id, i);
  for (const seq of [1, 2]) await table.commit([remove('ChatEntry', at(seq), is('nth', seq))]);

  const fromStart = await entriesAfter(logOf(table, room), 0, 10);
  const next = await send(table, 'd', 0);

  expect(fromStart.entries.map(numberOf)).toEqual([3]);
  expect([numberOf(next.entry), next.entry.nth]).toEqual([4, 4]);
  expect(await codeOf(send(table, 'e', 2))).toBe('RESUME_FIRST');
});

test('where others are always quicker, it is tried again later', async () => {
  const { table, open, faults } = setUp();
  let others = 0;
  const quicker = () => send(open(), `other ${others}`, others++).then(() => undefined);
  faults.add({
    kind: 'between',
    operation: 'PutItem',
    times: 1000,
    match: (body) => JSON.stringify(body).includes('said slow'),
    run: quicker,
  });

  expect(await codeOf(send(table, 'slow', 0))).toBe('TRY_AGAIN');
  expect((await all(table)).map(numberOf)).toEqual(Array.from({ length: limits.log.tries }, (_, i) => i + 1));
});

/** What a client does: tries until it has an answer, from where it was at first; sent on to read, it looks for its own. */
async function client(open: () => Table, sender: string, messages: number, random: () => number): Promise<string[]> {
  let known = 0;
  const sent: string[] = [];
  for (let n = 0; n < messages; n++) {
    const clientId = `${sender}-${n}`;
    for (let after = known, done = false; !done; ) {
      // Now and then it is sent twice at once, by another way, and now and then the function dies after its work.
      const tries = Array.from({ length: random() < 0.2 ? 2 : 1 }, () => send(open(), clientId, after));
      const [came] = await Promise.allSettled(tries);
      if (came!.status === 'fulfilled' && random() > 0.05) {
        known = numberOf(came!.value.entry);
        done = true;
      } else if (came!.status === 'rejected' && came!.reason.code === 'RESUME_FIRST') throw came!.reason;
    }
    sent.push(clientId);
  }
  return sent;
}

test.each(Array.from({ length: runs(2) }, (_, i) => i + 1))(
  'with lost answers, failures, throttling and deaths each entry is there once, in its sender’s order, without a gap: seed %i',
  async (seed) => {
    const { open, faults } = setUp();
    let state = seed * 7919;
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    };
    for (const kind of ['timeoutAfter', 'timeoutBefore', 'error500', 'throttle'] as const)
      faults.add({ kind, times: 100_000, match: () => random() < 0.02 });

    const senders = Array.from({ length: 8 }, (_, i) => client(open, `sender${i}`, 12, random));
    const sent = await Promise.all(senders);
    faults.clear();

    const entries = await all(open());
    expect(entries.map(numberOf)).toEqual(Array.from({ length: 96 }, (_, i) => i + 1));
    const bySender = sent.map((_, i) =>
      entries.map(({ clientId }) => clientId!).filter((each) => each.startsWith(`sender${i}-`)),
    );
    expect(bySender).toEqual(sent);
  },
);
