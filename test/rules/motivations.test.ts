import fc from 'fast-check';
import { chosen, type Motivation, motivationsIn, nameOf } from '../../functions/operations/motivations/rules.ts';
import { addDays } from '../../shared/core/time.ts';

const shipped = motivationsIn(undefined);
const variant = fc.constantFrom('ANY_DAY', 'MONDAY', 'SUNDAY');
const texts = fc.uniqueArray(fc.record({ id: fc.uuid(), ko: fc.constant('가'), en: fc.constant('a'), variant }), {
  selector: ({ id }) => id,
  maxLength: 12,
});

test('row 112: the text of an account and a day is the same after a retry, in whatever order the list comes', () => {
  fc.assert(
    fc.property(texts, fc.uuid(), variant, fc.integer(), (all, accountId, wanted, seed) => {
      const shuffled = all.toSorted((a, b) => ((seed ^ a.id.charCodeAt(3)) % 7) - ((seed ^ b.id.charCodeAt(3)) % 7));
      const found = chosen(all, wanted, accountId, '2026-03-02');

      expect(chosen(shuffled, wanted, accountId, '2026-03-02')).toEqual(found);
      const fitting = all.filter((text) => text.variant === wanted);
      const expected = fitting.length > 0 ? fitting : all.filter((text) => text.variant === 'ANY_DAY');
      expect(found === undefined).toBe(expected.length === 0);
      if (found) expect(expected).toContain(found);
      // Deleting another one changes nothing.
      const others = all.filter(({ id }) => id !== found?.id);
      for (const gone of others)
        if (found)
          expect(
            chosen(
              all.filter(({ id }) => id !== gone.id),
              wanted,
              accountId,
              '2026-03-02',
            ),
          ).toEqual(found);
    }),
  );
});

test('row 112: people and days get all texts, about equally often', () => {
  const ofAnyDay = shipped.filter((text) => text.variant === 'ANY_DAY');
  const counts = new Map<string, number>();
  for (let n = 0; n < 2000; n++) {
    const { id } = chosen(shipped, 'ANY_DAY', `account ${n % 40}`, addDays('2026-01-01', Math.floor(n / 40)))!;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  expect([...counts.keys()].toSorted()).toEqual(ofAnyDay.map(({ id }) => id).toSorted());
  for (const count of counts.values()) expect(count).toBeGreaterThan(2000 / ofAnyDay.length / 2);
});

test('row 112: no text at all is no text', () => {
  expect(chosen([], 'MONDAY', 'a', '2026-03-02')).toBeUndefined();
  const [one] = shipped as [Motivation];
  expect(chosen([{ ...one, variant: 'SUNDAY' }], 'MONDAY', 'a', '2026-03-02')).toBeUndefined();
});

test('the list is what moim comes with, and what was changed of it', () => {
  const [first, second] = shipped as [Motivation, Motivation];
  const own = { ko: '나', en: 'b', variant: 'MONDAY' } as const;
  const item = {
    ...({ list: 'REMINDERS', version: 3 } as const),
    ...{ [nameOf(first.id)]: own, [nameOf(second.id)]: null, [nameOf('x')]: own },
  } as const;

  expect(motivationsIn(item)).toEqual([{ id: first.id, ...own }, ...shipped.slice(2), { id: 'x', ...own }]);
});
