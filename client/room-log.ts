/** The entries of a chat room that a client has: a piece of its log without a hole, and what came ahead of it. Pure. */
import type { Events } from './api.ts';

export type ChatEntry = Events['chat.message']['entry'];

export interface RoomLog {
  /** By number, without a hole: as others have changed them since. */
  readonly entries: readonly ChatEntry[];
  /** Entries behind a hole, by their number. */
  readonly ahead: ReadonlyMap<number, ChatEntry>;
  /** Messages before the first entry that entries answer, as they are now. Null: there is none of that number any more. */
  readonly quoted: ReadonlyMap<number, ChatEntry | null>;
  /** Whether there may be entries before the first one. */
  readonly hasOlder: boolean;
}

export const emptyLog: RoomLog = { entries: [], ahead: new Map(), quoted: new Map(), hasOlder: false };

/** The largest number without a hole before it; 0 for none. */
export const seenIn = ({ entries }: RoomLog): number => entries.at(-1)?.seq ?? 0;

/** The largest number that has come, with a hole before it or not. */
export const largestIn = (log: RoomLog): number => Math.max(seenIn(log), ...log.ahead.keys());

const changing = { DELETED: 'DELETED', HIDDEN: 'HIDDEN' } as const;

/**
 * Takes away the texts and files that entries of the log say are deleted or hidden, also of what is quoted. A page may have been read
 * before what its messages came to, and arrive after it: so all of the log is looked at for what is new in it.
 */
function settled(log: RoomLog): RoomLog {
  const fates = new Map(log.entries.flatMap(({ kind, target }) => (target === null ? [] : [[target, kind] as const])));
  if (fates.size === 0) return log;
  const settle = (entry: ChatEntry): ChatEntry => {
    const fate = changing[fates.get(entry.seq) as keyof typeof changing];
    if (entry.state !== 'SHOWN' || fate === undefined) return entry;
    return { ...entry, state: fate, text: null, files: [] };
  };
  const quoted = new Map([...log.quoted].map(([seq, entry]) => [seq, entry && settle(entry)]));
  return { ...log, entries: log.entries.map(settle), quoted };
}

/**
 * Takes in entries of an event or of a page that goes forward: each once, in the order of their numbers.
 *
 * @param isPage they begin after the last one that the client has: a first number that is larger follows from an emptying
 */
export function taken(log: RoomLog, incoming: readonly ChatEntry[], isPage = false): RoomLog {
  const seen = seenIn(log);
  const fresh = incoming.filter(({ seq }) => seq > seen).sort((a, b) => a.seq - b.seq);
  if (fresh.length === 0) return log;
  const ahead = new Map([...log.ahead, ...fresh.map((entry) => [entry.seq, entry] as const)]);
  const entries = [...log.entries];
  let next = isPage ? fresh[0]!.seq : seen + 1;
  for (let entry = ahead.get(next); entry; entry = ahead.get(++next)) {
    // Everything before it is deleted for good.
    if (entry.kind === 'EMPTIED') entries.length = 0;
    entries.push(entry);
  }
  for (const seq of ahead.keys()) if (seq < next) ahead.delete(seq);
  const hasOlder = log.hasOlder && entries[0]?.kind !== 'EMPTIED';
  return settled({ ...log, entries, ahead, hasOlder });
}

/** Begins with the newest entries, as a page or a join gives them; what came ahead of them stays. */
export function startedWith(page: readonly ChatEntry[], more: boolean, ahead: RoomLog['ahead'] = new Map()): RoomLog {
  const entries = [...page].sort((a, b) => a.seq - b.seq);
  const log = settled({ ...emptyLog, entries, hasOlder: more });
  return taken(log, [...ahead.values()]);
}

/** Puts older entries before those that the client has. */
export function withOlder(log: RoomLog, page: readonly ChatEntry[], more: boolean): RoomLog {
  const first = log.entries[0]?.seq ?? 1;
  const older = page.filter(({ seq }) => seq < first).sort((a, b) => a.seq - b.seq);
  return settled({ ...log, entries: [...older, ...log.entries], hasOlder: more });
}

/** Puts an entry in the place of the one with its number: it was read again. */
export const withAnew = (log: RoomLog, anew: ChatEntry): RoomLog =>
  settled({
    ...log,
    entries: log.entries.map((entry) => (entry.seq === anew.seq ? anew : entry)),
    quoted: log.quoted.has(anew.seq) ? new Map([...log.quoted, [anew.seq, anew]]) : log.quoted,
  });

/** The numbers of what entries answer, where it is before the first of them and not known yet: the newest first. */
export function toQuote({ entries, quoted }: RoomLog): readonly number[] {
  const first = entries[0]?.seq ?? 0;
  const wanted = entries.flatMap(({ replyTo }) =>
    replyTo !== null && replyTo < first && !quoted.has(replyTo) ? replyTo : [],
  );
  return [...new Set(wanted.reverse())];
}

/** Takes in what is quoted, as it was read: numbers without an entry are no more. */
export function withQuoted(log: RoomLog, seqs: readonly number[], found: readonly ChatEntry[]): RoomLog {
  const bySeq = new Map(found.map((entry) => [entry.seq, entry]));
  return settled({
    ...log,
    quoted: new Map([...log.quoted, ...seqs.map((seq) => [seq, bySeq.get(seq) ?? null] as const)]),
  });
}

/** Messages that are hidden as far as the client knows, though the last entry about them says that they are shown again. */
export function toReadAgain({
  entries,
  quoted,
}: RoomLog): readonly { readonly seq: number; readonly because: number }[] {
  const restored = new Map(
    entries.flatMap(({ kind, target, seq }) =>
      target === null ? [] : [[target, kind === 'RESTORED' ? seq : undefined] as const],
    ),
  );
  return [...entries, ...quoted.values()].flatMap((entry) => {
    const because = entry?.state === 'HIDDEN' ? restored.get(entry.seq) : undefined;
    return because === undefined ? [] : [{ seq: entry!.seq, because }];
  });
}
