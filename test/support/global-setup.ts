import { buildFunctions } from '../../lib/bundle.ts';
import { synthesize } from '../../lib/synthesize.ts';
import { templateFolder } from './templates.ts';

/** Runs once before all tests: makes the bundles and the stacks like `npm start` and a deployment do. */
export default async function setUp() {
  await buildFunctions();
  synthesize({ stage: 'dev', outdir: templateFolder });
}
