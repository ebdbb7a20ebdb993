/** The entries of a chat room that a client has: a piece of its log without a hole, and what came ahead of it. Pure. */
import type { Events } from './api.ts';

export type ChatEntry = Events['chat.message']['entry'];

export interface RoomLog {
  /** By number, without a hole: as others have changed them since. */
  readonly entries: readonly ChatEntry[];
  /** Entries behind a hole, by their number. */
  readonly ahead: ReadonlyMap<number, ChatEntry>;
  /** Whether there may be entries before the first one. */
  readonly hasOlder: boolean;
}

export const emptyLog: RoomLog = { entries: [], ahead: new Map(), hasOlder: false };

/** The largest number without a hole before it; 0 for none. */
export const seenIn = ({ entries }: RoomLog): number => entries.at(-1)?.seq ?? 0;

/** The largest number that has come, with a hole before it or not. */
export const largestIn = (log: RoomLog): number => Math.max(seenIn(log), ...log.ahead.keys());

const changing = { DELETED: 'DELETED', HIDDEN: 'HIDDEN' } as const;

/**
 * Takes away the texts and files that entries of the log say are deleted or hidden. A page may have been read before what its messages came
 * to, and arrive after it: so all of the log is looked at for what is new in it.
 */
function settled(entries: readonly ChatEntry[]): readonly ChatEntry[] {
  const fates = new Map(entries.flatMap(({ kind, target }) => (target === null ? [] : [[target, kind] as const])));
  if (fates.size === 0) return entries;
  return entries.map((entry) => {
    const fate = changing[fates.get(entry.seq) as keyof typeof changing];
    if (entry.state !== 'SHOWN' || fate === undefined) return entry;
    return { ...entry, state: fate, text: null, files: [] };
  });
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
  return { entries: settled(entries), ahead, hasOlder: log.hasOlder && entries[0]?.kind !== 'EMPTIED' };
}

/** Begins with the newest entries, as a page or a join gives them; what came ahead of them stays. */
export function startedWith(page: readonly ChatEntry[], more: boolean, ahead: RoomLog['ahead'] = new Map()): RoomLog {
  const entries = [...page].sort((a, b) => a.seq - b.seq);
  const log = { entries: settled(entries), ahead: new Map(), hasOlder: more };
  return taken(log, [...ahead.values()]);
}

/** Puts older entries before those that the client has. */
export function withOlder(log: RoomLog, page: readonly ChatEntry[], more: boolean): RoomLog {
  const first = log.entries[0]?.seq ?? 1;
  const older = page.filter(({ seq }) => seq < first).sort((a, b) => a.seq - b.seq);
  return { ...log, entries: settled([...older, ...log.entries]), hasOlder: more };
}

/** Puts an entry in the place of the one with its number: it was read again. */
export const withAnew = (log: RoomLog, anew: ChatEntry): RoomLog => ({
  ...log,
  entries: settled(log.entries.map((entry) => (entry.seq === anew.seq ? anew : entry))),
});

/** Messages that are hidden as far as the client knows, though the last entry about them says that they are shown again. */
export function toReadAgain({ entries }: RoomLog): readonly { readonly seq: number; readonly because: number }[] {
  const restored = new Map(
    entries.flatMap(({ kind, target, seq }) =>
      target === null ? [] : [[target, kind === 'RESTORED' ? seq : undefined] as const],
    ),
  );
  return entries.flatMap(({ seq, state }) => {
    const because = restored.get(seq);
    return state === 'HIDDEN' && because !== undefined ? [{ seq, because }] : [];
  });
}
