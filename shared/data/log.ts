/**
 * Append-only logs: entries numbered 1, 2, 3 ... without a gap. There is no counter. A sender creates the entry under the
 * next number, and the table lets only one sender create it.
 *
 * - *No gap:* an entry is created only after its predecessor was read.
 * - *Exactly once:* a sender reads every entry after the last one that it knew at its first try. It finds its own entry
 *   by the `clientId`, however often it sends it. So `after` stays the same from the first try to the last.
 */
import { iso } from '../core/time.ts';
import { limits } from '../product/limits.ts';
import { Problem } from '../product/problems.ts';
import { tryAgain } from './calls.ts';
import type { LogEntryItem } from './items.ts';
import { nothing } from './meaning.ts';
import { or, type Table } from './table.ts';
import { create } from './writes.ts';

const digits = 12;
const last = '9'.repeat(digits);
const seqOf = (number: number) => String(number).padStart(digits, '0');

interface Page {
  readonly entries: LogEntryItem[];
  /** Whether there are more. */
  readonly more: boolean;
}

/**
 * The entries after one that the reader knows, as they are now. The known one is read along and must exist: a
 * sender who counts from a number that the log does not have would leave a gap, or miss entries.
 *
 * @param after the number of the known entry; 0 where none is known
 * @throws Problem RESUME_FIRST where that entry does not exist
 */
export async function entriesAfter(table: Table, log: string, after: number, limit: number): Promise<Page> {
  const from = seqOf(after);
  if (from > last) throw new Problem('RESUME_FIRST');
  const known = after > 0 ? 1 : 0;
  const options = { limit: limit + known, between: [from, last], consistent: true } as const;
  const { items, nextCursor } = await table.query('logEntries', { log }, options);
  if (known && items[0]?.seq !== from) throw new Problem('RESUME_FIRST');
  return { entries: items.slice(known), more: nextCursor !== null };
}

/** Something to append. */
export interface NewEntry {
  /** The sender's own id of it: a UUID. */
  readonly clientId: string;
  /** The last entry that the sender knew when they first tried; 0 for an empty log. */
  readonly after: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Appends an entry, or finds it where it was appended before. One write of one unit, and one look before it.
 *
 * @param now milliseconds since 1970
 * @returns the entry as it exists, and what stands between it and `after`
 * @throws Problem RESUME_FIRST where the sender is too far behind, or `after` does not exist; TRY_AGAIN where others are
 * quicker time and again
 */
export async function append(
  table: Table,
  log: string,
  { clientId, after, body }: NewEntry,
  now: number,
): Promise<{ readonly entry: LogEntryItem; readonly between: readonly LogEntryItem[] }> {
  const seen = await allAfter(table, log, after);
  for (let n = 1; n <= limits.log.tries; n++) {
    const own = seen.findIndex((each) => each.clientId === clientId);
    if (own >= 0) return { entry: seen[own]!, between: seen.slice(0, own) };
    const seq = after + seen.length + 1;
    let taken: LogEntryItem | undefined;
    const entry: LogEntryItem = { log, seq: seqOf(seq), clientId, at: iso(now), body };
    const place = or<'LogEntry'>(
      (item) => {
        taken = item;
        return nothing;
      },
      create('LogEntry', entry),
    );
    if (await table.commit(place)) return { entry, between: seen };
    // One by one where few are quicker; where many are, all that has come meanwhile.
    if (taken && n % 3 > 0) seen.push(taken);
    else seen.push(...(await allAfter(table, log, seq - 1)));
  }
  throw tryAgain();
}

/** All entries after one, as many as a sender may be behind. */
async function allAfter(table: Table, log: string, after: number): Promise<LogEntryItem[]> {
  const all: LogEntryItem[] = [];
  for (let more = true; more; ) {
    const page = await entriesAfter(table, log, after + all.length, limits.log.page);
    all.push(...page.entries);
    if (all.length > limits.log.behind) throw new Problem('RESUME_FIRST');
    more = page.more;
  }
  return all;
}
