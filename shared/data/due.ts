/**
 * One list of everything that waits for an instant (ADR 12), in a few shards. Each minute `functions/operations/minute` works
 * through the entries that are due. A feature names its kinds in its contract.
 *
 * An entry is only a reminder. The service of its kind reads the current state and decides by that, so an entry may come
 * late, twice, or for nothing. The transaction that causes the work also writes the entry. An item that has a date keeps
 * the instant of its entry, so that a write that moves the date can remove the old entry.
 */
import { newSecret } from '../core/ids.ts';
import { fromIso, iso, minuteMs } from '../core/time.ts';
import { is } from './conditions.ts';
import type { DueItem } from './items.ts';
import type { KeyOf } from './keys.ts';
import { nothing } from './meaning.ts';
import { or } from './table.ts';
import { create, drop, remove, upsert, type Write } from './writes.ts';

export interface Due {
  /** A kind that a contract names under `due`. */
  readonly kind: string;
  /** The id of the item that the work is about, or several ids joined by colons. */
  readonly subject: string;
  /** ISO 8601. The entry is rounded up to a whole minute, so it never comes early. */
  readonly at: string;
}

/** A shard takes 1,000 writes a second and is read once a minute. */
export const dueShards = ['0', '1', '2', '3'] as const;
/** Entries that failed for good wait here for a person. */
export const parkedShard = 'parked';

/** By the last digit of the last id, which is random. */
const shardOf = (subject: string) => dueShards[Number.parseInt(subject.slice(-1), 16) % dueShards.length] ?? '0';

const keyOfDue = ({ kind, subject, at }: Due): KeyOf<'Due'> => ({
  shard: shardOf(subject),
  at: iso(Math.ceil(fromIso(at) / minuteMs) * minuteMs),
  kind,
  subject,
});

/**
 * The write that makes something due. Commit it together with its cause; it costs two units.
 *
 * @example await table.commit([create('Export', asked), due({ kind: 'makeExport', subject: exportId, at: iso(now) })])
 */
export const due = (entry: Due): Write =>
  upsert('Due', keyOfDue(entry), { set: { token: newSecret() }, remove: ['tries'] });

/**
 * The write of a cause that may have been written before: an entry that is there stays as it is. Commit it where the cause is
 * known already, and nobody knows whether its entry is.
 */
export const dueOnce = (entry: Due): Write[] => or(nothing, create('Due', { ...keyOfDue(entry), token: newSecret() }));

/**
 * The writes of a change of a date: they remove the entry for the old date and add one for the new date.
 *
 * @param before the entry of the old date; undefined if it had none
 * @param after the entry of the new date; undefined if nothing is due any more
 */
export function rescheduled(before: Due | undefined, after: Due | undefined): Write[] {
  if (before && after && same(before, after)) return [];
  const gone = before && keyOfDue(before);
  const made = after && keyOfDue(after);
  // Two instants in one minute share an entry. It gets a new token.
  const stays = gone && made && gone.at === made.at && gone.kind === made.kind && gone.subject === made.subject;
  return [...(gone && !stays ? [drop('Due', gone)] : []), ...(after ? [due(after)] : [])];
}

const same = (a: Due, b: Due) => a.kind === b.kind && a.subject === b.subject && a.at === b.at;

/**
 * Removes an entry whose work is done. `nothing` if a new cause has written the entry since it was read: then the work ran
 * before that cause, and the entry has to be worked again.
 *
 * The token decides, and not a counter of writes. An entry that was removed and written again would count from one again,
 * and a slow worker would remove an entry that it never read.
 */
export const worked = (entry: DueItem): Write[] => or(nothing, remove('Due', entry, is('token', entry.token)));

/**
 * Moves an entry to a later instant: the entry as it will be, and the writes. `nothing` if a new cause has written it.
 *
 * @param at ISO 8601
 */
export function putOff(
  entry: DueItem,
  at: string,
  tries: number,
): { readonly later: DueItem; readonly writes: Write[] } {
  const key = keyOfDue({ ...entry, at });
  const later: DueItem = { ...key, token: newSecret(), tries };
  return { later, writes: [...worked(entry), upsert('Due', key, { set: { token: later.token, tries } })] };
}

/** The writes that put an entry aside for a person. */
export function parked(entry: DueItem, tries: number): Write[] {
  const { at, kind, subject, token } = entry;
  return [...worked(entry), upsert('Due', { shard: parkedShard, at, kind, subject }, { set: { token, tries } })];
}
