/**
 * Append-only logs: entries numbered 1, 2, 3 ... without a gap. There is no counter. A sender creates the entry under the
 * next number, and the table lets only one sender create it (ADR 31).
 *
 * - *No gap:* an entry is created only after its predecessor was read.
 * - *Exactly once:* a sender reads every entry after the last one that it knew at its first try. It finds its own entry
 *   there, however often and by whichever way it sends it. So `after` stays the same from the first try to the last.
 * - *At any time:* an entry keeps its sender's id for ever. A sender that is too far behind reads on, and finds it.
 */
import { lastNumber } from '../core/digits.ts';
import { limits } from '../product/limits.ts';
import { Problem } from '../product/problems.ts';
import { tryAgain } from './calls.ts';
import { nothing } from './meaning.ts';
import { or, type Part, type Table } from './table.ts';
import type { Write } from './writes.ts';

interface Page<Entry> {
  readonly entries: Entry[];
  /** Whether there are more. */
  readonly more: boolean;
}

/** One log: where its entries are. */
export interface Log<Entry> {
  /** The number of an entry. */
  numberOf(entry: Entry): number;
  /** The entries from a number on, that one included, in their order: at most `limit`, strongly consistent. */
  from(number: number, limit: number): Promise<Page<Entry>>;
  /** The write that creates an entry; refused if its number is taken. */
  creation(entry: Entry): Write;
}

/**
 * The entries after one that the reader knows, as they are now. The known one is read along and must exist: a
 * sender who counts from a number that the log does not have would leave a gap, or miss entries. After 0 a log may begin
 * with a later number than 1: the entries before are deleted for good.
 *
 * @param after the number of the known entry; 0 where none is known
 * @returns `known`: the entry of that number
 * @throws Problem RESUME_FIRST where that entry does not exist
 */
export async function entriesAfter<Entry>(
  log: Log<Entry>,
  after: number,
  limit: number,
): Promise<Page<Entry> & { readonly known: Entry | undefined }> {
  if (after > lastNumber) throw new Problem('RESUME_FIRST');
  if (after === 0) return { ...(await log.from(1, limit)), known: undefined };
  const { entries, more } = await log.from(after, limit + 1);
  const [known, ...rest] = entries;
  if (!known || log.numberOf(known) !== after) throw new Problem('RESUME_FIRST');
  return { entries: rest, more, known };
}

/** Something to append. */
export interface NewEntry<Entry> {
  /** The last entry that the sender knew when they first tried; 0 for an empty log. */
  readonly after: number;
  /** Whether an entry that exists is this one, appended by an earlier try. */
  isOwn(entry: Entry): boolean;
  /**
   * The entry for the place that it is about to take, and further writes that are committed with it or not at all. Each of
   * them needs a meaning (`or`).
   *
   * @throws Problem where it may not follow its predecessor
   */
  make(number: number, before: Entry | undefined): { readonly entry: Entry; readonly along?: Part };
  /** The answer of the use case, kept for a repetition with the same Idempotency-Key. */
  answer?(entry: Entry): unknown;
}

/** An entry in its place. */
export interface Appended<Entry> {
  readonly entry: Entry;
  /** The entries after the one that the sender knew, and before this one. */
  readonly between: readonly Entry[];
  /** Whether this try appended it; false if an earlier one did. */
  readonly isNew: boolean;
}

/**
 * Appends an entry, or finds it where it was appended before. One look, and one write of one unit; a transaction only if
 * other writes come along.
 *
 * @throws Problem RESUME_FIRST where the sender is too far behind, or `after` does not exist; TRY_AGAIN where others are
 * quicker time and again; what `make` throws, and what the writes along mean
 */
export async function append<Entry extends object>(
  table: Table,
  log: Log<Entry>,
  wanted: NewEntry<Entry>,
): Promise<Appended<Entry>> {
  return appendTo(table, log, wanted, await allAfter(log, wanted.after));
}

/**
 * As `append`, for a sender that has read the log already, beside its other reads.
 *
 * @param seen what `allAfter` gave
 */
export async function appendTo<Entry extends object>(
  table: Table,
  log: Log<Entry>,
  { after, isOwn, make, answer }: NewEntry<Entry>,
  { known, entries }: Seen<Entry>,
): Promise<Appended<Entry>> {
  const seen = [...entries];
  let looked = 0;
  for (let n = 1; n <= limits.log.tries; n++) {
    for (; looked < seen.length; looked++)
      if (isOwn(seen[looked]!)) return { entry: seen[looked]!, between: seen.slice(0, looked), isNew: false };
    const before = seen.at(-1) ?? known;
    const number = (before ? log.numberOf(before) : after) + 1;
    let taken: Entry | undefined;
    const { entry, along } = make(number, before);
    const place = or((item) => {
      taken = item as Entry | undefined;
      return nothing;
    }, log.creation(entry) as never);
    if (await table.commit([along, place], answer?.(entry))) return { entry, between: seen, isNew: true };
    // One by one where few are quicker; where many are, all that has come meanwhile.
    if (taken && n % 3 > 0) seen.push(taken);
    else seen.push(...(await allAfter(log, number - 1)).entries);
  }
  throw tryAgain();
}

/** All that a sender has to know before it appends. */
export interface Seen<Entry> {
  readonly known: Entry | undefined;
  readonly entries: readonly Entry[];
}

/**
 * All entries after one, as many as a sender may be behind.
 *
 * @throws Problem RESUME_FIRST
 */
export async function allAfter<Entry>(log: Log<Entry>, after: number): Promise<Seen<Entry>> {
  const first = await entriesAfter(log, after, limits.log.page);
  const entries = [...first.entries];
  for (let { more } = first; more; ) {
    if (entries.length > limits.log.behind) throw new Problem('RESUME_FIRST');
    const page = await log.from(log.numberOf(entries.at(-1)!) + 1, limits.log.page);
    entries.push(...page.entries);
    more = page.more;
  }
  if (entries.length > limits.log.behind) throw new Problem('RESUME_FIRST');
  return { known: first.known, entries };
}
