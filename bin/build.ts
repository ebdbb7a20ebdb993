import { buildFunctions } from '../lib/bundle.ts';

const bundles = await buildFunctions();
const kilobytes = bundles.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
const changed = bundles.filter(({ fresh }) => !fresh).length;
console.log(
  `built ${changed} of ${bundles.length} functions: ${kilobytes.toFixed(0)} KB in all, ${performance.now().toFixed(0)} ms`,
);
