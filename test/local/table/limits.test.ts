/**
 * Every limit of DynamoDB that `local/engines/table/limits.ts` names, in every operation that it names: what is at the
 * limit is taken, and what is one past it is refused with AWS's error.
 */
import { limits } from '../../../local/engines/table/limits.ts';
import { expressionTrials } from './limits/expression.ts';
import { itemTrials } from './limits/item.ts';
import { requestTrials } from './limits/request.ts';
import type { Trial, Trials } from './limits/support.ts';
import { tableTrials } from './limits/table.ts';
import { setUp } from './support.ts';

const trials: Trials<keyof typeof limits> = { ...requestTrials, ...expressionTrials, ...itemTrials, ...tableTrials };

const cases = Object.entries(limits).flatMap(([name, limit]) => {
  const { least, most } = limit as { least?: number; most?: number };
  return limit.operations.flatMap((operation) => [
    ...(least === undefined ? [] : [{ name, operation, at: least, past: least - 1 }]),
    ...(most === undefined ? [] : [{ name, operation, at: most, past: most + 1 }]),
  ]);
});

test('every row has a bound, a page that documents it, and a trial for each operation; no trial is left over', () => {
  const tried = Object.entries(trials).map(([name, of]) => [name, Object.keys(of)]);
  expect(tried).toEqual(Object.entries(limits).map(([name, { operations }]) => [name, [...operations]]));
  for (const [name, limit] of Object.entries(limits)) {
    expect([name, 'least' in limit || 'most' in limit]).toEqual([name, true]);
    expect(limit.documented).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/amazondynamodb\//);
  }
});

test.each(cases)('$name of $operation: $at is taken, $past is not', async ({ name, operation, at, past }) => {
  const trial = (trials as Record<string, Record<string, Trial>>)[name]![operation]!;
  const taken = await trial.send(setUp().engine, at);
  const other = await trial.send(setUp().engine, past);

  expect([taken.status, taken.body.message]).toEqual([200, undefined]);
  if (trial.cut) expect([trial.cut(taken), trial.cut(other)]).toEqual([false, true]);
  else {
    expect([other.status, other.error]).toEqual([
      trial.error === 'RequestEntityTooLarge' ? 413 : 400,
      trial.error ?? 'ValidationException',
    ]);
    expect(other.body.message).toMatch(trial.message);
  }
});
