import { key } from '../../support/actor.ts';
import { atEachRequest } from '../../support/faults.ts';
import { useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

const moim = useMoim();

async function members() {
  const [leader, ari] = await crowd(moim, 2);
  return { ...(await found(leader!, {}, ari!)), leader: leader!, ari: ari! };
}

test('row 83: whatever goes wrong on the way of a report, with its repetition it is one', async () => {
  const headers = key();
  await atEachRequest(
    moim,
    2,
    async () => {
      const here = await members();
      await moim.clock.advance(6_000);
      const { body } = await certify(here.leader, here);
      return { ...here, subject: `certification:${body.id}` };
    },
    ({ ari, path, subject }) => ari.post(`${path}/reports`, { subject, reason: 'FAKE', text: 'Copied' }, headers),
    async ({ ari, groupId, subject }, again, fault) => {
      const cases = await itemsOf(moim, 'ReportCase', { groupId });
      const [reported] = await itemsOf(moim, 'Reported', { accountId: ari.id });
      expect([
        fault,
        outcome(again),
        cases.map(({ open, total }) => [open, total]),
        reported[`thing ${subject}`],
      ]).toEqual([fault, 204, [[1, 1]], 'FAKE']);
    },
  );
});
