/** Photos of messages: when they are looked at again. */
import { useEffect, useRef } from 'preact/hooks';
import type { Room } from '../../../../client/room.ts';
import type { ChatEntry } from '../../../../client/room-log.ts';

/** Seconds between two looks at messages whose thumbnails are made; after the last one, the next opening of the room shows them. */
const looks = [3, 6, 12, 30, 60];
/** Messages that are looked at together. */
const most = 10;

/** No event tells that a thumbnail is there: the message is read again some times. */
export function useDecoding(room: Room, entries: readonly ChatEntry[]): void {
  const waiting = entries.flatMap(({ seq, files }) => (files.some(({ state }) => state === 'DECODING') ? seq : []));
  const newest = waiting.slice(-most);
  const key = newest.join();
  useEffect(() => {
    if (newest.length === 0) return;
    let tries = 0;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const later = () => {
      const seconds = looks[tries++];
      if (seconds === undefined || isOver) return;
      timer = setTimeout(() => {
        void Promise.allSettled(newest.map((seq) => room.readAgain(seq))).then(later);
      }, seconds * 1000);
    };
    later();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [room, key]);
}

/** Addresses of photos end after some minutes: a message whose photo does not come is read again, once a minute at most. */
export function useStale(room: Room): (seq: number) => void {
  const asked = useRef(new Map<number, number>());
  return (seq) => {
    if (Date.now() - (asked.current.get(seq) ?? 0) < 60_000) return;
    asked.current.set(seq, Date.now());
    void room.readAgain(seq).catch(() => undefined);
  };
}
