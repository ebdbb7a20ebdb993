/**
 * The site under a name that the deployment knows: a passkey needs one, and providers lead back to no other. Pages of tests have
 * only an address, so their requests are led to the test's port.
 */
import type { Visitor, Web } from './browser.ts';

export const site = 'http://localhost:3000';

/** Opens a visitor's pages at `site`. */
export async function underName({ moim }: Web, { context }: Visitor): Promise<void> {
  await context.route(`${site}/**`, async (route) => {
    const url = route.request().url().replace(site, moim.apiUrl);
    // What is still on its way when the browser closes has nobody who waits for it.
    const gone = () => undefined;
    const response = await route.fetch({ url }).catch(gone);
    if (response) await route.fulfill({ response }).catch(gone);
  });
}
