import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { adminGrant } from '../../../bin/admin-grant.ts';
import { run } from '../../../bin/table.ts';
import { useMoim } from '../../support/moim.ts';
import { withFactor } from '../../support/people.ts';

// The command signs with the machine's own time.
const moim = useMoim({ now: Date.now() });

const grant = (...words: string[]) => run(adminGrant, words, { MOIM_ENGINES: moim.awsUrl });
/** As the process that an operator starts. */
async function grantOutside(...words: string[]) {
  const env = { ...process.env, MOIM_ENGINES: moim.awsUrl, NODE_NO_WARNINGS: '1' };
  return promisify(execFile)(process.execPath, ['bin/admin-grant.ts', ...words], { env });
}

test('row 14: an operator makes the first administrator, who is one with the next request', async () => {
  const ari = await moim.person('ari');
  const before = await ari.get('/v1/admin/accounts');

  const granted = await grantOutside('ARI@example.com');
  const without = await ari.get('/v1/admin/accounts');
  await withFactor(moim, ari);
  const after = await ari.get('/v1/admin/accounts');
  const [again, nobody, nothing] = [await grant(ari.email), await grant('nobody@example.com'), await grant()];

  expect([before.status, without.body.code, after.status]).toEqual([404, 'FACTOR_NEEDED', 200]);
  expect(granted).toEqual({ stdout: expect.stringMatching(/administrator from the next request/), stderr: '' });
  expect(again).toEqual({ code: 0, text: expect.stringMatching(/nothing to do/) });
  expect(nobody).toEqual({ code: 1, text: expect.stringMatching(/sign up first/) });
  expect(nothing).toEqual({ code: 2, text: expect.stringMatching(/^usage:/) });
});
