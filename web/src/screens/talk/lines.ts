/** The entries of a room as lines of a screen: days, runs of one person, the line where one left off. Pure. */
import type { ChatEntry } from '../../../../client/room-log.ts';

export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'left-off'; readonly key: string }
  | { readonly kind: 'note'; readonly key: string; readonly entry: ChatEntry }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly entry: ChatEntry;
      readonly isOwn: boolean;
      /** The first of a run: with name and picture. The last one has the time. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** Milliseconds between two messages of one run. */
const pause = 5 * 60_000;

const dayOf = (at: string) => new Date(at).toDateString();
const minuteOf = (at: string) => at.slice(0, 16);

const isOneRun = (a: ChatEntry | undefined, b: ChatEntry | undefined): boolean =>
  a?.kind === 'MESSAGE' &&
  b?.kind === 'MESSAGE' &&
  a.author !== null &&
  a.author.id === b.author?.id &&
  a.state === 'SHOWN' &&
  b.state === 'SHOWN' &&
  dayOf(a.at) === dayOf(b.at) &&
  Date.parse(b.at) - Date.parse(a.at) < pause;

/**
 * @param leftOff how far the person had read when the room was opened; undefined for no line
 */
export function linesOf(entries: readonly ChatEntry[], ownId: string, leftOff: number | undefined): Line[] {
  const shown = entries.filter(({ kind }) => kind === 'MESSAGE' || kind === 'CLOSED' || kind === 'EMPTIED');
  const lines: Line[] = [];
  let isDrawn = leftOff === undefined;
  for (const [at, entry] of shown.entries()) {
    const before = shown[at - 1];
    const isOwn = entry.author?.id === ownId;
    if (!before || dayOf(before.at) !== dayOf(entry.at))
      lines.push({ kind: 'day', key: `day ${entry.seq}`, at: entry.at });
    const isUnread = !isDrawn && entry.seq > leftOff! && !isOwn && entry.kind === 'MESSAGE';
    if (isUnread) {
      isDrawn = true;
      // Where all is new there is nothing that one has read.
      if (leftOff! > 0) lines.push({ kind: 'left-off', key: 'left off' });
    }
    const key = String(entry.seq);
    if (entry.kind !== 'MESSAGE') lines.push({ kind: 'note', key, entry });
    else {
      const next = shown[at + 1];
      const isLast = !isOneRun(entry, next) || minuteOf(entry.at) !== minuteOf(next!.at);
      const isFirst = !isOneRun(before, entry) || (isUnread && leftOff! > 0);
      lines.push({ kind: 'message', key, entry, isOwn, isFirst, isLast });
    }
  }
  return lines;
}

/**
 * How many present members have not read a message: those whose mark is smaller, besides its author.
 *
 * @param marks how far each present member has read
 */
export function unreadBy(
  { seq, author }: Pick<ChatEntry, 'seq' | 'author'>,
  marks: ReadonlyMap<string, number> | undefined,
): number {
  let count = 0;
  for (const [who, read] of marks ?? []) if (read < seq && who !== author?.id) count++;
  return count;
}
