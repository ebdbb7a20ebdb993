import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { useMoim } from '../support/moim.ts';

// The command signs with the machine's own time.
const moim = useMoim({ now: Date.now() });

async function grant(...words: string[]) {
  const env = { ...process.env, MOIM_ENGINES: moim.awsUrl, NODE_NO_WARNINGS: '1' };
  const ended = promisify(execFile)(process.execPath, ['bin/admin-grant.ts', ...words], { env });
  return ended.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, text: stderr }),
  );
}

test('row 14: an operator makes the first administrator, who is one with the next request', async () => {
  const ari = await moim.person('ari');
  const before = await ari.get('/v1/admin/accounts');

  const granted = await grant('ARI@example.com');
  const after = await ari.get('/v1/admin/accounts');
  const [again, nobody, nothing] = [await grant(ari.email), await grant('nobody@example.com'), await grant()];

  expect([before.status, after.status]).toEqual([404, 200]);
  expect(granted).toEqual({ code: 0, text: expect.stringMatching(/administrator from the next request/) });
  expect(again.text).toMatch(/nothing to do/);
  expect(nobody).toEqual({ code: 1, text: expect.stringMatching(/sign up first/) });
  expect(nothing).toEqual({ code: 2, text: expect.stringMatching(/^usage:/) });
}, 30_000);
