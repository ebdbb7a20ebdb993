/** Row 147: how loud a group is, when a pause ends, and what is pushed together. */
import fc from 'fast-check';
import { batchOf, placeOfHeld, toldAtOnce } from '../../functions/talking/notifications/bundle-rules.ts';
import type { HeldItem } from '../../functions/talking/notifications/items.ts';
import { gatesOf } from '../../functions/talking/notifications/rules.ts';
import { volumes } from '../../functions/talking/notifications/values.ts';
import { chosenIn, endOf, isHeard, isOfOther, loudnessOf } from '../../functions/talking/notifications/volume-rules.ts';
import { newTo, wakes } from '../../functions/talking/volumes/chat-rules.ts';
import { iso, localDay, localTime } from '../../shared/core/time.ts';

const at = (instant: string) => Date.parse(instant);
const joined = '2026-03-01T00:00:00.000Z';
const minute = 60_000;

test('row 147: ALL hears everything, MENTIONS what concerns one, NOTHING and a pause only the account', () => {
  const heard = (quietUntil: string | null) =>
    volumes.map((volume) =>
      (['account', 'you', 'group'] as const).filter((concerns) => isHeard(concerns, { volume, quietUntil })),
    );

  expect(heard(null)).toEqual([['account', 'you', 'group'], ['account', 'you'], ['account']]);
  expect(heard('2026-03-02T00:00:00.000Z')).toEqual([['account'], ['account'], ['account']]);
});

test('row 147: the volume of a group stops devices and mails of this group, and neither inbox nor socket', () => {
  const settings = { 'volume a': chosenIn('NOTHING', joined), 'mail group': true };
  const news = { class: 'group', concerns: 'group' } as const;
  const gates = { news, settings, blocked: false, now: at('2026-03-02T03:00:00Z'), timeZone: 'Asia/Seoul' };

  expect(gatesOf({ ...gates, groupId: 'a' })).toEqual({ inbox: true, socket: true, push: false, mail: false });
  for (const groupId of ['b', undefined])
    expect(gatesOf({ ...gates, groupId })).toEqual({ inbox: true, socket: true, push: true, mail: true });
  expect(isOfOther(settings['volume a'], joined)).toBe(false);
  expect(isOfOther(settings['volume a'], '2026-03-02T00:00:00.000Z')).toBe(true);
});

test('row 147: a pause ends at its instant: the millisecond before is quiet, the instant itself is loud', () => {
  const until = '2026-03-02T04:01:00.000Z';
  const chosen = { 'quiet a': chosenIn(until, joined) };

  expect(loudnessOf(chosen, 'a', at(until) - 1)).toEqual({ volume: 'ALL', quietUntil: until });
  expect(loudnessOf(chosen, 'a', at(until))).toEqual({ volume: 'ALL', quietUntil: null });
});

test('row 147: an hour ends at a whole minute, no earlier; 08:00 and days are those of the zone, also where clocks change', () => {
  const ends = (snooze: Parameters<typeof endOf>[0], now: string, zone: string) => {
    const end = endOf(snooze, at(now), zone);
    return end === undefined ? undefined : iso(end);
  };
  const morning = { for: 'MORNING' } as const;

  expect(ends({ for: 'HOUR' }, '2026-03-02T03:00:30Z', 'Asia/Seoul')).toBe('2026-03-02T04:01:00.000Z');
  expect(ends({ for: 'HOUR' }, '2026-03-02T03:00:00Z', 'Asia/Seoul')).toBe('2026-03-02T04:00:00.000Z');
  // 23:30 and 00:30 in Seoul: tomorrow is another day.
  expect(ends(morning, '2026-03-02T14:30:00Z', 'Asia/Seoul')).toBe('2026-03-02T23:00:00.000Z');
  expect(ends(morning, '2026-03-02T15:30:00Z', 'Asia/Seoul')).toBe('2026-03-03T23:00:00.000Z');
  // New York puts its clocks forward in the night to 8 March 2026, and back in that to 1 November.
  expect(ends(morning, '2026-03-08T03:00:00Z', 'America/New_York')).toBe('2026-03-08T12:00:00.000Z');
  expect(ends(morning, '2026-11-01T02:00:00Z', 'America/New_York')).toBe('2026-11-01T13:00:00.000Z');
  // Through a day of 23 hours; today; yesterday; a year, and a day more.
  expect(ends({ for: 'DAY', through: '2026-03-08' }, '2026-03-02T15:00:00Z', 'America/New_York')).toBe(
    '2026-03-09T04:00:00.000Z',
  );
  expect(ends({ for: 'DAY', through: '2026-03-02' }, '2026-03-02T14:59:59Z', 'Asia/Seoul')).toBe(
    '2026-03-02T15:00:00.000Z',
  );
  expect(ends({ for: 'DAY', through: '2026-03-01' }, '2026-03-02T03:00:00Z', 'Asia/Seoul')).toBeUndefined();
  expect(ends({ for: 'DAY', through: '2027-03-02' }, '2026-03-02T03:00:00Z', 'Asia/Seoul')).toBe(
    '2027-03-02T15:00:00.000Z',
  );
  expect(ends({ for: 'DAY', through: '2027-03-03' }, '2026-03-02T03:00:00Z', 'Asia/Seoul')).toBeUndefined();
});

test('row 147: in any zone at any time, the morning is 08:00 of the next day on its own wall', () => {
  const zones = ['Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 * 366 * 24 * 60 }), fc.constantFrom(...zones), (minutes, zone) => {
      const now = at('2026-01-01T00:00:00Z') + minutes * minute;
      const end = endOf({ for: 'MORNING' }, now, zone)!;
      expect(localTime(end, zone)).toBe('08:00');
      expect(localDay(end, zone) > localDay(now, zone)).toBe(true);
      expect(end - now).toBeLessThanOrEqual(33 * 3_600_000);
    }),
  );
});

