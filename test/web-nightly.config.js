import { nightly } from './circles.js';
import all from './web.config.js';

// Workers inherit the variables.
for (const [name, value] of Object.entries(nightly)) process.env[name] ??= value;

export default all;
