/** moim as `MOIM_DEMO=1 npm start` fills it, on a clock that stands: the pictures and the comparisons show it. */
import { adminGrant } from '../../../bin/admin-grant.ts';
import { run } from '../../../bin/table.ts';
import { beginOf, type Filled, fill } from '../../../local/demo/fill.ts';
import type { Moim } from '../../support/moim.ts';
import { tick } from '../../support/people.ts';

/** A Friday evening in Seoul, late enough in its month for a wall of two weeks. */
export const evening = Date.parse('2026-03-20T11:30:00Z');
/** Where the clock of a moim has to stand that shall be filled. */
export const dawn = beginOf(evening);

export const filled = (moim: Moim, more: { readonly photoWidth?: number } = {}): Promise<Filled> =>
  fill(
    {
      ...{ apiUrl: moim.apiUrl, consoleUrl: moim.consoleUrl, settle: moim.settle },
      ...more,
      now: moim.clock.now,
      pause: () => moim.clock.advance(7000),
      async moveTo(instant) {
        await moim.settle();
        await moim.clock.advanceTo(instant);
        await tick(moim);
        await moim.settle();
      },
      async appoint(email) {
        const { code, text } = await run(adminGrant, [email], { MOIM_ENGINES: moim.awsUrl });
        if (code !== 0) throw new Error(text);
      },
    },
    evening,
  );
