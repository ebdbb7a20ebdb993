import type { Person } from '../../support/moim.ts';
import { appoint } from '../../support/people.ts';
import { itemsOf, put } from '../../support/table.ts';
import type { Web } from './browser.ts';

/**
 * Makes a person an administrator. Their sessions so far have shown an authenticator app then, past every screen:
 * `test/web/admin.test.ts` goes the whole way.
 */
export async function administerIn({ moim }: Web, person: Person): Promise<void> {
  await appoint(moim, person);
  for (const session of await itemsOf(moim, 'Session', { accountId: person.id }))
    await put(moim, 'Session', { ...session, factorAt: moim.clock.now() });
}
