import { nightly } from './circles.js';
import all from './web.config.js';

// Workers inherit the variables.
for (const [name, value] of Object.entries(nightly)) process.env[name] ??= value;

/** Every way of every screen takes what it takes. */
export default { ...all, reporters: ['default', '<rootDir>/test/support/cpu-reporter.ts'] };
