import fc from 'fast-check';
import { recipientsOf } from '../../functions/notifications/rules.ts';

test('row 104: nobody is told twice, and never the one who caused it', () => {
  const person = fc.constantFrom('ann', 'ben', 'chul', 'dan');

  fc.assert(
    fc.property(fc.array(person), person, (to, actorId) => {
      const told = recipientsOf({ to, actorId });

      expect(new Set(told).size).toBe(told.length);
      expect(new Set(told)).toEqual(new Set(to.filter((accountId) => accountId !== actorId)));
    }),
  );
});
