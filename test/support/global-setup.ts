import { buildFunctions } from '../../lib/bundle.ts';
import { synthesize } from '../../lib/synthesize.ts';
import { templateFolder } from './templates.ts';

/** Once before all tests: the bundles and the stacks, as `npm start` and a deployment make them. */
export default async function setUp() {
  await buildFunctions();
  synthesize({ stage: 'dev', outdir: templateFolder });
}
