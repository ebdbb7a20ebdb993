import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

// What Node made of a file it keeps for every process and thread after: to take the types out takes longer than to run.
// What it kept would make the counts of coverage less exact.
if (!process.env.NODE_V8_COVERAGE) {
  process.env.NODE_COMPILE_CACHE ??= resolve('.build/compile-cache');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/**
 * The tests run as the product does: Node reads the TypeScript itself, nothing is translated. `jest-light-runner` gives
 * each worker one set of modules for all its files, where jest loads everything anew for each (ADR 10).
 */
export default {
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  reporters: ['default', '<rootDir>/test/support/cpu-reporter.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/each-test.ts'],
  // jest leaves a core free for the terminal; here that would be half of them.
  maxWorkers: '100%',
};
