/**
 * One list of everything that waits on the clock (ADR 12), in a few shards. Its entries say what to look at, and when. Each
 * minute `functions/operations/minute` works through what is due; a feature names its kinds in its contract.
 *
 * An entry is a reminder and no more: the service of its kind reads how things are and decides by that. So an entry may
 * come late, twice, or for nothing. It is written in the transaction of its cause, and an item that has a date keeps the
 * instant of its entry, so that whoever moves the date takes the old entry out.
 */
import { newSecret } from '../core/ids.ts';
import { fromIso, iso } from '../core/time.ts';
import { is } from './conditions.ts';
import type { DueItem } from './items.ts';
import type { KeyOf } from './keys.ts';
import { nothing } from './meaning.ts';
import { or } from './table.ts';
import { drop, remove, upsert, type Write } from './writes.ts';

export interface Due {
  /** A kind that a contract names under `due`. */
  readonly kind: string;
  /** Whom it is about: an id, or several joined by colons. */
  readonly subject: string;
  /** ISO 8601. The entry stands at the next whole minute, so it never comes before. */
  readonly at: string;
}

const minuteMs = 60_000;

/** A shard takes 1,000 writes a second, and is looked at once a minute. */
export const dueShards = ['0', '1', '2', '3'] as const;
/** Entries that are tried no more wait here for a person. */
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
 * The write that makes something due: commit it together with its cause (two units).
 *
 * @example await table.commit([create('Export', asked), due({ kind: 'makeExport', subject: exportId, at: iso(now) })])
 */
export const due = (entry: Due): Write =>
  upsert('Due', keyOfDue(entry), { set: { token: newSecret() }, remove: ['tries'] });

/**
 * The writes of whoever moves a date: the entry that stood for it goes, and one for the new date comes.
 *
 * @param before what the item's own date was; undefined where it had none
 * @param after what it is; undefined where nothing is due any more
 */
export function rescheduled(before: Due | undefined, after: Due | undefined): Write[] {
  if (before && after && same(before, after)) return [];
  const gone = before && keyOfDue(before);
  const made = after && keyOfDue(after);
  // Two instants of one minute share an entry: it gets a new token.
  const stays = gone && made && gone.at === made.at && gone.kind === made.kind && gone.subject === made.subject;
  return [...(gone && !stays ? [drop('Due', gone)] : []), ...(after ? [due(after)] : [])];
}

const same = (a: Due, b: Due) => a.kind === b.kind && a.subject === b.subject && a.at === b.at;

/**
 * The write that takes an entry out whose work is done. There is `nothing` to do where its cause has written it anew since
 * it was seen: what was looked at is older than that cause, so the entry has to be looked at again.
 *
 * The token tells, and not a counter of writes: an entry that is taken out and written anew would count from one again, and
 * a slow worker would take out what it never looked at.
 */
export const worked = (entry: DueItem): Write[] => or(nothing, remove('Due', entry, is('token', entry.token)));

/**
 * An entry put off until later, and the writes that do it; `nothing` to do where its cause has written it anew.
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

/** The writes that put an entry aside for a person to look at. */
export function parked(entry: DueItem, tries: number): Write[] {
  const { at, kind, subject, token } = entry;
  return [...worked(entry), upsert('Due', { shard: parkedShard, at, kind, subject }, { set: { token, tries } })];
}
