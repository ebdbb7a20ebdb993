import all from './check.config.js';
import { nightly } from './circles.js';

// Workers inherit the variables.
for (const [name, value] of Object.entries(nightly)) process.env[name] ??= value;

export default all;
