import all from '../jest.config.js';

/** Other people's tools: `npm run test:tools`, which installs them first. */
export default {
  ...all,
  rootDir: '..',
  roots: ['<rootDir>/test/tools'],
  testPathIgnorePatterns: ['<rootDir>/test/tools/node_modules/'],
};
