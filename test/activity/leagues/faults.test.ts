/** Row 161: whatever request of marking and following fails or loses its answer, boards agree with bricks in the end. */
import type { FaultKind } from '../../../local/engines/table/faults.ts';
import { minuteMs } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { minute, renew, tick } from '../../support/people.ts';
import { itemsOf } from '../../support/table.ts';
import { join, lay, layers } from './support.ts';

const moim = useMoim();
const faults: readonly FaultKind[] = ['timeoutBefore', 'timeoutAfter', 'conflict'];

test('row 161: marks, entries, boards and scores survive each request that is lost', async () => {
  const here = await layers(moim, 1);
  const [ann] = here.people as [Person];
  await join(ann, 'ANIMAL');
  await minute(moim);
  let laid = 0;
  let hits = 0;
  for (const kind of faults)
    for (let nth = 1, hit = true; hit && nth < 20; nth++) {
      await renew(moim, here.leader, ann);
      hit = false;
      let met = 0;
      const callOff = moim.table.faults.add({
        kind,
        match(request) {
          const isOurs = /"(SCOREMARKS|BOARDS)#LEAGUE|publishLeague|"BOARDSCORES#/.test(JSON.stringify(request));
          if (!isOurs || (kind === 'conflict' && !('TransactItems' in request)) || ++met !== nth) return false;
          hit = true;
          return true;
        },
      });
      // Up and down, so that the day never has as many bricks as count.
      const id = await lay(moim, ann, here.to);
      laid++;
      await moim.settle();
      await moim.clock.advance(minuteMs);
      await tick(moim).catch(() => {});
      await moim.settle();
      callOff();
      if (hit) hits++;
      for (let n = 0; n < 6; n++) {
        await moim.clock.advance(minuteMs);
        await tick(moim);
        await moim.settle();
      }
      const seen = async () => (await ann.get('/v1/leagues/me')).body.points;
      expect([kind, nth, await seen()]).toEqual([kind, nth, laid]);
      if (laid < 10) continue;
      await here.leader.delete(`${here.path}/certifications/${id}`);
      laid--;
      await minute(moim);
      expect([kind, nth, await seen()]).toEqual([kind, nth, laid]);
    }

  expect(hits).toBeGreaterThanOrEqual(15);
  expect(await itemsOf(moim, 'ScoreMark')).toEqual([]);
});
