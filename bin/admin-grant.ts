/** `npm run admin:grant -- someone@example.com`: makes an account an administrator, the first above all (README). */
import type { AccountItem, CredentialItem } from '../functions/accounts/accounts/items.ts';
import { is } from '../shared/data/conditions.ts';
import { decided } from '../shared/data/decision.ts';
import { patch } from '../shared/data/writes.ts';
import { type Command, main } from './table.ts';

export const adminGrant: Command = {
  usage: 'npm run admin:grant -- someone@example.com',
  async work(table, word) {
    // Addresses and login ids are kept in lower case.
    const login = word.trim().toLowerCase();
    const credential = await table.get('Credential', { login });
    if (!credential) throw new Error(`nobody signs in with ${login}: sign up first`);
    const { accountId } = credential;
    const account = await table.get('Account', { accountId });
    if (account?.role === 'ADMIN' && account.status === 'ACTIVE') return `${login} is an administrator: nothing to do`;
    const set = { role: 'ADMIN', status: 'ACTIVE' };
    const refused = await table.commit({
      account: patch(
        'Account',
        { accountId },
        // Whoever approves accounts cannot wait for an approval.
        { set, add: { version: 1 }, remove: ['waitingFor'] },
        is('status', account?.status ?? 'ACTIVE'),
      ),
      decision: decided(Date.now(), {
        scopeId: accountId,
        by: 'operator',
        subject: `account:${accountId}`,
        before: account?.role ?? 'USER',
        after: 'ADMIN',
      }),
    });
    if (refused) throw new Error('the account changed in the meantime: try again');
    return `${login} is an administrator from the next request on`;
  },
};

if (import.meta.main) await main(adminGrant);