/** What a slow person with a list would do: everything of a group, one instant after the other. */
test('row 147: whatever comes when, all that waits is pushed once, after ten minutes at most eleven, never two within ten', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(gaps, (between) => {
      let held: HeldItem[] = [];
      const pushes: { at: number; count: number }[] = [];
      let [now, coming] = [0, 0];
      const comesAt = between.map((gap) => {
        coming += gap;
        return coming * minute;
      });
      for (; now <= coming * minute + 25 * minute; now += minute) {
        // The run of the minute comes before what happens in it.
        const batch = batchOf(held, now);
        if (batch) {
          pushes.push({ at: now, count: batch.waiting.length });
          const done = new Set(batch.waiting.map(({ place }) => place));
          held = held.map((each) => (done.has(each.place) ? { ...each, pushedAt: iso(now) } : each));
        }
        comesAt.forEach((each, i) => {
          if (each !== now) return;
          const place = placeOfHeld('X', String(i).padStart(3, '0'));
          const rest = { actorId: 'a', told: [], waits: true, expiresAt: 0 };
          held.push({ groupId: 'g', place, heldAt: iso(now), ...rest });
        });
      }
      expect(pushes.reduce((sum, { count }) => sum + count, 0)).toBe(between.length);
      expect(held.every(({ heldAt, pushedAt }) => at(pushedAt!) - at(heldAt) <= 10 * minute)).toBe(true);
      for (const [i, push] of pushes.entries())
        if (i > 0) expect(push.at - pushes[i - 1]!.at).toBeGreaterThanOrEqual(10 * minute);
    }),
  );
});

test('row 147: the first that concerns somebody comes at once; what follows within ten minutes of it, or of a push, waits', () => {
  const now = at('2026-03-02T03:00:00Z');
  const held = (place: string, to: string[], minutes: number, pushed?: number) => ({
    ...{ place, to, heldAt: iso(now - minutes * minute) },
    ...(pushed === undefined ? {} : { pushedAt: iso(now - pushed * minute) }),
  });
  const told = (...known: ReturnType<typeof held>[]) => toldAtOnce(known, 'X.9', ['ari', 'bora'], now);

  expect(told()).toEqual(['ari', 'bora']);
  expect(told(held('X.1', ['ari'], 9.9))).toEqual(['bora']);
  expect(told(held('X.1', ['ari'], 10))).toEqual(['ari', 'bora']);
  expect(told(held('X.1', ['bora'], 15, 5))).toEqual(['ari']);
  // Itself, which a repeated delivery finds.
  expect(told(held('X.9', ['ari', 'bora'], 0))).toEqual(['ari', 'bora']);
});

test('row 147: a batch counts what was told at once and began it, and leaves what came after its ten minutes', () => {
  const item = (n: number, minutes: number, waits: boolean): HeldItem => ({
    ...{ groupId: 'g', place: placeOfHeld('X', `${n}`), actorId: 'a', told: waits ? [] : ['ari'], waits },
    ...{ heldAt: iso(minutes * minute), expiresAt: 0 },
  });
  const all = [item(1, 0, false), item(2, 3, true), item(3, 12, true), item(4, 14, true)];
  const places = (items: readonly HeldItem[]) => items.map(({ place }) => place);

  expect(batchOf(all, 12 * minute)).toBeUndefined();
  const batch = batchOf(all, 15 * minute)!;
  expect([places(batch.told), places(batch.waiting), batch.until]).toEqual([['X.1'], ['X.2', 'X.3'], iso(13 * minute)]);
});

const message = (seq: number, accountId: string, more: object = {}) => ({
  ...{ groupId: 'g', roomId: 'r', messageId: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}` },
  ...{ kind: 'MESSAGE' as const, nth: seq, accountId, at: `2026-03-02T03:00:${String(seq).padStart(2, '0')}.000Z` },
  ...more,
});

test('row 147: of a room one hears what others wrote since one read on and came in, not what is silent, gone or from the blocked', () => {
  const messages = [1, 2, 3, 4].map((seq) => message(seq, seq === 3 ? 'ari' : 'bora', seq === 4 ? { replyTo: 3 } : {}));
  const room = {
    ...{ roomId: 'r', messages, answeredBy: ({ replyTo }: { replyTo?: number }) => (replyTo ? 'ari' : undefined) },
    hasBlocked: (accountId: string) => accountId === 'dana',
  };
  const seen = (accountId: string, mark?: object, joinedAt = joined) => {
    const { fresh, replies, isTold } = newTo({ accountId, joinedAt, mark: mark as never }, room);
    return [fresh.map(({ nth }) => nth), replies.map(({ nth }) => nth), isTold];
  };

  expect(seen('ari')).toEqual([[1, 2, 4], [4], false]);
  expect(seen('ari', { 'seq r': 2, 'told r': 2 })).toEqual([[4], [4], false]);
  expect(seen('ari', { 'seq r': 1, 'told r': 2 })).toEqual([[2, 4], [4], true]);
  expect(seen('chul', undefined, '2026-03-02T03:00:03.000Z')).toEqual([[3, 4], [], false]);
  expect(seen('dana')).toEqual([[], [], false]);
  const gone = [{}, { silent: true }, { deletedAt: 'x' }, { hiddenAt: 'x' }, { kind: 'DELETED' as const }];
  expect(gone.map((more) => wakes(message(1, 'bora', more)))).toEqual([true, false, false, false, false]);
});
