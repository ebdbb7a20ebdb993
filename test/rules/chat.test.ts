/** Rows 42, 70-75, 126: the rules of chat rooms, each by a second, slow computation where there is one. */
import {
  emptiedAt,
  fitting,
  idsBetween,
  isClosedBy,
  isOfRoom,
  isOpenAt,
  messageIdOf,
  nthAfter,
  paced,
  partOf,
  seqOf,
  unreadOf,
} from '../../functions/talking/chat/rules.ts';
import { isId } from '../../shared/core/ids.ts';
import { limits } from '../../shared/product/limits.ts';
import { randomOf } from '../support/simulated-room.ts';

const room = '0197a3c5-7a44-7f3e-9d0b-2f1c5e8a6b90';
const { burst, burstMs, muteMs } = limits.chat;

test('ids of entries are ids, say their number, and sort by it', () => {
  const numbers = [1, 9, 10, 99, 1_000_000, 999_999_999_999];
  const ids = numbers.map((seq) => messageIdOf(room, seq));

  expect(ids.every(isId)).toBe(true);
  expect(ids.map(seqOf)).toEqual(numbers);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every((each) => isOfRoom(room, each))).toBe(true);
  expect([room.replace('0197', '0198'), room].map((each) => isOfRoom(each, ids[0]!))).toEqual([false, true]);
  expect(isOfRoom(room, room)).toBe(false);
  expect(idsBetween(room, 2, 5)).toEqual([messageIdOf(room, 2), messageIdOf(room, 5)]);
  expect(idsBetween(room, 2)[1]).toBe(ids.at(-1));
});

test('row 75: of any messages at any times, as many are taken as a list of all of them allows', () => {
  const random = randomOf(7);
  for (let run = 0; run < 200; run++) {
    let pace: Parameters<typeof paced>[0];
    const taken: number[] = [];
    let [muted, now] = [0, 1_000_000];
    for (let n = 0; n < 60; n++) {
      now += Math.floor(random() * (random() < 0.1 ? 7000 : 600));
      const { after, mutedUntil, isNew } = paced(pace, now);
      const since = taken.filter((at) => at > now - burstMs && at >= muted).length;
      const isTaken = now >= muted && since < burst;
      expect([run, n, mutedUntil === undefined]).toEqual([run, n, isTaken]);
      if (isTaken) taken.push(now);
      else if (now >= muted) {
        muted = now + muteMs;
        expect([mutedUntil, isNew]).toEqual([muted, true]);
      } else expect([mutedUntil, isNew]).toEqual([muted, undefined]);
      pace = after;
    }
  }
});

const dates = {
  kind: 'CHALLENGE',
  timeZone: 'Asia/Seoul',
  startDate: '2026-03-03',
  endDate: '2026-03-05',
  status: 'RECRUITING',
  capacity: 10,
  memberCount: 2,
} as const;
const at = (text: string) => Date.parse(text);

test('rows 42, 74: when rooms are open, and when they are emptied', () => {
  const times = ['2026-03-02T14:59:59Z', '2026-03-02T15:00:00Z', '2026-03-06T14:59:59Z', '2026-03-06T15:00:00Z'];
  const study = { ...dates, kind: 'STUDY' } as const;
  const emptied = at('2026-03-05T15:00:00Z') + 30 * 86_400_000;

  expect(times.map((time) => isOpenAt(dates, at(time)))).toEqual([false, true, true, false]);
  expect(times.map((time) => isOpenAt(study, at(time)))).toEqual([true, true, true, true]);
  expect([isOpenAt(study, emptied - 1), isOpenAt(study, emptied)]).toEqual([true, false]);
  expect(emptiedAt(study, at('2026-03-05T14:59:59Z'))).toBeUndefined();
  expect(emptiedAt(study, at('2026-03-06T00:00:00Z'))).toBe(emptied);
  const completed = { ...study, endDate: '2999-12-31', status: 'COMPLETED' } as const;
  expect(emptiedAt(completed, at('2026-04-01T00:00:00Z'))).toBeUndefined();
  expect(emptiedAt({ ...completed, completedOn: '2026-03-05' }, at('2026-04-01T00:00:00Z'))).toBe(emptied);
});

test('parts, counts and pages', () => {
  const parts = new Set(Array.from({ length: 200 }, (_, n) => partOf(`L0SM9cOFvHcCIhw${n}=`)));

  expect([...parts].toSorted()).toEqual(Array.from({ length: limits.chat.listenerParts }, (_, n) => String(n)));
  expect([nthAfter(undefined, true), nthAfter({ nth: 4 }, false), nthAfter({ nth: 4 }, true)]).toEqual([1, 4, 5]);
  expect([unreadOf(undefined, undefined), unreadOf({ nth: 5 }, 2), unreadOf({ nth: 1 }, 2)]).toEqual([0, 3, 0]);
  expect([fitting([], 10), fitting([20, 1], 10), fitting([4, 5, 2], 10), fitting([4, 6], 10)]).toEqual([0, 1, 2, 2]);
});

test('a room is closed by the entry of its closing, and by all that follow it', () => {
  expect(isClosedBy(undefined)).toBe(false);
  expect(isClosedBy({ kind: 'DELETED' })).toBe(false);
  expect(isClosedBy({ kind: 'CLOSED' })).toBe(true);
  expect(isClosedBy({ kind: 'DELETED', isAfterClosing: true })).toBe(true);
});
