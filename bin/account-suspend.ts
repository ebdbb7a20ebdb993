/**
 * `npm run account:suspend -- someone@example.com --days 30 --reason "Spam"`: suspends an account, also an administrator's;
 * `--days 0` ends it (README).
 */
import { lifted, suspended } from '../functions/operations/admin/suspending.ts';
import { dayMs, iso } from '../shared/core/time.ts';
import { decided } from '../shared/data/decision.ts';
import { limits } from '../shared/product/limits.ts';
import { tidyAddress } from '../shared/product/text.ts';
import { type Command, main } from './table.ts';

export const accountSuspend: Command = {
  usage: 'npm run account:suspend -- someone@example.com --days 30 --reason "Spam" (--days 0: ends it)',
  options: ['days', 'reason'],
  async work(table, word, { options: { days: text = '', reason } }) {
    const days = Number(text);
    if (!/^\d{1,4}$/.test(text) || days > limits.suspension.mostDays)
      throw new Error(`say for how many days: --days 30, at most ${limits.suspension.mostDays}; 0 ends the suspension`);
    // Addresses and login ids are kept in lower case.
    const login = tidyAddress(word).toLowerCase();
    const credential = await table.get('Credential', { login });
    if (!credential) throw new Error(`nobody signs in with ${login}`);
    const { accountId } = credential;
    const account = await table.get('Account', { accountId });
    if (!account || account.status === 'WITHDRAWN') throw new Error(`the account of ${login} is withdrawn`);
    const now = Date.now();
    if (days === 0) {
      const record = { scopeId: accountId, by: 'operator', subject: `account:${accountId}` } as const;
      const ended = [lifted(accountId), decided(now, { ...record, before: account.status, after: 'ACTIVE' })];
      return (await table.commit(ended)) ? `${login} may sign in again` : `${login} is not suspended: nothing to do`;
    }
    if (!reason) throw new Error('say why, as its owner will read it: --reason "..."');
    const until = iso(now + days * dayMs);
    await table.commit([suspended(account, { reason, until }, 'operator', now)]);
    return `${login} is suspended until ${until}, and signed out everywhere`;
  },
};

if (import.meta.main) await main(accountSuspend);
