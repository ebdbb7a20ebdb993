/** `npm run admin:grant -- someone@example.com`: makes an account an administrator, the first above all (README). */
import { administration } from '../functions/operations/admin/role.ts';
import { is } from '../shared/data/conditions.ts';
import { decided } from '../shared/data/decision.ts';
import { nothing } from '../shared/data/meaning.ts';
import { or, ref } from '../shared/data/table.ts';
import { patch } from '../shared/data/writes.ts';
import { tidyAddress } from '../shared/product/text.ts';
import { type Command, main } from './table.ts';

export const adminGrant: Command = {
  usage: 'npm run admin:grant -- someone@example.com',
  async work(table, word) {
    // Addresses and login ids are kept in lower case.
    const login = tidyAddress(word).toLowerCase();
    const credential = await table.get('Credential', { login });
    if (!credential) throw new Error(`nobody signs in with ${login}: sign up first`);
    const { accountId } = credential;
    const { account, admin } = await table.getAll({
      account: ref('Account', { accountId }),
      admin: ref('Administrator', { accountId }),
    });
    if (!account || account.status === 'WITHDRAWN') throw new Error(`the account of ${login} is withdrawn`);
    const { role, status } = account;
    if (status === 'SUSPENDED') throw new Error(`${login} is suspended: end that first, with npm run account:suspend`);
    if (admin && role === 'ADMIN' && status === 'ACTIVE') return `${login} is an administrator: nothing to do`;
    // Whoever approves accounts cannot wait for an approval.
    const active = { status: 'ACTIVE' } as const;
    const granted = { set: { ...active, role: 'ADMIN' }, add: { version: 1 }, remove: ['waitingFor'] } as const;
    const scope = { scopeId: accountId, by: 'operator', subject: `account:${accountId}` } as const;
    const done = await table.commit([
      or(
        nothing,
        patch('Account', { accountId }, granted, is('status', status)),
        patch('Authority', { accountId }, { set: active, add: { version: 1 } }, is('status', status)),
      ),
      administration(accountId, 'ADMIN', Date.now()),
      decided(Date.now(), { ...scope, before: role, after: 'ADMIN' }),
    ]);
    if (!done) throw new Error('the account changed in the meantime: try again');
    return `${login} is an administrator from the next request on`;
  },
};

if (import.meta.main) await main(adminGrant);
