import { existsSync } from 'node:fs';
import { buildWeb, tooLarge } from '../../../web/build.ts';
import setUpAll from '../../support/global-setup.ts';
import { siteFolder } from './browser.ts';
import { chromiumPath } from './seats.ts';

/** Runs once: the stacks and functions as for all tests, and the site. */
export default async function setUp() {
  if (!existsSync(chromiumPath))
    throw new Error(
      `there is no browser at ${chromiumPath}: install Chromium (Debian, Ubuntu: sudo apt-get install chromium), or set CHROMIUM to the path of Chromium, Chrome or Edge`,
    );
  const [built] = await Promise.all([buildWeb({ folder: siteFolder }), setUpAll()]);
  const over = tooLarge(built);
  if (over.length > 0) throw new Error(over.join('\n'));
}
