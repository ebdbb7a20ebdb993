/**
 * The tests in circles: `npm test` plays the quick one while somebody works, `npm run check` all of it, with random tests
 * and sweeps in turns, and `npm run nightly` all of it at full size. `npx jest <path>` plays any file.
 */

/** Folders and files outside the quick circle: what takes long and is seldom broken by a change of one feature. */
export const slow = [
  'accounts/identities/deployment',
  'activity/faults', // every fault at every request of sixteen routes
  'activity/progress/club-of-500',
  'activity/(reminders|reviews)/faults',
  'client/', // packs, installs and compiles
  'contracts/adding-a-feature', // compiles, bundles and tests a copy of the tree
  'contracts/adding-an-endpoint',
  'groups/discovery/recall', // random searches in hundreds of groups
  'groups/memberships/(seats|coming-and-going)', // as many people as race for seats, and a long game of who comes and goes
  'guides/', // a moim of its own
  'images/',
  'infra/',
  'journeys/',
  'kernel/work', // what fair use counts for long lists
  'local/',
  'operations/reports/faults',
  'sweeps/(?!matrix)',
  'tools/', // other people's tools: `npm run test:tools`
  'web/', // a browser: `npm run test:web`
];

/** How much the quick circle plays of random games and races; a variable that is set already stays. */
export const quick = { RUNS: '0.34' };

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
  ROOM_SOCKETS: '500',
  CHAT_WRITERS: '50',
  // Every call to the table through the SDK, as on AWS.
  SDK: '1',
  BOARD_STEPS: '1000000',
  WEB: 'all',
};
