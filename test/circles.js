/**
 * The tests in circles: `npm test` plays the quick one while somebody works, `npm run check` all of it, with random tests
 * and sweeps in turns, and `npm run nightly` all of it at full size. `npx jest <path>` plays any file.
 */

/** Folders and files outside the quick circle: what takes long and is seldom broken by a change of one feature. */
export const slow = [
  'activity/faults', // every fault at every request of sixteen routes
  'contracts/adding-a-feature', // compiles, bundles and tests a copy of the tree
  'groups/memberships/seats', // as many people as race for seats
  'images/',
  'infra/',
  'journeys/',
  'local/',
  'sweeps/(?!matrix)',
  'web/', // a browser: `npm run test:web`
];

/** What `npm run check` plays at a larger size than the quick circle. */
export const check = { CHECK_LOG_SENDS: '20000' };

/** How much `npm run nightly` plays of everything; a variable that is set already stays. */
export const nightly = {
  RUNS: '5',
  SWEEPS: 'all',
  FAULTS: 'all',
  SEEDS: '20',
  PAGING_RUNS: '20',
  MOIM_FUZZ: '20000',
  MODEL_OPERATIONS: '200000',
  IMAGE_MUTATIONS: '5000',
  LOG_SENDS: '1000000',
  WEB: 'all',
};
