import all from '../jest.config.js';

/** The web client in a real browser: `npm run test:web`. It needs a browser, so no other circle plays it. */
export default {
  ...all,
  rootDir: '..',
  roots: ['<rootDir>/test/web'],
  testPathIgnorePatterns: [],
  globalSetup: '<rootDir>/test/web/support/global-setup.ts',
};
