import all from '../jest.config.js';

/**
 * The web client in a real browser: `npm run test:web`. It needs a browser, so no other circle plays it.
 *
 * It prints its CPU seconds, browsers included. 180 were the aim. What holds them up: Chromium takes a second for each window
 * with its own storage, and as much for each page that is loaded cold; the journeys are about both. One commit took 437 on one
 * machine and 1,291 on a busy one, so a number is printed, and none fails the run. All ways of every screen are for the night.
 */
export default {
  ...all,
  rootDir: '..',
  roots: ['<rootDir>/test/web'],
  testPathIgnorePatterns: [],
  globalSetup: '<rootDir>/test/web/support/global-setup.ts',
};
