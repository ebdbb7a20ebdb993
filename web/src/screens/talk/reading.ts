/** Where one reads in a room: it opens where one left off, keeps its place, and says how far one has read. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Room, RoomState } from '../../../../client/room.ts';

/** Pixels from the end up to which one reads along. */
const near = 90;
/** Pixels from the start from which on older entries are read. */
const ahead = 800;
/** Pages that are read back at the opening to where one left off; who missed more begins with the newest. */
const mostPages = 4;

export interface Reading {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** How far one had read when the room was opened; undefined until that is known. */
  readonly leftOff: number | undefined;
  /** One reads further up. */
  readonly isAbove: boolean;
  /** Messages of others that came meanwhile. */
  readonly fresh: number;
  readonly toEnd: () => void;
  /** Shows an entry, and reads back to it where it must. */
  readonly show: (seq: number) => Promise<void>;
}

const rowOf = (box: HTMLElement, seq: number) => box.querySelector<HTMLElement>(`[data-seq="${seq}"]`);

/** The largest number that is in sight. */
function lastInSight(box: HTMLElement): number {
  const { bottom } = box.getBoundingClientRect();
  const rows = [...box.querySelectorAll<HTMLElement>('[data-seq]')];
  return Number(rows.findLast((row) => row.getBoundingClientRect().bottom <= bottom + 4)?.dataset.seq ?? 0);
}

/** What happens to the window: a page that is hidden says how far one has read, and a keyboard of a phone takes half of it. */
function useAwake(
  room: Room,
  ref: RefObject<HTMLDivElement | null>,
  isAtEnd: { readonly current: boolean },
  mark: () => void,
): void {
  useEffect(() => {
    const seen = () => (document.visibilityState === 'visible' ? mark() : room.flush());
    // Who was at the end stays there.
    const resized = new ResizeObserver(() => {
      if (isAtEnd.current && ref.current) ref.current.scrollTop = ref.current.scrollHeight;
    });
    resized.observe(ref.current!);
    document.addEventListener('visibilitychange', seen);
    return () => {
      resized.disconnect();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [room]);
}

export function useReading(room: Room, state: RoomState, ownId: string): Reading {
  const ref = useRef<HTMLDivElement>(null);
  const [leftOff, leave] = useState<number>();
  const [isAbove, look] = useState(false);
  const isLoading = useRef(false);
  const isPlaced = useRef(false);
  const isAtEnd = useRef(true);
  const before = useRef({ first: 0, height: 0, own: 0 });
  const { entries } = state;
  const first = entries[0]?.seq ?? 0;
  const last = entries.at(-1)?.seq ?? 0;
  const waits = state.waiting.map((each) => each.state).join();
  const own = state.waiting.length + entries.filter(({ author }) => author?.id === ownId).length;

  const older = async () => {
    if (isLoading.current || !room.get().hasOlder) return;
    isLoading.current = true;
    await room.older().finally(() => {
      isLoading.current = false;
    });
  };

  // What is on the device shows the end; where one left off is known when moim has answered.
  useEffect(() => {
    if (!state.isRead || leftOff !== undefined) return;
    const mark = state.read;
    const back = async () => {
      for (let pages = 0; pages < mostPages && mark > 0 && (room.get().entries[0]?.seq ?? 0) > mark; pages++) {
        if (!room.get().hasOlder) break;
        await older();
      }
    };
    void back()
      .catch(() => undefined)
      .finally(() => leave(mark));
  }, [state.isRead]);

  const mark = () => {
    const box = ref.current;
    if (box && isPlaced.current && document.visibilityState === 'visible') room.read(lastInSight(box));
  };

  const onScroll = () => {
    const box = ref.current!;
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    look(!isAtEnd.current);
    if (box.scrollTop < ahead && isPlaced.current) void older().catch(() => undefined);
    mark();
  };

  // The place is kept before anything is seen: what comes above moves what one reads by nothing.
  useLayoutEffect(() => {
    const box = ref.current!;
    const was = before.current;
    before.current = { first, height: box.scrollHeight, own };
    if (!isPlaced.current) {
      const line = box.querySelector('.chat-left-off');
      box.scrollTop = box.scrollHeight;
      if (line) line.scrollIntoView({ block: 'start' });
      if (leftOff !== undefined) isPlaced.current = true;
      onScroll();
      return;
    }
    if (was.first > first) box.scrollTop += box.scrollHeight - was.height;
    if (isAtEnd.current || own > was.own) box.scrollTop = box.scrollHeight;
    onScroll();
  }, [first, last, leftOff, waits]);

  useAwake(room, ref, isAtEnd, mark);

  const fresh = entries.filter(
    ({ seq, kind, author }) => seq > state.read && kind === 'MESSAGE' && author?.id !== ownId,
  ).length;
  return {
    ...{ ref, onScroll, leftOff, isAbove, fresh },
    toEnd() {
      ref.current!.scrollTop = ref.current!.scrollHeight;
    },
    async show(seq) {
      for (let pages = 0; pages < mostPages && room.get().hasOlder && (room.get().entries[0]?.seq ?? 0) > seq; pages++)
        await older();
      requestAnimationFrame(() => {
        const row = ref.current && rowOf(ref.current, seq);
        row?.scrollIntoView({ block: 'center' });
        row?.classList.add('found');
        setTimeout(() => row?.classList.remove('found'), 1500);
      });
    },
  };
}
