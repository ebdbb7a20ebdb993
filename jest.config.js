/** Tests run as CommonJS through swc (jest's ESM mode is 2.7 times slower); the ESM-only packages are transformed too. */
const esmOnly = [
  '@middy/',
  'jose/',
  'oauth4webapi/',
  'openid-client/',
  'temporal-polyfill/',
  'temporal-utils/',
  '@jsquash/',
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  transform: {
    '/@jsquash/.+\\.js$': '<rootDir>/test/support/codec-transform.js',
    '^.+\\.[mc]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')}))`],
  moduleNameMapper: {
    '^@middy/([^/]+)$': '<rootDir>/node_modules/@middy/$1/index.js',
    '^zod/v4/locales/(\\w+)\\.js$': '<rootDir>/node_modules/zod/v4/locales/$1.cjs',
  },
  collectCoverageFrom: ['functions/**/*.ts', 'shared/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: {
    global: { lines: 95, branches: 90 },
    'functions/**/rules.ts': { lines: 100, branches: 100, functions: 100, statements: 100 },
  },
  // jest leaves a core free for the terminal; here that would be half of them.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
