/**
 * `npm run test:changed`: plays the tests that what differs from a commit concerns (the branch's start from `main` unless
 * another is named), and says which they are. A page concerns the test of pages. What is neither TypeScript nor a
 * page concerns the whole quick circle.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { testsOf, texts } from './support/imports.ts';

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).split('\n').filter(Boolean);
const [since] = process.argv[2] ? [process.argv[2]] : git('merge-base', 'HEAD', 'main');
const changed = [...git('diff', '--name-only', since!), ...git('ls-files', '--others', '--exclude-standard')];

const others = changed.filter((file) => !file.endsWith('.md') && !texts.has(file));
const pages = changed.some((file) => file.endsWith('.md')) ? ['test/contracts/pages.test.ts'] : [];
const tests = [...new Set([...testsOf(changed), ...pages])];
console.log(
  `${changed.length} files differ from ${since}: ${others.length > 0 ? `all tests, for ${others[0]}` : tests.length}`,
);
const wanted = others.length > 0 ? ['-c', 'test/quick.config.js'] : ['--runTestsByPath', ...tests];
if (others.length > 0 || tests.length > 0)
  process.exitCode =
    spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', ...wanted], { stdio: 'inherit' }).status ?? 1;
