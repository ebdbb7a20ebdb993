import fc from 'fast-check';
import {
  choicesOf,
  closedAtOf,
  isOpenAt,
  mayEndAt,
  placeOf,
  remindsAt,
  showsResults,
  tallyOf,
  twinAt,
  voteError,
  wasPresentAt,
} from '../../functions/talking/polls/rules.ts';

const noon = '2026-03-02T12:00:00.000Z';
const at = (more: number) => Date.parse(noon) + more;
const iso = (more: number) => new Date(at(more)).toISOString();
const day = 86_400_000;
const choices = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id.toUpperCase() }));

test('row 82: open until its very end, or until somebody closes it', () => {
  const timed = { state: 'OPEN', closesAt: noon, since: iso(-day) } as const;
  const untimed = { state: 'OPEN', since: iso(-day) } as const;
  const closed = { state: 'CLOSED', closesAt: noon, since: iso(-5) } as const;

  expect([at(-1), at(0), at(1)].map((now) => isOpenAt(timed, now))).toEqual([true, false, false]);
  expect([timed, untimed, closed].map((poll) => isOpenAt(poll, at(-10)))).toEqual([true, true, false]);
  expect([at(-1), at(0)].map((now) => closedAtOf(timed, now))).toEqual([undefined, noon]);
  expect([untimed, closed].map((poll) => closedAtOf(poll, at(9)))).toEqual([undefined, iso(-5)]);
});

test('from the end, open polls come before closed ones, each kind by when it became so', () => {
  const places = [
    placeOf('CLOSED', iso(5)),
    placeOf('OPEN', iso(0)),
    placeOf('CLOSED', iso(9)),
    placeOf('OPEN', iso(1)),
  ];

  expect(places.toSorted().toReversed()).toEqual([places[3], places[1], places[2], places[0]]);
});

test('row 353: who sees results when', () => {
  const cases = (['ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE'] as const).map((results) =>
    [true, false].flatMap((isOpen) => [true, false].map((hasVoted) => showsResults({ results }, { isOpen, hasVoted }))),
  );
  // Open and voted, open and not; closed and voted, closed and not.
  expect(cases).toEqual([
    [true, true, true, true],
    [true, false, true, true],
    [false, false, true, true],
  ]);
});

test('row 353: a reminder a day before the end, if the poll takes longer than a day', () => {
  const of = (length: number | undefined) =>
    remindsAt({ createdAt: noon, ...(length === undefined ? {} : { closesAt: iso(length) }) });

  expect([undefined, day - 1, day, day + 1].map(of)).toEqual([undefined, undefined, undefined, iso(1)]);
  expect([0, 1, 365 * day, 365 * day + 1].map((length) => mayEndAt(iso(length), at(0)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('a ballot counts of whoever was in the group at the closing', () => {
  const part = (state: string, joined: number, left?: number) => ({
    ...{ state, joinedAt: iso(joined) },
    ...(left === undefined ? {} : { leftAt: iso(left) }),
  });
  const present = [part('ACTIVE', -5), part('ACTIVE', 0), part('LEFT', -5, 1), part('KICKED', -5, 1)];
  const absent = [part('ACTIVE', 1), part('LEFT', -5, 0), part('KICKED', -5, -1), part('PENDING', -5)];

  expect(present.map((each) => wasPresentAt(each, noon))).toEqual([true, true, true, true]);
  expect(absent.map((each) => wasPresentAt(each, noon))).toEqual([false, false, false, false]);
});

test('choices of a vote, and of a poll', () => {
  const single = { choices, multiple: false };

  expect(voteError(single, ['a'])).toBeUndefined();
  expect(voteError(single, ['a', 'b'])).toBe('pollOneChoice');
  expect(voteError({ ...single, multiple: true }, ['a', 'b'])).toBeUndefined();
  expect(voteError({ ...single, multiple: true }, ['a', 'x'])).toBe('pollChoice');
  expect(
    [
      ['Yes', 'No'],
      ['Yes', 'YES'],
      ['a', 'ÄB', 'äb'],
    ].map((texts) => twinAt(texts)),
  ).toEqual([-1, 1, 2]);
  let n = 0;
  expect(choicesOf(['C', 'New', 'A'], choices, () => `new${++n}`)).toEqual([
    { id: 'c', text: 'C' },
    { id: 'new1', text: 'New' },
    { id: 'a', text: 'A' },
  ]);
});

/** People, and what they do in any order: vote, take it back, come and go. */
const steps = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 7 }),
    does: fc.oneof(
      fc.record({ kind: fc.constant('vote' as const), ids: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }) }),
      fc.record({ kind: fc.constantFrom('takeBack' as const, 'leave' as const, 'join' as const) }),
    ),
  }),
  { maxLength: 60 },
);

test('the tally is what one gets by asking everybody, choice by choice', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const ballots = new Map<string, readonly string[]>();
      const gone = new Set<string>();
      for (const { who, does } of all) {
        const id = String(who);
        if (does.kind === 'leave') gone.add(id);
        else if (does.kind === 'join') gone.delete(id);
        else if (gone.has(id)) continue;
        else if (does.kind === 'vote') ballots.set(id, does.ids);
        else ballots.delete(id);
      }
      const stored = [...ballots].map(([accountId, choiceIds]) => ({ accountId, choiceIds }));
      const { counts, voters } = tallyOf(choices, stored, (accountId) => !gone.has(accountId));

      // The slow way: of each person, their last step that was taken, whatever came before it.
      const everybody = Array.from({ length: 8 }, (_, n) => String(n));
      const says = (person: string): readonly string[] => {
        let here = true;
        let last: readonly string[] = [];
        for (const { who, does } of all.filter((each) => String(each.who) === person)) {
          if (does.kind === 'vote' && here) last = does.ids;
          if (does.kind === 'takeBack' && here) last = [];
          if (does.kind === 'leave' || does.kind === 'join') here = does.kind === 'join';
          expect(who).toBe(Number(person));
        }
        return here ? last : [];
      };
      expect(voters).toBe(everybody.filter((person) => says(person).length > 0).length);
      expect(counts).toEqual(choices.map(({ id }) => everybody.filter((person) => says(person).includes(id)).length));
    }),
  );
});
