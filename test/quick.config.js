import all from '../jest.config.js';
import { slow } from './circles.js';

export default { ...all, rootDir: '..', testPathIgnorePatterns: slow.map((path) => `<rootDir>/test/${path}`) };
