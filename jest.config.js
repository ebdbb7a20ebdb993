/** Tests run as CommonJS through swc (jest's ESM mode is 2.7 times slower); the ESM-only packages are transformed too. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[mc]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(@middy/|jose/|temporal-polyfill/|temporal-utils/))'],
  moduleNameMapper: { '^@middy/([^/]+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 20_000,
};
