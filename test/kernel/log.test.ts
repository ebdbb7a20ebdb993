/** Append-only logs on the table engine: numbers without a gap, each entry once, whatever is repeated, lost or at once. */
import { iso } from '../../shared/core/time.ts';
import type { LogEntryItem } from '../../shared/data/items.ts';
import { append, entriesAfter } from '../../shared/data/log.ts';
import type { Table } from '../../shared/data/table.ts';
import { create, remove } from '../../shared/data/writes.ts';
import { limits } from '../../shared/product/limits.ts';
import type { Problem } from '../../shared/product/problems.ts';
import { runs } from '../support/runs.ts';
import { now, setUp } from './support.ts';

const log = 'room';
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (error: Problem) => error.code ?? error,
  );
const send = (table: Table, clientId: string, after: number) =>
  append(table, log, { clientId, after, body: { text: `said ${clientId}` } }, now);
const numberOf = ({ seq }: LogEntryItem) => Number(seq);
const all = async (table: Table) => (await table.query('logEntries', { log }, { limit: 2000 })).items;

test('entries are numbered from one, and come in their order after the one that is known', async () => {
  const { table, meter } = setUp();
  const first = await send(table, 'a', 0);
  const before = { ...meter };
  const second = await send(table, 'b', 1);
  const cost = [meter.requests - before.requests, meter.writeUnits - before.writeUnits];
  const third = await send(table, 'c', 1);

  expect([first, second, third].map(({ entry }) => numberOf(entry))).toEqual([1, 2, 3]);
  expect(third.between).toEqual([expect.objectContaining({ clientId: 'b', body: { text: 'said b' }, at: iso(now) })]);
  expect(cost).toEqual([2, 1]);
  const page = async (after: number, limit: number) => {
    const { entries, more } = await entriesAfter(table, log, after, limit);
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
  await table.commit([remove('LogEntry', { log, seq: '000000000002' })]);
  const asked = [2, 4, 7, 999_999_999_999, 1e15].map((after) => codeOf(send(table, 'x', after)));

  expect(await Promise.all(asked)).toEqual(Array(5).fill('RESUME_FIRST'));
  expect(await codeOf(entriesAfter(table, log, 4, 10))).toBe('RESUME_FIRST');
  expect((await all(table)).map(numberOf)).toEqual([1, 3]);
  expect(await codeOf(append(table, 'empty', { clientId: 'x', after: 1, body: {} }, now))).toBe('RESUME_FIRST');
});

test('who is too far behind reads on first', async () => {
  const { table } = setUp();
  const seqs = Array.from({ length: limits.log.behind + 1 }, (_, i) => String(i + 1).padStart(12, '0'));
  const entry = (seq: string) => ({ log, seq, clientId: seq, at: iso(now), body: {} });
  await Promise.all(seqs.map((seq) => table.commit([create('LogEntry', entry(seq))])));

  expect(await codeOf(send(table, 'x', 0))).toBe('RESUME_FIRST');
  expect(numberOf((await send(table, 'x', 1)).entry)).toBe(502);
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
      entries.map(({ clientId }) => clientId).filter((each) => each.startsWith(`sender${i}-`)),
    );
    expect(bySender).toEqual(sent);
  },
  60_000,
);
