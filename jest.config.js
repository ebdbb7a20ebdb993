import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// What Node made of a file it keeps for every process and thread after: to take the types out takes longer than to run.
// What it kept would make the counts of coverage less exact.
if (!process.env.NODE_V8_COVERAGE) {
  process.env.NODE_COMPILE_CACHE ??= resolve('.build/compile-cache');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

// Workers inherit the variable: what each of them loads first keeps a run from waiting for ever (ADR 10).
const first = `--import=${pathToFileURL(resolve('test/support/worker-data.js'))}`;
const options = process.env.NODE_OPTIONS ?? '';
if (!options.includes('worker-data.js')) process.env.NODE_OPTIONS = `${options} ${first}`.trim();

/**
 * The tests run as the product does: Node reads the TypeScript itself, nothing is translated. `jest-light-runner` gives
 * each worker one set of modules for all its files, where jest loads everything anew for each (ADR 10).
 */
export default {
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They need a browser, and other people's tools: `npm run test:web`, `npm run test:tools`.
  testPathIgnorePatterns: ['<rootDir>/test/web/', '<rootDir>/test/tools/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  reporters: ['default', '<rootDir>/test/support/cpu-reporter.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/each-test.ts'],
  // jest leaves a core free for the terminal; here that would be half of them.
  maxWorkers: '100%',
};
