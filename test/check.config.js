import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import all from '../jest.config.js';
import { check } from './circles.js';

// Workers inherit the variable: each notes the rights that its functions used, for `test/infra/unused-rights.ts` to read.
process.env.MOIM_RIGHTS_USED = resolve('.build/rights-used');
rmSync(process.env.MOIM_RIGHTS_USED, { recursive: true, force: true });

// Likewise, how much is played of what has a size of its own here.
Object.assign(process.env, check);

export default { ...all, rootDir: '..' };
