/** docs/checks.md: every command works as it is written. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { faultKinds } from '../../../local/door/faults.ts';
import { useOpenMoim } from './support.ts';

const moim = useOpenMoim();
const run = promisify(execFile);
const page = readFileSync('docs/checks.md', 'utf8');
const commands = page.split('\n').filter((line) => line.startsWith('curl '));

test('each command of the page is answered with success', async () => {
  const seen: string[] = [];
  for (const command of commands) {
    const here = command
      .replace('http://127.0.0.1:3002', moim.consoleUrl)
      .replace('http://127.0.0.1:3000', moim.apiUrl)
      .replace('curl ', "curl --silent --output - --write-out ' %{http_code}' ");
    const { stdout } = await run('sh', ['-c', here]);
    seen.push(stdout.slice(-3));
    // Nothing that was armed may meet a later command, least of all the power.
    if (command.includes('/power')) await moim.door('DELETE /faults');
  }

  expect(seen.length).toBeGreaterThan(15);
  expect(commands.filter((_, i) => !seen[i]!.startsWith('2'))).toEqual([]);
});

test('the page names every path of the door and every kind of fault', () => {
  const paths = ['/clock', '/jobs', '/faults', '/power', '/streams', '/place', '/settled'];
  const kinds = [...new Set(Object.values(faultKinds).flat())];

  expect(paths.filter((path) => !commands.some((command) => command.includes(`:3002${path}`)))).toEqual([]);
  expect(kinds.filter((kind) => !page.includes(`| \`${kind}\` |`))).toEqual([]);
});
