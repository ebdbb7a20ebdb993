import all from '../jest.config.js';

/**
 * CPU seconds, browsers included: this circle is played with every change. 180 were the aim. What holds it up: Chromium takes a
 * second for each window with its own storage, and as much for each page that is loaded cold; the journeys are about both. A
 * machine that others use counts up to a third more, and 480 were measured on one: the limit has room for some more journeys.
 * All ways of every screen are for the night.
 */
const most = process.env.WEB === 'all' || process.env.PICTURES ? undefined : 600;

/** The web client in a real browser: `npm run test:web`. It needs a browser, so no other circle plays it. */
export default {
  ...all,
  rootDir: '..',
  roots: ['<rootDir>/test/web'],
  testPathIgnorePatterns: [],
  reporters: ['default', ['<rootDir>/test/support/cpu-reporter.ts', { most }]],
  globalSetup: '<rootDir>/test/web/support/global-setup.ts',
};
