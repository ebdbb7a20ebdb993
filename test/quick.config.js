import all from '../jest.config.js';
import { quick, slow } from './circles.js';

// Workers inherit the variables.
for (const [name, value] of Object.entries(quick)) process.env[name] ??= value;

export default { ...all, rootDir: '..', testPathIgnorePatterns: slow.map((path) => `<rootDir>/test/${path}`) };
