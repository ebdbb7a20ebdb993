/** Row 126: what a client's room shows, whatever order entries come in, against a second computation. */
import fc from 'fast-check';
import {
  type ChatEntry,
  emptyLog,
  seenIn,
  startedWith,
  taken,
  toQuote,
  toReadAgain,
  withAnew,
  withOlder,
  withQuoted,
} from '../../client/room-log.ts';
import { linesOf, unreadBy } from '../../web/src/screens/talk/lines.ts';

const entry = (seq: number, more: Partial<ChatEntry> = {}): ChatEntry => ({
  ...{ id: `e${seq}`, roomId: 'r', seq, count: seq, kind: 'MESSAGE', state: 'SHOWN' },
  ...{ author: { id: 'a', nickname: 'Ari' }, clientId: null, text: `text ${seq}`, files: [], silent: false },
  ...{ replyTo: null, target: null },
  at: new Date(Date.UTC(2026, 2, 2, 3, seq)).toISOString(),
  ...more,
});

/** A log in which some entries say that an earlier message is deleted or hidden. */
const logs = fc
  .array(fc.tuple(fc.constantFrom('MESSAGE', 'DELETED', 'HIDDEN'), fc.nat()), { minLength: 1, maxLength: 14 })
  .map((steps) => {
    const log: ChatEntry[] = [];
    for (const [kind, at] of steps) {
      const messages = log.filter((each) => each.kind === 'MESSAGE');
      const target = messages[at % Math.max(1, messages.length)]?.seq;
      if (kind === 'MESSAGE' || target === undefined) log.push(entry(log.length + 1));
      else log.push(entry(log.length + 1, { kind: kind as 'DELETED', state: null, text: null, target }));
    }
    return log;
  });

/** What is to be seen in the end: the last word about each message counts. */
const expected = (log: readonly ChatEntry[]) =>
  log.map(({ seq, kind, text }) => {
    const fate = log.findLast(({ target }) => target === seq)?.kind;
    return [seq, kind, kind === 'MESSAGE' && fate ? null : text];
  });
const shown = (log: readonly ChatEntry[]) => log.map(({ seq, kind, text }) => [seq, kind, text]);

test('entries in any order, some of them twice, are shown once each, without a hole, as they are in the end', () => {
  fc.assert(
    fc.property(logs, fc.array(fc.nat(), { maxLength: 30 }), (log, picks) => {
      let client = emptyLog;
      for (const pick of picks) {
        client = taken(client, [log[pick % log.length]!]);
        const seqs = client.entries.map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.map((_, at) => at + 1));
        for (const seq of client.ahead.keys()) expect(seq).toBeGreaterThan(seenIn(client) + 1);
      }
      client = taken(client, log.slice(seenIn(client)), true);
      expect(shown(client.entries)).toEqual(expected(log));
      expect(client.ahead.size).toBe(0);
    }),
  );
});

test('a page further up that was read before a deletion, and comes after it, does not show what is deleted', () => {
  fc.assert(
    fc.property(logs, fc.nat(), (log, cut) => {
      const at = cut % log.length;
      const client = withOlder(startedWith(log.slice(at), at > 0), log.slice(0, at), false);
      expect(shown(client.entries)).toEqual(expected(log));
    }),
  );
});

test('an emptied room begins with the entry that says so; what is shown again is read again', () => {
  const emptied = taken(startedWith([entry(1), entry(2)], true), [
    entry(3, { kind: 'EMPTIED', state: null, text: null }),
  ]);
  const restored = taken(startedWith([entry(1, { state: 'HIDDEN', text: null })], false), [
    entry(2, { kind: 'RESTORED', state: null, text: null, target: 1 }),
  ]);

  expect([emptied.entries.map(({ seq }) => seq), emptied.hasOlder]).toEqual([[3], false]);
  expect(toReadAgain(restored)).toEqual([{ seq: 1, because: 2 }]);
});

test('quotes: those further up that are not known, once each; they share the fate of their messages, and end with the log', () => {
  const answers = [
    entry(11, { replyTo: 4 }),
    entry(12, { replyTo: 2 }),
    entry(13, { replyTo: 4 }),
    entry(14, { replyTo: 12 }),
  ];
  const log = withQuoted(startedWith(answers, true), [4, 2, 1], [entry(4), entry(2)]);
  const fate = (seq: number, kind: ChatEntry['kind']) => entry(seq, { kind, state: null, text: null, target: 4 });
  const gone = taken(log, [fate(15, 'HIDDEN')]);
  const late = withQuoted(gone, [4], [entry(4)]);
  const back = taken(late, [fate(16, 'RESTORED')]);
  const textOf = (of: typeof log) => of.quoted.get(4)?.text;

  expect([toQuote(startedWith(answers, true)), toQuote(log)]).toEqual([[4, 2], []]);
  expect(log.quoted.get(1)).toBeNull();
  expect([log, gone, late].map(textOf)).toEqual(['text 4', null, null]);
  expect([toReadAgain(late), toReadAgain(back)]).toEqual([[], [{ seq: 4, because: 16 }]]);
  expect(textOf(withAnew(back, entry(4)))).toBe('text 4');
  expect(textOf(withOlder(gone, [entry(10)], true))).toBeNull();
  // A log that begins anew misses what became of them in between.
  expect(startedWith(answers, true, gone.ahead).quoted.size).toBe(0);
});

test('lines: a day, where one left off, runs of one person within five minutes; who has not read', () => {
  const other = { author: { id: 'b', nickname: 'Bo' } };
  const log = [entry(1), entry(2), entry(3, other), entry(20, other), entry(21)];
  const line = (left: number | undefined) =>
    linesOf(log, 'a', left).map((each) =>
      each.kind === 'message'
        ? `${each.entry.seq}${each.isFirst ? ' first' : ''}${each.isOwn ? ' own' : ''}`
        : each.kind,
    );
  const marks = new Map(Object.entries({ a: 0, b: 3, c: 1, d: 0 }));

  expect(line(2)).toEqual(['day', '1 first own', '2 own', 'left-off', '3 first', '20 first', '21 first own']);
  // Nothing was read yet, or nothing is new: there is no line.
  expect([line(0), line(21), line(undefined)].map((each) => each.includes('left-off'))).toEqual([false, false, false]);
  expect([1, 2, 3, 4].map((seq) => unreadBy(entry(seq), marks))).toEqual([1, 2, 2, 3]);
});
