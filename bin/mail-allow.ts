/** `npm run mail:allow -- someone@example.com`: lets mail to an address go out again (docs/mail.md). */
import { mailAgain } from '../functions/talking/mail/suppression.ts';
import { tidyAddress } from '../shared/product/text.ts';
import { type Command, main } from './table.ts';

export const mailAllow: Command = {
  usage: 'npm run mail:allow -- someone@example.com',
  async work(table, word) {
    // Addresses are kept in lower case.
    const email = tidyAddress(word).toLowerCase();
    const stopped = await table.get('Suppression', { email });
    if (!stopped?.reason) return `${email} takes mail: nothing to do`;
    await table.commit([mailAgain(email, Date.now())]);
    const why = stopped.reason === 'BOUNCE' ? 'a mail bounced' : 'its owner complained of a mail';
    return `${email} takes mail again; it was stopped on ${stopped.since} because ${why}`;
  },
};

if (import.meta.main) await main(mailAllow);
